"""From a recording to words that may be acted on, or to the honest answer that it was not understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np

from simulator.skill import here
from simulator.speaker.embedding import Embedding
from simulator.speaker.judge import Chances, Judge, Pooled, begun, compared, known, pooled
from simulator.speaker.moonshine import RATE, Moonshine, Recording, Written
from simulator.speaker.opposites import alike, turned_round
from simulator.speaker.phrases import Phrases
from simulator.speaker.pieces import Beginnings
from simulator.speaker.settings import Settings
from simulator.speaker.single_words import SingleWords
from simulator.understanding.resolve import FALLBACK, NO, YES, Resolution, Resolver

Doubt = Literal["", "unknown", "unlikely", "opposite", "vague"]
FAR = float("inf")
WORDS = "words"


class Evidence(NamedTuple):
    """Evidence for a wording and against it; scores are natural logarithms of probabilities.

    `freely`: it was written down without help; else it is a phrase of the model. `margin`: how much likelier
    it is than what was written down without help. `gap`: how much likelier than any wording that means
    something else. `lead`: how much likelier than `rival`, the likeliest of the same words with one of them
    turned round, which is not sought for answers. `chances`: how likely the recording is an answer.
    `seconds`: how long the recording is, with the quiet around what was said. `named`: the likeliest phrase
    that names a sign, if there is one that is not much less likely than what was written down.
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


Ways = Sequence[tuple[Written, Resolution]]


class Understood(NamedTuple):
    """The words that were heard. `doubt` says why it must not be acted on; empty where it may be.

    `about`: what may be asked about where there is a doubt: the answer "yes", "no" or "unsure", or "words",
    which are a sign or the denial of one.
    """

    words: str
    intent: str
    doubt: Doubt
    about: str = ""


