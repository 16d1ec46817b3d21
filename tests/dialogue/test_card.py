"""The summary in writing: what a clinician reads, line by line."""

from __future__ import annotations

import pytest

from crampguide.dialogue.state import State
from crampguide.dialogue.summary import LONGEST_CARD, card_of, stamped
from crampguide.dialogue.turn import Turn
from crampguide.speech import Catalogue, Line, catalogue_for, to_plain
from crampguide.triage import Pattern, QuestionId
from tests.dialogue.states import a_state, changed
from tests.dialogue.test_asides import ASKED, CALF, FEVER, GUIDE, INJURY, PAIN, QUESTIONS, WEAKER
from tests.dialogue.test_safe_turns import says
from tests.speech.turns import advised

WORDS = catalogue_for("en-US")


def lines_of(state: State, catalogue: Catalogue = WORDS) -> list[str]:
    return card_of(catalogue, GUIDE, state).text.split("\n")


def said(key: str, when: str = "") -> str:
    return to_plain(WORDS.say(key, when=when))


def test_a_card_has_the_advice_then_each_answer_in_its_section_then_its_end() -> None:
    state = advised({FEVER: "yes", WEAKER: "unsure"})
    said_yes = [id_ for id_ in GUIDE.protocol.questions if state.answers.get(id_) == "yes" and id_ != FEVER]
    denied = [id_ for id_ in GUIDE.protocol.questions if state.answers.get(id_) == "no"]
    assert lines_of(state) == [
        said("card.lead"),
        "",
        f"{said('card.advice')} {said('card.urgent')}",
        said("card.time", when="2026-11-22 08:30"),
        "",
        said("card.yes"),
        f"- {said(f'question.{FEVER}')}",
        *(f"- {said(f'question.{id_}')}" for id_ in said_yes),
        "",
        said("card.unsure"),
        f"- {said(f'question.{WEAKER}')}",
        "",
        said("card.no"),
        *(f"- {said(f'question.{id_}')}" for id_ in denied),
        "",
        said("card.close"),
    ]
    assert card_of(WORDS, GUIDE, state).title == said("card.title")


def test_a_section_without_answers_says_so_and_an_unheard_no_is_none() -> None:
    denied = advised({})
    denied = denied._replace(answers=dict.fromkeys(denied.answers, "no"))
    lines = lines_of(denied._replace(unheard=frozenset({CALF}), pattern=None, advised=""))
    yes, close = lines.index(said("card.yes")), lines.index(said("card.unsure"))
    assert lines[yes:close] == [said("card.yes"), said("card.none"), ""]
    assert f"- {said(f'question.{CALF}')}" not in lines
    assert not any(line.startswith(said("card.pattern")) for line in lines)


@pytest.mark.parametrize("pattern", ["sciatica", "cramp", "either"])
def test_a_card_names_the_pattern_after_calm_advice(pattern: Pattern) -> None:
    assert f"{said('card.pattern')} {said(f'card.{pattern}')}" in lines_of(advised({}, pattern))


def test_a_nurse_is_named_only_after_calm_advice_that_leaves_a_grave_sign_open() -> None:
    graver = next(
        id_
        for id_ in GUIDE.protocol.questions
        if advised({id_: "unsure"}).level in {"self_care", "routine"}
        and GUIDE.protocol.questions[id_].yes > GUIDE.protocol.questions[QuestionId("lasting")].yes
    )
    nurse = said("card.nurse_line")
    assert nurse in lines_of(advised({graver: "unsure"}))
    assert nurse not in lines_of(advised({graver: "unsure", FEVER: "yes"}))
    assert nurse not in lines_of(advised({}))
    assert nurse not in lines_of(advised({QuestionId("lasting"): "unsure"}))


def test_a_card_with_its_title_is_never_longer_than_the_app_takes() -> None:
    long = {f"question.{id_}": ("x" * 400,) for id_ in GUIDE.protocol.questions}
    card = card_of(Catalogue("en-US", {**WORDS.lines, **long}), GUIDE, advised({}))
    assert len(card.title) + len(card.text) == LONGEST_CARD


@pytest.mark.parametrize(
    ("at", "kept"),
    [("2026-11-22T08:30:00Z", True), ("2026-11-22T08:30Z", True), ("yesterday", False), ("", False)],
)
def test_advice_is_stamped_once_with_the_time_of_the_request_that_led_to_it(at: str, kept: bool) -> None:  # noqa: FBT001
    before, after = advised({})._replace(level=None, advised=""), advised({})._replace(advised="")
    assert stamped(before, Turn(after, ()), at).state.advised == (at if kept else "")
    told = advised({})
    assert stamped(told, Turn(told, ()), at).state.advised == told.advised
    left = changed(told, offer="check")._replace(level=None)
    assert stamped(told, Turn(left, ()), at).state.advised == ""


def test_a_summary_names_the_gravest_answers_and_counts_those_there_is_no_room_for() -> None:
    ids = [
        id_ for id_, question in QUESTIONS.items() if not question.parts and question.group != "second look"
    ]
    yes_to, unsure_of = (WEAKER, INJURY, PAIN), FEVER
    answers = dict.fromkeys(ids, "no") | dict.fromkeys(yes_to, "yes") | {unsure_of: "unsure"}
    state = a_state(answers, history=tuple(ids), asking=CALF, turn=50)  # type: ignore[arg-type]
    lead, yes, unsure, no, more = says(state, "SummaryIntent").lines
    assert lead.key == "summary.lead"
    assert (yes, unsure) == (Line("summary.yes", yes_to), Line("summary.unsure", (unsure_of,)))
    denied = [id_ for id_ in ids if id_ not in {*yes_to, unsure_of}]
    assert no.names == tuple(id_ for id_ in denied if id_ in no.names)
    assert len(no.names) >= 12
    assert more == Line("recap.more", (), len(denied) - len(no.names))
    alike = says(state._replace(answers=dict.fromkeys(ids, "no")), "SummaryIntent").lines
    assert len(alike[1].names) == len(yes.names) + len(unsure.names) + len(no.names)
    few = says(ASKED, "SummaryIntent").lines
    assert few == (Line("summary.lead"), Line("summary.no", (FEVER,)))
