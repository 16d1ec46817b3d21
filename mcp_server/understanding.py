"""The guide's own understanding of what people say in their own words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from crampguide.dialogue import Guide, Slots
from crampguide.triage import QuestionId
from crampguide.understand import Reading, has, reader
from simulator.skill import here


class Understood(NamedTuple):
    """An intent of the dialogue, and the ids that were named with it."""

    intent: str
    slots: Slots = Slots()


def understand(guide: Guide, locale: str, words: str) -> Understood:
    """Understands the words of a person in a locale; what fits nothing is the fallback intent.

    Nothing of the words is kept. Raises ``LookupError`` for a locale without an interaction model.
    """
    resolver = here().resolver(locale)
    try:
        heard = resolver.spoken(words)
    finally:
        resolver.forget()

    def ids(*slots: str) -> tuple[str, ...]:
        found = (each.id for slot in slots for each in heard.slots.get(slot, ()))
        return tuple(dict.fromkeys(id_ for id_ in found if id_))

    unlisted = [each.value for found in heard.slots.values() for each in found if not each.id]
    slots = Slots(
        signs=tuple(QuestionId(id_) for id_ in ids("symptom") if id_ in guide.protocol.questions),
        openings=tuple(id_ for id_ in ids("opening") if id_ in guide.protocol.opens),
        topics=tuple(id_ for id_ in ids("topic", "asked") if id_ in guide.relief.topics),
        exercises=tuple(id_ for id_ in ids("exercise") if id_ in guide.relief.exercises),
        subjects=tuple(id_ for id_ in ids("subject", "about") if id_ in guide.learning.subjects),
        people=ids("person"),
        reading=_reading(locale, unlisted),
    )
    return Understood(heard.intent, slots)


def _reading(locale: str, unlisted: Sequence[str]) -> Reading | None:
    language = locale.partition("-")[0]
    return reader(language).read(" and ".join(unlisted)) if unlisted and has(language) else None