class Ears:
    """Understands recordings for one interaction model. Building it is the slow part."""

    def __init__(
        self,
        model: Moonshine,
        embedding: Embedding,
        single_words: SingleWords,
        resolver: Resolver,
        settings: Settings,
    ) -> None:
        self.model = model
        self.embedding = embedding
        self.single_words = single_words
        self.resolver = resolver
        self._settings = settings
        self._judge = Judge(known())
        answers = settings.answers
        self._beginnings = Beginnings.of(model.pieces, answers.beginnings, answers.onward)
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
        """The likeliest words, whether they may be acted on, and what to ask if not.

        What is in doubt, and no answer, is a sign first if it sounds like one.
        """
        doubt, roles = self.judge(evidence, asked=asked), self.resolver.roles
        if doubt and evidence.named and evidence.intent not in {*self.kinds, roles.denial}:
            return Understood(evidence.named, roles.report, doubt, WORDS)
        return Understood(evidence.words, evidence.intent, doubt, self._about(evidence, doubt, asked=asked))

    def called(self, recording: np.ndarray) -> str:
        """The words that called the skill by its name; empty where it was not called."""
        for cut in (recording, self._later(recording)):
            heard = self.model.hear(cut)
            free = heard.freely()
            if self.resolver.resolve(free.text).named:
                return free.text
            found = heard.along(self._calls, self._settings.trust.beam)
            if found and found[0].score >= free.score + self._settings.trust.call:
                return found[0].text
        return ""

    def weigh(self, recording: np.ndarray) -> Evidence:
        """Everything a recording may have been, and how sure that is."""
        heard = self.model.hear(recording)
        free = heard.freely()
        ways = self.ways(heard, free)
        chances = self._judge.chances(self.sounds(recording, heard), self.wordings(free, ways))
        near, meaning = self.nearest(ways, chances)
        seconds = len(recording) / RATE
        named = next((way.text for way in self._named(ways)), "")
        if meaning.intent == FALLBACK:
            score = free.score
            return Evidence(
                free.text, FALLBACK, freely=True, score=score, chances=chances, seconds=seconds, named=named
            )
        least = free.score - self._settings.trust.reach
        others = [way.score for way, other in ways[1:] if self._kind(other) != self._kind(meaning)]
        rival, against = self._rival(heard, near, meaning)
        return Evidence(
            near.text,
            meaning.intent,
            near is free,
            near.score,
            margin=near.score - free.score,
            gap=near.score - max(others, default=least),
            rival=rival,
            lead=near.score - max(against, least),
            chances=chances,
            seconds=seconds,
            named=named,
        )

    def sounds(self, recording: np.ndarray, heard: Recording) -> Pooled:
        """A recording as the judge hears it; the recogniser's states of one that begins later as well.

        It hears a lone word otherwise after less silence; what it makes of both is surer.
        """
        later = self.model.hear(self._later(recording))
        return {
            "states": [pooled(heard.states), pooled(later.states)],
            "embedding": [pooled(self.embedding.hear(recording))],
            "words": [self.single_words.hear(recording).mean(0)],
            "pieces": [begun(heard.begins(self._beginnings))],
        }

    def wordings(self, free: Written, ways: Ways) -> np.ndarray:
        """Tell the judge of the likeliest wordings, of which `free` is the first way."""
        kinds = [(way, self.kind(meaning.intent)) for way, meaning in ways]
        return compared(free, kinds[1:], kinds[0][1], self._settings.trust.reach)

    def kind(self, intent: str) -> str:
        """The kind of what is meant, as the judge knows it."""
        roles = self.resolver.roles
        if intent in (roles.report, roles.own_words, roles.denial):
            return "sign"
        return self.kinds.get(intent, "nothing" if intent == FALLBACK else "other")

    def ways(self, heard: Recording, free: Written) -> Ways:
        """List what was written without help, then the likeliest phrases, with what each means."""
        trust = self._settings.trust
        found = heard.along(self._phrases, trust.beam, free.score - trust.reach)
        return [(way, self._understood(self.resolver, way.text)) for way in (free, *found)]

    def _later(self, recording: np.ndarray) -> np.ndarray:
        return recording[round(self._settings.answers.later * RATE) :]

    def nearest(self, ways: Ways, chances: Chances) -> tuple[Written, Resolution]:
        """The likeliest wording that means something: one of the answer that the judge is sure of, if any.

        An explicit one is preferred. Where a sign was written down without help it is that, unless the skill
        itself would be in doubt of it and an explicit answer is about as likely; and no answer is much less
        likely than a phrase that names a sign. "Not sure really" is never "not really", however much it
        sounds so.
        """
        answers = self._settings.answers
        sure = {kind for kind, limit in answers.limits.items() if chances.of(kind) >= limit}
        free, written = ways[0]
        if self.kind(written.intent) == "unsure":
            sure &= {"unsure"}
        least = max([-FAR, *(way.score - answers.instead for way in self._named(ways))])
        said = [pair for pair in ways if self.kind(pair[1].intent) in sure and pair[0].score >= least]
        explicit = [pair for pair in said if self._explicit(pair[0].text)]
        if self.kind(written.intent) == "sign":
            least = FAR if written.score else free.score - answers.instead
            said = explicit = [pair for pair in explicit if pair[0].score >= least]
        meant = [pair for pair in ways if pair[1].intent != FALLBACK]
        return next(iter([*explicit, *said, *meant, ways[0]]))

    def _named(self, ways: Ways) -> list[Written]:
        """The phrases that name a sign and are not much less likely than what was written."""
        least = ways[0][0].score - self._settings.answers.half_heard
        return [way for way, meaning in ways[1:] if way.score >= least and self._names(meaning)]

    def _names(self, meaning: Resolution) -> bool:
        """Tell whether somebody reports a sign that the skill knows by name."""
        known = (match.entry for matches in meaning.slots.values() for match in matches)
        return meaning.intent == self.resolver.roles.report and any(known)

    def judge(self, evidence: Evidence, *, asked: bool) -> Doubt:
        """Why a wording must not be acted on; empty where it may be."""
        if evidence.intent == FALLBACK:
            return "unknown"
        if evidence.intent in self.resolver.answers:
            doubt = self._judge_answer(evidence, asked=asked)
            if asked or not doubt:
                return doubt
        trust = self._settings.trust
        weak = evidence.score < trust.firm or evidence.margin < trust.firm_margin
        denied = evidence.intent == self.resolver.roles.denial and weak
        if denied or (evidence.gap < self._settings.answers.half_heard and self._own(evidence)):
            return "unlikely"
        likely = trust.freely if evidence.freely else trust.along
        if evidence.score < likely or evidence.margin < trust.margin or evidence.gap < trust.gap:
            return "unlikely"
        least = trust.rival_of_no if evidence.intent == self.resolver.roles.denial else trust.rival
        if evidence.lead < least or self._sounds_like_another(evidence.words):
            return "opposite"
        return ""

    def _own(self, evidence: Evidence) -> bool:
        """Tell whether a sign was told in words that name none, which a phrase that does may be behind."""
        told = evidence.intent in {self.resolver.roles.report, self.resolver.roles.own_words}
        return told and not self._names(self._understood(self.resolver, evidence.words))

    def _about(self, evidence: Evidence, doubt: Doubt, *, asked: bool) -> str:
        """The kind of what may be asked about a doubtful wording; empty where it must be said anew."""
        if doubt and self.kind(evidence.intent) == "sign":
            return WORDS
        kind = self.kinds.get(evidence.intent, "")
        if not (asked and kind) or doubt in {"", "unknown"}:
            return ""
        chance = evidence.chances.of(kind)
        written = evidence.freely and chance >= self._of_others(kind, evidence.chances)
        return kind if written or chance >= self._settings.answers.asked_about else ""

    def _judge_answer(self, evidence: Evidence, *, asked: bool) -> Doubt:
        answers, chances = self._settings.answers, evidence.chances
        kind = self.kinds[evidence.intent]
        if chances.of(kind) < answers.limits[kind]:
            return "opposite" if self._of_others(kind, chances) > chances.other else "unlikely"
        if kind == "no" and evidence.seconds < answers.short and chances.no < answers.sure_of_short:
            return "unlikely"
        vague = asked and kind != "unsure" and not self._explicit(evidence.words)
        return "vague" if vague else ""

    def _of_others(self, kind: str, chances: Chances) -> float:
        """The chance of the likeliest other answer."""
        return max(chances.of(other) for other in self._settings.answers.limits if other != kind)

    def _rival(self, heard: Recording, chosen: Written, meaning: Resolution) -> tuple[str, float]:
        """The likeliest wording that may be confused with this one and means something else."""
        if meaning.intent in self.resolver.answers:  # the judge knows
            return "", -FAR
        turned = [
            text
            for text in dict.fromkeys(turned_round(chosen.text, self._settings.opposites))
            if self._kind(self._understood(self.resolver, text)) != self._kind(meaning)
        ]
        scores = heard.scores([self.model.pieces.encode(text) for text in turned]) if turned else []
        score, text = max(zip(scores, turned, strict=True), default=(-FAR, ""))
        return text, score

    def _sounds_like_another(self, text: str) -> bool:
        """Tell whether a sign or denial may as well be something else that sounds the same."""
        meaning, roles = self._understood(self.resolver, text), self.resolver.roles
        others = alike(text, self._settings.alike, self._settings.places)
        return meaning.intent in (roles.report, roles.own_words, roles.denial) and any(
            _meaning(self._understood(self.resolver, other)) != _meaning(meaning) for other in others
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


def _meaning(resolution: Resolution) -> tuple[str, frozenset[str]]:
    ids = frozenset(match.id or match.value for matches in resolution.slots.values() for match in matches)
    return resolution.intent, ids
