"""Meanings of words to the skill, as far as the speaker must know them to trust what it heard."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from simulator.skill import here
from simulator.speaker.opposites import alike, turned_round
from simulator.speaker.settings import Settings
from simulator.understanding.resolve import FALLBACK, NO, YES, Resolution, Resolver

Meant = tuple[str, frozenset[str]]
"""An intent, and the ids of what was named, or its words where it is not listed."""


class Meanings:
    """The meanings of words in one interaction model."""

    def __init__(self, resolver: Resolver, settings: Settings) -> None:
        self.resolver, self._settings = resolver, settings
        self._understood, self._roles = here().understood, resolver.roles
        answers = settings.answers
        self._rivals = {kind: frozenset(map(_words, texts)) for kind, texts in answers.rivals.items()}
        self._explicit = (*answers.explicit, *answers.explicit_in.get(resolver.locale, ()))
        self.kinds = {YES: "yes", NO: "no", self._roles.unsure: "unsure"}
        """Kinds of answers as hearing.toml calls them, by intent."""
        self.kinds.update({hedged: self.kinds[sure] for sure, hedged in self._roles.hedged.items()})

    def of(self, text: str) -> Resolution:
        """The meaning of words in writing."""
        return self._understood(self.resolver, text)

    def kind(self, intent: str) -> str:
        """The kind of what is meant, as the judge knows it."""
        roles = self._roles
        if intent in (roles.report, roles.own_words, roles.denial):
            return "sign"
        return self.kinds.get(intent, "nothing" if intent == FALLBACK else "other")

    def alike(self, one: Resolution, other: Resolution) -> bool:
        """Tell whether two wordings mean the same; a yes or no is the same however sure somebody is of it."""
        return self._whole(one) == self._whole(other)

    def names_sign(self, meaning: Resolution) -> bool:
        """Tell whether somebody reports a sign that the skill knows by name."""
        return meaning.intent == self._roles.report and self.names(meaning)

    @staticmethod
    def names(meaning: Resolution) -> bool:
        """Tell whether something that the skill knows by name is spoken of, reported or denied."""
        return any(match.entry for matches in meaning.slots.values() for match in matches)

    def explicit(self, text: str) -> bool:
        """Tell whether words begin as a yes or no does that is taken at a question of the check."""
        said = _words(text)
        return any(said == answer or said.startswith(answer + " ") for answer in self._explicit)

    def own_limits(self, text: str) -> Mapping[str, float] | None:
        """The limits of an answer that other words sound like, said once or over and over: "no, no".

        "Yes ..." stands for a yes with more behind it.
        """
        limits_of, said = self._settings.answers.limits_of, list(dict.fromkeys(_words(text).split()))
        begun = f"{said[0]} ..." if said[1:] else ""
        return limits_of.get(" ".join(said)) or limits_of.get(begun)

    def sounds_like(self, intent: str, text: str) -> bool:
        """Tell whether words sound like an answer and are none: "snow" like a no."""
        return _words(text) in self._rivals.get(self.kind(intent), ())

    def opposites(self, text: str) -> Sequence[str]:
        """The same words with one of them turned round, where that means something else."""
        turned, meaning = turned_round(text, self._settings.opposites), self.of(text)
        return [other for other in dict.fromkeys(turned) if not self.alike(self.of(other), meaning)]

    def sounds_like_another(self, text: str) -> bool:
        """Tell whether a sign or denial may as well be something else that sounds the same."""
        meaning, roles = self.of(text), self._roles
        others = alike(text, self._settings.alike, self._settings.places)
        return meaning.intent in (roles.report, roles.own_words, roles.denial) and any(
            _meant(self.of(other)) != _meant(meaning) for other in others
        )

    def _whole(self, resolution: Resolution) -> Meant:
        intent, ids = _meant(resolution)
        whole = {hedged: sure for sure, hedged in self._roles.hedged.items()}
        return whole.get(intent, intent), ids


def _words(text: str) -> str:
    return " ".join(re.findall(r"[\w']+", text.lower()))


def _meant(resolution: Resolution) -> Meant:
    ids = frozenset(match.id or match.value for matches in resolution.slots.values() for match in matches)
    return resolution.intent, ids
