"""How long the skill speaks before its advice."""

from __future__ import annotations

import pytest

from crampguide.speech import catalogue_for
from crampguide.triage import Level, load_protocol
from tools.bench.duration import LONGEST, MOST_ASKED, ordinary_cramp, speaking_times, until_advice
from tools.protocol.state_space import explore
from tools.words.speech_lint import locales


def test_the_shortest_emergency_is_the_welcome_and_one_question() -> None:
    catalogue = catalogue_for("en-US")
    protocol = load_protocol()
    times = speaking_times(protocol, explore(protocol), catalogue)
    said = [
        f"{catalogue.say('welcome.first')} {catalogue.say('ask.check')}",
        catalogue.say("question.chest_or_breathing"),
    ]
    assert min(times[Level.EMERGENCY]) == sum(round(catalogue.seconds(text)) for text in said)


def test_as_many_conversations_are_timed_as_there_are() -> None:
    protocol = load_protocol()
    space = explore(protocol)
    times, lengths = speaking_times(protocol, space, catalogue_for("en-GB")), space.lengths()
    assert {level: sum(counts.values()) for level, counts in times.items()} == {
        level: sum(counts.values()) for level, counts in lengths.items()
    }


@pytest.mark.parametrize("locale", locales())
def test_an_ordinary_cramp_is_held_within_its_budget(locale: str) -> None:
    asked, spoken = ordinary_cramp(locale)
    assert asked <= MOST_ASKED
    assert 0 < spoken <= LONGEST, "time of speech by its words, not by a clock"


def test_every_level_has_its_line() -> None:
    text = until_advice(load_protocol())
    assert all(f"\n{level.id} " in text for level in Level)
