"""The rules of Amazon's certification that can be decided by walking through a skill.

The walk opens the skill, and says after that each of its intents, in the first of its samples. Wherever that
leads, the person then stops, cancels, asks for help, and says what nobody understands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from simulator.device.echo import Device, Exchange, SessionClosedError, SkillError
from simulator.device.replies import InvalidResponseError
from simulator.device.requests import SlotInput, SlotValue
from simulator.skill import NoSkillError, Skill
from simulator.testing.budgets import Budgets, over_budget, question_of
from simulator.understanding.free_slots import example
from simulator.understanding.model import Intent
from simulator.understanding.resolve import FALLBACK, LAUNCH
from simulator.understanding.samples import SLOT
from simulator.web.devices import kinds

HELP, STOP, CANCEL = "AMAZON.HelpIntent", "AMAZON.StopIntent", "AMAZON.CancelIntent"
NEEDED = (HELP, STOP, CANCEL)
"""Intents that every custom skill must have."""
LEAVING = frozenset({STOP, CANCEL, "AMAZON.NavigateHomeIntent"})
MOST_PHRASES = 3
NO_BUDGETS = Budgets(None, None, None)


@dataclass
class _Walk:
    """One walk through a skill in a locale, on one kind of device, and what was found."""

    skill: Skill
    locale: str
    kind: str
    budgets: Budgets
    places: dict[str, list[str]] = field(default_factory=dict)
    """The places of each thing that was found; the same reply is reached on many ways."""

    def device(self) -> Device:
        shape = kinds()[self.kind]
        return Device(
            self.skill.handler,
            self.locale,
            resolver=self.skill.resolver(self.locale),
            interfaces=shape.interfaces,
            context=shape.context,
        )

    def say(self, device: Device, intent: Intent | None, where: str) -> Exchange | None:
        """Open the skill, or say an intent in its first sample; None where that breaks, which is noted."""
        try:
            turn = device.intent(intent.name, self._filled(intent)) if intent else device.launch()
        except (SkillError, InvalidResponseError) as error:
            self.note(where, f"breaks: {error}")
            return None
        self.look(turn, where)
        return turn

    def look(self, turn: Exchange, where: str) -> None:
        """Note what holds of no reply."""
        if turn.listening and not _invites(turn.text):
            self.note(where, f"listens without having asked anything: {turn.text!r}")
        if turn.listening and not turn.reprompt:
            self.note(where, "listens without a reprompt for somebody who says nothing")
        if not turn.listening and question_of(turn.text):
            self.note(where, f"asks, and does not listen: {question_of(turn.text)!r}")
        if not turn.text and turn.ended and not turn.directives:
            self.note(where, "says nothing and ends")
        for said in over_budget(turn, self.budgets):
            self.note(where, said)

    def note(self, where: str, what: str) -> None:
        places = self.places.setdefault(what, [])
        if where not in places:
            places.append(where)

    @property
    def found(self) -> list[str]:
        """A line for each thing that was found, with the first place, and how many more there are."""
        return [
            f"{self.locale}, {places[0]}: {what}" + (f" ({len(places) - 1} more times)" if places[1:] else "")
            for what, places in self.places.items()
        ]

    def _filled(self, intent: Intent) -> dict[str, SlotInput]:
        """The slots of an intent's first sample, each with the first of its values."""
        resolver = self.skill.resolver(self.locale)
        model, named = resolver.model, {*SLOT.findall(intent.samples[0])} if intent.samples else set()
        filled: dict[str, SlotInput] = {}
        for slot in intent.slots:
            if slot.name in named:
                entries = model.types.get(slot.type, ())
                first = entries[0] if entries else None
                filled[slot.name] = (
                    SlotValue(first.name, first.id, first.name) if first else SlotValue(example(slot.type))
                )
        return filled


