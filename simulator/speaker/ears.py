"""From a recording to words that may be acted on, or to the honest answer that it was not understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

import numpy as np

from simulator.skill import here
from simulator.speaker.moonshine import Moonshine, Recording, Written
from simulator.speaker.phrases import Phrases
from simulator.speaker.settings import Limit, Settings
from simulator.understanding.resolve import FALLBACK, NO, YES, Resolution, Resolver

Doubt = Literal["", "unknown", "unlikely", "opposite", "vague"]
FAR = float("inf")


class Evidence(NamedTuple):
    """Evidence for a wording and against it; scores are natural logarithms of probabilities.

    `freely`: it was written down without help; else it is a phrase of the model. `margin`: how much likelier
    it is than what was written down without help. `gap`: how much likelier than any wording that means
    something else. `lead`: how much likelier than `rival`, the likeliest of its opposites: for a yes, a no
    or a doubt the other two, else the same words with one of them turned round.
    """

    words: str
    intent: str
    freely: bool
    score: float
    margin: float = 0.0
    gap: float = FAR
    rival: str = ""
    lead: float = FAR


class Understood(NamedTuple):
    """The words that were heard. `doubt` says why it must not be acted on; empty where it may be.

    `about`: the answer that somebody who is in doubt may be asked about, "yes", "no" or "unsure".
    """

    words: str
    intent: str
    doubt: Doubt
    about: str = ""


class Ears:
    """Understands recordings for one interaction model. Building it is the slow part."""

    def __init__(self, model: Moonshine, resolver: Resolver, settings: Settings) -> None:
        self.model = model
        self.resolver = resolver
        self._settings = settings
        self._understood, roles = here().understood, resolver.roles
        self.kinds = {YES: "yes", NO: "no", roles.unsure: "unsure"}
        """Kinds of answers as hearing.toml calls them, by intent."""
        self.kinds.update({hedged: self.kinds[sure] for sure, hedged in roles.hedged.items()})
        parts = resolver.model, resolver.language, settings.writing, model.pieces
        self._phrases, self._calls = Phrases(*parts), Phrases.calling(*parts)
        self._phrases.add(settings.answers.rivals)

    def understand(
        self, recording: np.ndarray, *, asked: bool, doubtful: Understood | None = None
    ) -> Understood:
        """The words heard. `asked`: a question of the check is open, so that a yes or no must be explicit.

        `doubtful`: what somebody was asked about. Where that was a yes, another one may be as doubtful.
        """
        heard = self.taken(self.weigh(recording), asked=asked)
        if not doubtful:
            return heard
        twice = doubtful.about == heard.about == "yes"
        return heard._replace(doubt="" if twice else heard.doubt, about="")

    def taken(self, evidence: Evidence, *, asked: bool) -> Understood:
        """The likeliest words, whether they may be acted on, and what to ask if not."""
        doubt = self.judge(evidence, asked=asked)
        return Understood(evidence.words, evidence.intent, doubt, self._about(evidence, doubt, asked=asked))

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
        trust = self._settings.trust
        heard = self.model.hear(recording)
        free = heard.freely()
        least = free.score - trust.reach
        ways = [
            (way, self._understood(self.resolver, way.text))
            for way in heard.along(self._phrases, trust.beam, least)
        ]
        near, meaning = free, self._understood(self.resolver, free.text)
        freely = meaning.intent != FALLBACK
        if not freely:
            taken = ((way, other) for way, other in ways if other.intent != FALLBACK)
            near, meaning = next(taken, (near, meaning))
        if meaning.intent == FALLBACK:
            return Evidence(free.text, FALLBACK, freely=True, score=free.score)
        others = [way.score for way, other in ways if self._kind(other) != self._kind(meaning)]
        rival, against = self._rival(heard, near, meaning, ways)
        return Evidence(
            near.text,
            meaning.intent,
            freely,
            near.score,
            margin=near.score - free.score,
            gap=near.score - max(others, default=least),
            rival=rival,
            lead=near.score - max(against, least),
        )

    def judge(self, evidence: Evidence, *, asked: bool) -> Doubt:
        """Why a wording must not be acted on; empty where it may be."""
        if evidence.intent == FALLBACK:
            return "unknown"
        if evidence.intent in self.resolver.answers:
            return self._judge_answer(evidence, asked=asked)
        trust = self._settings.trust
        weak = evidence.score < trust.firm or evidence.margin < trust.firm_margin
        if evidence.intent == self.resolver.roles.denial and weak:
            return "unlikely"
        likely = trust.freely if evidence.freely else trust.along
        if evidence.score < likely or evidence.margin < trust.margin or evidence.gap < trust.gap:
            return "unlikely"
        least = trust.rival_of_no if evidence.intent == self.resolver.roles.denial else trust.rival
        if evidence.lead < least or self._sounds_like_another(evidence.words):
            return "opposite"
        return ""

    def _about(self, evidence: Evidence, doubt: Doubt, *, asked: bool) -> str:
        """The answer that a doubtful wording may be asked about; empty where it must be said anew."""
        likely = self._settings.answers.asked_about
        about = asked and doubt not in {"", "unknown"} and _reaches(evidence, likely)
        return self.kinds.get(evidence.intent, "") if about and evidence.lead >= likely.lead else ""

    def _judge_answer(self, evidence: Evidence, *, asked: bool) -> Doubt:
        answers = self._settings.answers
        kind = self.kinds[evidence.intent]
        limit = answers.limits[kind]
        if not _reaches(evidence, limit):
            return "unlikely"
        first, *_ = [*re.findall(r"[\w']+", evidence.words.lower()), ""]
        rival = self._understood(self.resolver, evidence.rival).intent if evidence.rival else FALLBACK
        if rival in self.kinds and evidence.lead < max(limit.lead, answers.leads.get(first, limit.lead)):
            return "opposite"
        vague = asked and kind != "unsure" and not self._explicit(evidence.words)
        return "vague" if vague else ""

    def _rival(
        self,
        heard: Recording,
        chosen: Written,
        meaning: Resolution,
        ways: Iterable[tuple[Written, Resolution]],
    ) -> tuple[str, float]:
        """The likeliest wording that may be confused with this one and means something else."""
        turned = [
            text
            for text in dict.fromkeys(_turned(chosen.text, self._settings.opposites))
            if self._kind(self._understood(self.resolver, text)) != self._kind(meaning)
        ]
        scores = heard.scores([self.model.pieces.encode(text) for text in turned]) if turned else []
        found = [*zip(scores, turned, strict=True)]
        if meaning.intent in self.resolver.answers:
            found += [
                (way.score, way.text)
                for way, other in ways
                if other.intent in self.resolver.answers and self._kind(other) != self._kind(meaning)
            ]
        score, text = max(found, default=(-FAR, ""))
        return text, score

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

    def _kind(self, resolution: Resolution) -> tuple[str, frozenset[str]]:
        """The meaning of a wording; a yes or no is the same however sure somebody is of it."""
        intent, ids = _meaning(resolution)
        whole = {hedged: sure for sure, hedged in self.resolver.roles.hedged.items()}
        return whole.get(intent, intent), ids


def _reaches(evidence: Evidence, limit: Limit) -> bool:
    return evidence.margin >= limit.margin and evidence.gap >= limit.gap


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
