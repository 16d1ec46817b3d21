"""Every subject, topic and exercise is had by every name that the interaction models list for it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from crampguide.learning import load_learning
from crampguide.relief import load_relief
from crampguide.speech import catalogue_for
from crampguide.triage import load_protocol
from simulator.device.echo import Device, Exchange
from simulator.skill import here
from simulator.understanding.resolve import Resolver
from tests.locales import FURTHEST_APART

SAID = {
    "Subject": ("{}", "tell me about {}"),
    "About": ("what about {}",),
    "Topic": ("tips about {}", "any tips on {}"),
    "TopicAsked": ("{}",),
    "Exercise": ("{}", "do the {}"),
}
"""Each kind of name, and how it is asked for."""


@cache
def resolver(locale: str) -> Resolver:
    return here().resolver(locale)


def names(locale: str, kind: str) -> Iterator[tuple[str, str]]:
    """The ids of a kind, each with every name for it."""
    for entry in resolver(locale).model.types[kind]:
        yield from ((entry.id, phrase) for phrase in entry.phrases)


def wordings(locale: str, kind: str, way: int) -> dict[str, str]:
    """What somebody may say, with the id that is meant."""
    form = SAID[kind][way]
    return {form.format(name): id_ for id_, name in names(locale, kind)}


def asked(locale: str, words: str) -> Exchange:
    device = Device(here().handler, locale, resolver=resolver(locale))
    device.launch()
    return device.say(words)


@pytest.mark.parametrize("locale", FURTHEST_APART)
@pytest.mark.parametrize("kind", ["Subject", "About"])
def test_every_name_of_a_subject_gets_its_first_line(locale: str, kind: str) -> None:
    catalogue, subjects = catalogue_for(locale), load_learning().subjects
    assert {id_ for id_, _ in names(locale, kind)} == subjects.keys()
    others = {
        words: turn.text
        for words, id_ in wordings(locale, kind, 0).items()
        if catalogue.say(subjects[id_].pages[0]) not in (turn := asked(locale, words)).text
    }
    assert others == {}


@pytest.mark.parametrize("locale", FURTHEST_APART)
@pytest.mark.parametrize("kind", ["Topic", "TopicAsked"])
def test_every_name_of_a_topic_is_the_one_that_waits_for_the_check(locale: str, kind: str) -> None:
    assert {id_ for id_, _ in names(locale, kind)} == load_relief().topics
    others = {
        words: turn.attributes.get("wanted")
        for words, id_ in wordings(locale, kind, 0).items()
        if (turn := asked(locale, words)).attributes.get("wanted") != f"tips:{id_}"
    }
    assert others == {}


@pytest.mark.parametrize("locale", FURTHEST_APART)
def test_every_name_of_an_exercise_is_the_one_that_waits_for_the_check(locale: str) -> None:
    now = load_relief().now
    assert {id_ for id_, _ in names(locale, "Exercise")} == load_relief().exercises.keys()
    others: dict[str, object] = {}
    for words, id_ in wordings(locale, "Exercise", 0).items():
        got = asked(locale, words).attributes
        right = got.get("offer") == "eased" if id_ == now else got.get("wanted") == id_
        others |= {} if right else {words: got}
    assert others == {}


@pytest.mark.parametrize("locale", FURTHEST_APART)
@pytest.mark.parametrize("kind", [kind for kind, ways in SAID.items() if len(ways) > 1])
def test_a_name_is_understood_in_a_sentence_too(locale: str, kind: str) -> None:
    others: dict[str, list[str]] = {}
    for words, id_ in wordings(locale, kind, 1).items():
        slots = resolver(locale).resolve(words).slots.values()
        got = [value.entry.id for values in slots for value in values if value.entry]
        others |= {} if got == [id_] else {words: got}
    assert others == {}


@pytest.mark.parametrize("locale", FURTHEST_APART)
def test_asking_for_something_answers_no_question_of_the_check(locale: str) -> None:
    first = next(iter(load_protocol().questions))
    for kind in SAID:
        for id_, words in {id_: words for words, id_ in wordings(locale, kind, 0).items()}.items():
            device = Device(here().handler, locale, resolver=resolver(locale))
            device.launch()
            device.intent("CheckIntent")
            turn = device.say(words)
            assert turn.attributes["answers"] == {}, words
            held = turn.attributes.get("interrupted_question") or turn.attributes["asking"]
            assert held == first, (id_, words)
