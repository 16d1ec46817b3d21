"""From words to an intent, as Alexa's language understanding does it.

In this order: the skill's name, a plain yes or no, a sample word for word, wordings close to a sample. What
fits none of these is the fallback intent, or is handed over as it was said (`Resolver.spoken`). Nothing is
ever a yes or a no by default, and only listed phrases are a report or a denial: what other words mean is for
the skill to decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

from simulator.understanding.close import Close
from simulator.understanding.deniable import Deniable
from simulator.understanding.framing import Framing
from simulator.understanding.model import InteractionModel
from simulator.understanding.roles import NO_ROLES, Roles
from simulator.understanding.samples import Match, Samples, SlotMatch
from simulator.understanding.words import Language, Utterance, occurrences

YES, NO, FALLBACK = "AMAZON.YesIntent", "AMAZON.NoIntent", "AMAZON.FallbackIntent"
ENDING = ("AMAZON.StopIntent", "AMAZON.CancelIntent")
LAUNCH = "LaunchRequest"


@dataclass(frozen=True)
class Resolution:
    """The meaning of an utterance as it was understood.

    `score` says how like a wording of the model it is, from 0 to 1, or of words that the skill itself reads
    how sure it is of them. `intent` is an intent of the model, or `LaunchRequest` for the skill's bare name.
    `named` says whether the skill's name was said, which is what opens a session. `candidates` are other
    intents that were considered.
    """

    utterance: str
    intent: str
    score: float
    slots: Mapping[str, tuple[SlotMatch, ...]] = field(default_factory=dict)
    candidates: tuple[Match, ...] = ()
    named: bool = False

    def as_json(self) -> dict[str, Any]:
        """The public form: utterance, intent and slots; a slot with several values lists them too."""
        slots: dict[str, Any] = {}
        for name, values in self.slots.items():
            listed = [{"value": value.value, "id": value.id} for value in values]
            slots[name] = listed[0] if len(listed) == 1 else {**listed[0], "values": listed}
        return {"utterance": self.utterance, "intent": self.intent, "slots": slots}


class Resolver:
    """Understands one locale. Building it is the slow part; `resolve` may then be called many times."""

    def __init__(
        self, model: InteractionModel, language: Language, locale: str = "en-US", roles: Roles = NO_ROLES
    ) -> None:
        self.model = model
        self.locale = locale
        self.language = language
        self.roles = roles
        self.answers = tuple(filter(None, (YES, NO, *roles.hedged.values(), roles.unsure)))
        """The intents of answers to a yes-or-no question."""
        self._framing = Framing(language, model.invocation)
        names = (entry for kind in self._types_of(roles.naming) for entry in model.types.get(kind, ()))
        self._samples = Samples(
            model,
            language,
            own_words=roles.own_words,
            deniable={roles.denial: Deniable(names, model, language)},
        )
        told = (roles.report, roles.denial, roles.usual)
        signs = {kind for intent in told for kind in self._types_of(intent)}
        closed = {*self.answers, *roles.verbatim, roles.report, roles.denial, FALLBACK}
        self._close = Close(self._samples, closed, signs, language)
        self._carriers = [each for each in self._samples.samples if each.intent.name == roles.own_words]
        self._unsure = [phrase for phrase, intent in self._samples.plain.items() if intent == roles.unsure]
        self._doubts = frozenset(language.data["polarity"]["doubts"])
        self._opinions = language.forms(language.data["words"]["opinions"])

    @property
    def calling(self) -> str:
        """The words that open the skill by its name, in this language."""
        return f"{self.language.data['launch']['open'][0]} {self.model.invocation}"

    def typed(self, line: str) -> str:
        """A line from a keyboard as something said; to be resolved like anything else."""
        return self.language.typed(line)

    def resolve(self, utterance: str) -> Resolution:
        """Understand one utterance; never raises, whatever was typed."""
        heard = self.language.hear(utterance)
        request = self._framing.after_name(heard)
        if request is None:
            matches = self._matches(heard)
        elif not request.tokens:
            matches = [Match(LAUNCH, 1.0)]
        else:
            readings = self._matches(request), self._matches(self._framing.after_link(request))
            matches = max(readings, key=lambda found: found[0].score if found else 0.0)
        best = matches[0] if matches else Match(FALLBACK, 0.0)
        rest = tuple(match for match in matches if match.intent != best.intent)
        return Resolution(utterance, best.intent, best.score, best.slots, rest[:5], named=request is not None)

    def spoken(self, utterance: str) -> Resolution:
        """Understand one utterance as a skill gets to hear it: what no sample has may come as it was said.

        Alexa gives a sentence that it knows no sample for to an intent whose slot takes any words, where a
        carrier fits; else to one that has samples which are its slot alone (`Roles.report`), if there is one.
        The slot then resolves to nothing: what it means is for the skill to find out. Only what is listed
        for the fallback intent comes without words.
        """
        found = self.resolve(utterance)
        heard = self.language.hear(utterance)
        request = self._framing.after_name(heard)
        body = self._framing.without_answer(
            self._framing.trim(heard if request is None else self._framing.after_link(request))
        )
        if self.roles.report not in self.model.intents or not body.tokens or not self._is_guess(found, body):
            return found
        intent, slots = self._own_words(body)
        return replace(found, intent=intent, slots=slots)

    def _is_guess(self, found: Resolution, body: Utterance) -> bool:
        """Tell whether no sample has it word for word, or only after the words that make it a question."""
        if found.intent == FALLBACK:
            return self._samples.exact(body) is None
        if self._framing.is_question(body):
            return (
                found.intent in {self.roles.report, self.roles.unsure, *ENDING}
                and self._samples.exact(body) is None
            )
        return found.intent in ENDING and found.score < 1

    def _own_words(self, heard: Utterance) -> tuple[str, Mapping[str, tuple[SlotMatch, ...]]]:
        texts, end = tuple(heard.text.split()), len(heard.tokens)
        for sample in self._carriers:
            opening = len(sample.opening)
            if len(texts) > opening and sample.may_be(texts):
                return self.roles.own_words, {sample.slots[0]: (SlotMatch(heard.words(opening, end)),)}
        return self.roles.report, {self.roles.subject: (SlotMatch(heard.words(0, end)),)}

    def forget(self) -> None:
        """Keep nothing of what was heard so far, for those who serve several people."""
        self._samples.forget()
        self.language.forget()

    def _matches(self, heard: Utterance) -> list[Match]:
        """Every reading, the best first."""
        framing = self._framing
        trimmed = framing.trim(heard)
        if not heard.tokens:
            return []
        if certain := self._certain(heard) or self._certain(trimmed):
            return [certain]
        if not trimmed.tokens:
            return []
        body = framing.without_answer(trimmed)
        request = framing.without_opener(body)
        if doubt := self._doubt(body):
            return [doubt]
        exact = self._samples.exact(body) or self._samples.exact(request)
        if exact and exact.intent not in self.answers:
            return [exact]
        return self._close.closest(request)

    def _certain(self, heard: Utterance) -> Match | None:
        """A sample word for word, or several of one intent in a row; doubt and hedges outweigh an answer."""
        texts = tuple(heard.text.split())
        given = self._said_in_a_row(texts)
        if self.roles.unsure in given and given <= set(self.answers):
            return Match(self.roles.unsure, 1.0)
        for plain, hedge in self.roles.hedged.items():
            opinion = given == {plain} and any(occurrences(texts, opinion) for opinion in self._opinions)
            if hedge in self.model.intents and (opinion or given == {plain, hedge}):
                return Match(hedge, 1.0)
        return Match(min(given), 1.0) if len(given) == 1 else self._samples.exact(heard)

    def _said_in_a_row(self, texts: tuple[str, ...]) -> set[str]:
        """The intents whose slotless samples make up the utterance; empty where it holds anything else.

        Of several ways to take it apart, the one with the fewest intents counts.
        """
        upto: list[set[str] | None] = [set(), *(None for _ in texts)]
        for start, end in combinations(range(len(texts) + 1), 2):
            before = upto[start]
            if before is not None and (said := self._plainly_said(texts, start, end)) is not None:
                upto[end] = _fewer(upto[end], before | said)
        return upto[-1] or set()

    def _plainly_said(self, texts: tuple[str, ...], start: int, end: int) -> set[str] | None:
        """The intent of a piece that is a slotless sample; none for a filler, None for anything else."""
        piece = texts[start:end]
        if intent := self._samples.plain.get(piece):
            return {intent}
        is_idle = piece in self._framing.fillers and not self._framing.is_meant(texts[:end])
        return set() if is_idle else None

    def _doubt(self, heard: Utterance) -> Match | None:
        """An "I don't know" about nothing that is named ("I'm not sure if I have")."""
        for phrase in self._unsure:
            rest = heard.tokens[len(phrase) :]
            if rest and rest[0].text in self._doubts and heard.starts(phrase):
                named = any(map(self.language.strange, rest[1:]))
                return None if named else Match(self.roles.unsure, 0.95)
        return None

    def _types_of(self, intent: str) -> set[str]:
        """The types of what an intent names."""
        declared = self.model.intents.get(intent)
        slot = declared.slot(self.roles.subject) if declared else None
        return {slot.type} if slot else set()


def _fewer(one: set[str] | None, other: set[str]) -> set[str]:
    return other if one is None or len(other) < len(one) else one
