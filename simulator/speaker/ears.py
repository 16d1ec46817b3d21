"""From a recording to words that may be acted on, or to the honest answer that it was not understood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

import numpy as np

from simulator.skill import here
from simulator.speaker.moonshine import Moonshine, Recording, Written
from simulator.speaker.phrases import Phrases
from simulator.speaker.settings import Settings
from simulator.understanding.resolve import FALLBACK, NO, Resolution, Resolver

Doubt = Literal["", "unknown", "unlikely", "opposite", "vague"]
NOTHING = float("-inf")


class Evidence(NamedTuple):
    """Evidence for a wording and against it; scores are natural logarithms of probabilities.

    `freely`: it was written down without help; else it is the nearest phrase of the model, so much (`margin`)
    less likely than what was, and so much (`gap`) likelier than any phrase that means something else.
    `lead`: how much likelier it is than `rival`, the likeliest of its opposites.
    """

    words: str
    intent: str
    freely: bool
    score: float
    margin: float = 0.0
    gap: float = float("inf")
    rival: str = ""
    lead: float = float("inf")


class Understood(NamedTuple):
    """The words that were heard. `doubt` says why it must not be acted on; empty where it may be."""

    words: str
    intent: str
    doubt: Doubt


class Ears:
    """Understands recordings for one interaction model. Building it is the slow part."""

    def __init__(self, model: Moonshine, resolver: Resolver, settings: Settings) -> None:
        self.model = model
        self.resolver = resolver
        self._settings = settings
        self._understood = here().understood
        parts = resolver.model, resolver.language, settings.writing, model.pieces
        self._phrases, self._calls = Phrases(*parts), Phrases.calling(*parts)

    def understand(self, recording: np.ndarray, *, asked: bool) -> Understood:
        """The words heard. `asked`: a question of the check is open, so that a yes or no must be explicit."""
        evidence = self.weigh(recording)
        return Understood(evidence.words, evidence.intent, self.judge(evidence, asked=asked))

    def called(self, recording: np.ndarray) -> str:
        """The words that called the skill by its name; empty where it was not called."""
        heard = self.model.hear(recording)
        free = heard.freely()
        if self.resolver.resolve(free.text).named:
            return free.text
        found = heard.along(self._calls, self._settings.trust.beam)
        near = found and found[0].score >= free.score + self._settings.trust.call
        return found[0].text if near else ""

    def weigh(self, recording: np.ndarray) -> Evidence:
        """Everything a recording may have been, and how sure that is."""
        heard = self.model.hear(recording)
        free = heard.freely()
        meaning = self._understood(self.resolver, free.text)
        if meaning.intent != FALLBACK:
            rival, score = self._rival(heard, free, meaning)
            return Evidence(
                free.text, meaning.intent, freely=True, score=free.score, rival=rival, lead=free.score - score
            )
        found = [
            (way, self._understood(self.resolver, way.text))
            for way in heard.along(self._phrases, self._settings.trust.beam)
        ]
        if not found or found[0][1].intent == FALLBACK:
            return Evidence(free.text, FALLBACK, freely=True, score=free.score)
        near, meaning = found[0]
        others = [way.score for way, other in found if _meaning(other) != _meaning(meaning)]
        rival, score = self._rival(heard, near, meaning)
        return Evidence(
            near.text,
            meaning.intent,
            freely=False,
            score=near.score,
            margin=near.score - free.score,
            gap=near.score - max(others, default=NOTHING),
            rival=rival,
            lead=near.score - score,
        )

    def judge(self, evidence: Evidence, *, asked: bool) -> Doubt:
        """Why a wording must not be acted on; empty where it may be."""
        trust, answers = self._settings.trust, self._settings.answers
        if evidence.intent == FALLBACK:
            return "unknown"
        weak = evidence.score < trust.firm or evidence.margin < trust.firm_margin
        if evidence.intent in answers.firm and weak:
            return "unlikely"
        likely = trust.freely if evidence.freely else trust.along
        if evidence.score < likely or evidence.margin < trust.margin or evidence.gap < trust.gap:
            return "unlikely"
        if evidence.lead < self._least_lead(evidence) or self._sounds_like_another(evidence.words):
            return "opposite"
        answer = evidence.intent in self.resolver.answers and evidence.intent != self.resolver.roles.unsure
        vague = asked and answer and not self._explicit(evidence.words)
        return "vague" if vague else ""

    def _rival(self, heard: Recording, chosen: Written, meaning: Resolution) -> tuple[str, float]:
        """The likeliest wording that may be confused with this one and means something else."""
        texts = [*_turned(chosen.text, self._settings.opposites)]
        if meaning.intent in self.resolver.answers:
            texts += self._settings.answers.rivals
        rivals = [
            text
            for text in dict.fromkeys(texts)
            if _meaning(self._understood(self.resolver, text)) != _meaning(meaning)
        ]
        if not rivals:
            return "", NOTHING
        scores = heard.scores([self.model.pieces.encode(text) for text in rivals])
        score, text = max(zip(scores, rivals, strict=True))
        return text, score

    def _least_lead(self, evidence: Evidence) -> float:
        """By how much a wording must be likelier than its opposites."""
        trust, roles = self._settings.trust, self.resolver.roles
        first, *_ = [*re.findall(r"[\w']+", evidence.words.lower()), ""]
        usual = (
            trust.rival_of_no if evidence.intent in (NO, roles.hedged.get(NO), roles.denial) else trust.rival
        )
        return max(usual, self._settings.answers.leads.get(first, usual))

    def _sounds_like_another(self, text: str) -> bool:
        """Tell whether a sign or denial may as well be something else that sounds the same."""
        meaning, roles = self._understood(self.resolver, text), self.resolver.roles
        no_place = rf"(?! (?:{'|'.join(self._settings.places)})\b)"
        others = (
            re.sub(rf"\b{re.escape(written)}\b{no_place}", said, text, flags=re.IGNORECASE)
            for written, said in self._settings.alike.items()
        )
        return meaning.intent in (roles.report, roles.own_words, roles.denial) and any(
            _meaning(self._understood(self.resolver, other)) != _meaning(meaning)
            for other in others
            if other != text
        )

    def _explicit(self, text: str) -> bool:
        said = " ".join(re.findall(r"[\w']+", text.lower()))
        return any(
            said == answer or said.startswith(answer + " ") for answer in self._settings.answers.explicit
        )


def _meaning(resolution: Resolution) -> tuple[str, frozenset[str]]:
    ids = frozenset(match.id or match.value for matches in resolution.slots.values() for match in matches)
    return resolution.intent, ids


def _turned(text: str, pairs: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """The text with one word turned into its opposite, for each word that has one."""
    for pair in pairs:
        for one, other in (pair, pair[::-1]):
            if not one:
                continue
            pattern = rf"(?<![\w'])(?:{re.escape(one)})(?![\w'])"
            for found in re.finditer(pattern, text, re.IGNORECASE):
                turned = text[: found.start()] + other + text[found.end() :]
                turned = re.sub(r"\s+", " ", turned).strip(" ,")
                if re.search(r"\w", turned):
                    yield turned[:1].upper() + turned[1:]
