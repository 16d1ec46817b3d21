"""How long the skill speaks before its advice."""

from __future__ import annotations

from crampguide.speech import catalogue_for, seconds
from crampguide.triage import Level, load_protocol
from tools.bench.duration import speaking_times, until_advice
from tools.protocol.state_space import explore


def test_the_shortest_emergency_is_the_welcome_and_one_question() -> None:
    catalogue = catalogue_for("en-US")
    protocol = load_protocol()
    times = speaking_times(protocol, explore(protocol), catalogue)
    said = [
        f"{catalogue.say('welcome.first')} {catalogue.say('ask.check')}",
        f"{catalogue.say('acknowledge.no')} {catalogue.say('question.chest_or_breathing')}",
    ]
    assert min(times[Level.EMERGENCY]) == sum(round(seconds(text)) for text in said)


def test_as_many_conversations_are_timed_as_there_are() -> None:
    protocol = load_protocol()
    space = explore(protocol)
    times, lengths = speaking_times(protocol, space, catalogue_for("en-GB")), space.lengths()
    assert {level: sum(counts.values()) for level, counts in times.items()} == {
        level: sum(counts.values()) for level, counts in lengths.items()
    }


def test_every_level_has_its_line() -> None:
    text = until_advice(load_protocol())
    assert all(f"\n{level.id} " in text for level in Level)