def problems(skill: Skill, locale: str, *, kind: str = "speaker", budgets: Budgets = NO_BUDGETS) -> list[str]:
    """Everything that certification would stumble over in a locale, in sentences; empty where nothing is.

    ``kind`` names the device, and ``budgets`` how long replies may be. Raises ``LookupError`` for a locale
    that the skill has no model for.
    """
    walk = _Walk(skill, locale, kind, budgets)
    model = skill.resolver(locale).model
    for name in NEEDED:
        if name not in model.intents:
            walk.note("the model", f"has no {name}")
    if FALLBACK not in model.intents:
        walk.note("the model", f"has no {FALLBACK}: what nobody understands goes to some other intent")
    for said in phrases(skill, locale):
        walk.note("the example phrases", said)
    for start in (None, *(each for each in model.intents.values() if each.name not in LEAVING)):
        _from(walk, start)
    return walk.found


def certify(skill: Skill, *, kind: str = "speaker", budgets: Budgets = NO_BUDGETS) -> None:
    """Walk through a skill in all its locales; raises ``AssertionError`` with all that `problems` finds."""
    found = [line for locale in skill.locales for line in problems(skill, locale, kind=kind, budgets=budgets)]
    if found:
        raise AssertionError("\n".join([f"{len(found)} things would not be certified:", *found]))


def phrases(skill: Skill, locale: str) -> list[str]:
    """Whatever is wrong with the example phrases of the store's page, in sentences."""
    try:
        skill.manifest  # noqa: B018 - whether there is one
    except NoSkillError as error:
        return [str(error.args[0])]
    listed, resolver = skill.listing(locale).get("examplePhrases") or [], skill.resolver(locale)
    name = resolver.model.invocation
    found = [] if listed else ["there are none"]
    if len(listed) > MOST_PHRASES:
        found.append(f"there are {len(listed)}, of at most {MOST_PHRASES}")
    for place, phrase in enumerate(listed):
        heard = resolver.resolve(phrase)
        if not heard.named:
            found += [f"{phrase!r} does not call the skill by its name, {name!r}"] if place == 0 else []
            heard = resolver.resolve(phrase.removeprefix("Alexa, "))
        if heard.intent == FALLBACK:
            found.append(f"{phrase!r} is not understood")
    if listed and resolver.resolve(listed[0]).intent not in {LAUNCH, *resolver.model.intents}:
        found.append(f"{listed[0]!r} does not open the skill")
    return found


def _from(walk: _Walk, start: Intent | None) -> None:
    """Go to a place, and there do what may be done everywhere."""
    where = f"after {start.name}" if start else "after opening"
    intents = walk.skill.resolver(walk.locale).model.intents
    for then in (None, *NEEDED, FALLBACK):
        device = walk.device()
        turn = walk.say(device, None, "after opening")
        if turn is not None and start is not None and device.is_open:
            turn = walk.say(device, start, where)
        if turn is None or then is None or not device.is_open or then not in intents:
            if turn is not None and then is None:
                _silent(walk, device, where)
            continue
        here = f"{where}, then {then}"
        for said in _answered(walk.say(device, intents[then], here), then):
            walk.note(here, said)


def _answered(turn: Exchange | None, intent: str) -> Iterator[str]:
    """The lacks of a reply to what may be said everywhere."""
    if turn is None:
        return
    if intent == STOP and not turn.ended:
        yield "does not end the session"
    if intent == HELP and not turn.listening:
        yield "help does not ask how to go on"
    if intent == HELP and turn.listening and not _invites(turn.text):
        yield "help ends in no question"
    if intent == FALLBACK and not turn.text:
        yield "says nothing to what nobody understands"


def _silent(walk: _Walk, device: Device, where: str) -> None:
    """Say nothing, twice: that ends the session, and the skill may say nothing to it."""
    try:
        device.silence()
        device.silence()
    except (SkillError, InvalidResponseError, SessionClosedError) as error:
        walk.note(f"{where}, when nobody answers", f"breaks: {error}")


def _invites(text: str) -> bool:
    """Tell whether a reply ends in a question, or says earlier in its last two sentences what may be said."""
    return "?" in "".join(text.replace("!", ".").split(". ")[-2:])
