"""Doubts about what was heard: whether it may be acted on, and what to ask if not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from simulator.speaker.judge import ANSWERS, Chances
from simulator.speaker.meanings import Meanings
from simulator.speaker.settings import Settings
from simulator.understanding.resolve import FALLBACK

Doubt = Literal["", "unknown", "unlikely", "opposite", "vague"]
FAR = float("inf")
WORDS, END = "words", "end"


class Evidence(NamedTuple):
    """Evidence for a wording and against it; scores are natural logarithms of probabilities.

    `freely`: it was written down without help; else it is a phrase of the model. `margin`: how much likelier
    it is than what was written down without help. `gap`: how much likelier than any wording that means
    something else. `lead`: how much likelier than `rival`, the likeliest of the same words with one of them
    turned round, or for an answer the likeliest of its `rivals`. `chances`: how likely it is an answer.
    `seconds`: how long the recording is, with the quiet around what was said. `named`: the likeliest phrase
    that names a sign, if there is one that is not much less likely than what was written down.
    `clear`: by how many decibels the speech stands out of what else was to be heard. `other_word`: the word
    of `answers.rivals` that was written down without help, if it was one.
    """

    words: str
    intent: str
    freely: bool
    score: float
    margin: float = 0.0
    gap: float = FAR
    rival: str = ""
    lead: float = FAR
    chances: Chances = Chances()
    seconds: float = FAR
    named: str = ""
    clear: float = FAR
    other_word: str = ""


class Understood(NamedTuple):
    """The words that were heard. `doubt` says why it must not be acted on; empty where it may be.

    `about`: what may be asked about where there is a doubt: the answer "yes", "no" or "unsure", or "words",
    which are a sign or the denial of one, or "end", where somebody may want to stop.
    """

    words: str
    intent: str
    doubt: Doubt
    about: str = ""


class Doubter:
    """Weighs evidence by the limits in hearing.toml."""

    def __init__(self, meanings: Meanings, settings: Settings) -> None:
        self._meanings, self._settings = meanings, settings
        self._roles = meanings.resolver.roles

    def taken(self, evidence: Evidence, *, asked: bool) -> Understood:
        """The likeliest words, whether they may be acted on, and what to ask if not.

        What is in doubt, and no answer, is a sign first if it sounds like one.
        """
        doubt, roles = self.doubt(evidence, asked=asked), self._roles
        if doubt and evidence.named and evidence.intent not in {*self._meanings.kinds, roles.denial}:
            return Understood(evidence.named, roles.report, doubt, WORDS)
        return Understood(evidence.words, evidence.intent, doubt, self._about(evidence, doubt))

    def is_sure(self, kind: str, words: str, chances: Chances, clear: float) -> bool:
        """Tell whether an answer in these words is likely enough to be taken, any other unlikely enough."""
        answers = self._settings.answers
        least = self._limits(kind, words)["clear" if clear >= answers.clear else "noise"]
        return chances.of(kind) >= least and self._of_others(kind, chances) <= answers.opposite[kind]

    def _limits(self, kind: str, words: str) -> Mapping[str, float]:
        return self._meanings.own_limits(words) or self._settings.answers.limits[kind]

    def doubt(self, evidence: Evidence, *, asked: bool) -> Doubt:
        """Why a wording must not be acted on; empty where it may be."""
        if evidence.intent == FALLBACK:
            return "unknown"
        if evidence.intent in self._meanings.resolver.answers:
            doubt = self._doubt_answer(evidence, asked=asked)
            if asked or not doubt:
                return doubt
        trust = self._settings.trust
        weak = evidence.score < trust.firm or evidence.margin < trust.firm_margin
        denied = evidence.intent == self._roles.denial and weak
        alone = evidence.gap >= self._settings.answers.half_heard and evidence.score >= trust.own
        if denied or (not alone and self._own(evidence)):
            return "unlikely"
        likely = trust.freely if evidence.freely else trust.along
        if evidence.score < likely or evidence.margin < trust.margin or evidence.gap < trust.gap:
            return "unlikely"
        least = trust.rival_of_no if evidence.intent == self._roles.denial else trust.rival
        if evidence.lead < least or self._meanings.sounds_like_another(evidence.words):
            return "opposite"
        return ""

    def _own(self, evidence: Evidence) -> bool:
        """Tell whether a sign was told in words that name none, which a phrase that does may be behind."""
        told = evidence.intent in {self._roles.report, self._roles.own_words}
        return told and not self._meanings.names_sign(self._meanings.of(evidence.words))

    def _about(self, evidence: Evidence, doubt: Doubt) -> str:
        """The kind of what may be asked about a doubtful wording; empty where it must be said anew."""
        if doubt and self._meanings.kind(evidence.intent) == "sign":
            return WORDS
        kind = self._meanings.kinds.get(evidence.intent, "")
        if not kind or doubt in {"", "unknown"}:
            return ""
        chance = evidence.chances.of(kind)
        written = evidence.freely and chance >= self._of_others(kind, evidence.chances)
        return kind if written or chance >= self._settings.answers.asked_about else ""

    def _doubt_answer(self, evidence: Evidence, *, asked: bool) -> Doubt:
        answers, chances = self._settings.answers, evidence.chances
        kind = self._meanings.kinds[evidence.intent]
        if not self.is_sure(kind, evidence.words, chances, evidence.clear):
            return "opposite" if self._of_others(kind, chances) > chances.other else "unlikely"
        doubted = evidence.clear >= answers.clear and chances.of(kind) < answers.heard_again[1]
        least = self._limits(kind, evidence.words).get("lead", answers.rival)
        if evidence.other_word or (doubted and evidence.lead < least):
            return "unlikely"
        if kind == "no" and evidence.seconds < answers.short and chances.no < answers.sure_of_short:
            return "unlikely"
        vague = asked and kind != "unsure" and not self._meanings.explicit(evidence.words)
        return "vague" if vague else ""

    def _of_others(self, kind: str, chances: Chances) -> float:
        """The chance of the likeliest other answer."""
        return max(chances.of(other) for other in ANSWERS if other != kind)
