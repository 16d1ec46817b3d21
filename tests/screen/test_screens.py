"""What is shown: allowed by APL, small enough, large enough to read, told by more than colour."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from crampguide.alexa.touch import TOUCHES
from crampguide.dialogue.intents import INTENTS
from crampguide.dialogue.offers import load_guide
from crampguide.screen import Moment, Said, directive
from crampguide.screen.build import kind_of, touches
from crampguide.screen.data import document
from crampguide.screen.data import screens as read_screens
from crampguide.speech import catalogue_for
from crampguide.triage import Level, load_protocol
from tests.screen.replies import samples
from tools.protocol.state_space import explore
from tools.screens.apl_lint import violations

Json = Mapping[str, Any]


def screens() -> Iterator[tuple[str, Json]]:
    for name, (_, shown) in samples().items():
        yield name, shown


def test_the_samples_hold_every_kind_level_and_offer() -> None:
    kinds = {shown["token"] for _, shown in screens()}
    assert kinds == {"home", "question", "page", *(kind.id for kind in read_screens().kind)}
    colours = {shown["datasources"]["guide"].get("colour") for _, shown in screens()}
    assert colours == {None, *(getattr(read_screens().colours, level.id) for level in Level)}
    assert {said.turn.state.offer for said, _ in samples().values()} == {None, *load_guide().offers}


def test_apl_allows_every_document() -> None:
    assert {name: found for name, shown in screens() if (found := violations(shown["document"]))} == {}


def test_the_progress_counts_to_the_longest_check() -> None:
    longest = max(len(state.answers) for state in explore(load_protocol(), frozenset()).states)
    assert read_screens().longest == longest


def test_each_level_has_its_own_icon_words_and_colour() -> None:
    catalogue, levels = catalogue_for("en-US"), [level.id for level in Level]
    icons = document("icons")
    assert len({icons[level]["items"][0]["pathData"] for level in levels}) == len(levels)
    assert len({getattr(read_screens().colours, level) for level in levels}) == len(levels)
    assert len({catalogue.say(f"screen.level.{level}") for level in levels}) == len(levels)


def test_the_documents_use_the_colours_of_the_theme_alone() -> None:
    names = ("theme", "icons", "question", "advice", "exercise", "page", "home")
    used = {each for name in names for each in json.dumps(document(name)).split('"') if each.startswith("#")}
    focused = {"#2F5166"}
    assert used - set(read_screens().colours) == focused


def test_every_word_that_can_be_touched_is_shown_somewhere() -> None:
    shown = {touch.partition("_")[0] for choices in read_screens().answers.values() for touch in choices}
    assert shown == TOUCHES.keys()
    assert set(TOUCHES.values()) <= INTENTS.keys()


def test_thanks_and_counting_are_heard_and_not_shown() -> None:
    keys = ("acknowledge.slower", "again.standing_calf_stretch.lean", "count.s15", "rest.s10", "coach.done")
    shown = directive(
        Moment(tuple(Said(key, key) for key in keys), "b?", offer="coach"), lambda key, **_: key
    )
    assert shown["datasources"]["guide"]["lines"] == ["again.standing_calf_stretch.lean", "coach.done"]


def test_a_question_is_shown_as_one_whatever_is_said_above_it() -> None:
    asked = Moment((Said("net.calf", "a"),), "b?", asking=True, level="urgent")
    assert kind_of(asked) == "question"
    assert touches(asked) == ("yes", "no", "unsure")


@pytest.mark.parametrize(
    ("level", "line", "kind"),
    [
        ("urgent", "source.line", "advice"),
        ("urgent", "learn.sciatica", "advice"),
        ("urgent", "help.line", "advice"),
        ("urgent", "step.cramp_release.pull", "exercise"),
        ("urgent", "tip.heat_pack", "tips"),
        ("emergency", "why.pain_down_leg", "advice"),
        ("routine", "learn.sciatica", "learn"),
        ("self_care", "source.line", "page"),
        (None, "source.line", "page"),
    ],
)
def test_pressing_advice_stays_on_the_screen_whatever_is_asked_after_it(
    level: str | None, line: str, kind: str
) -> None:
    assert kind_of(Moment((Said(line, "a"),), "b?", offer="more", level=level)) == kind
