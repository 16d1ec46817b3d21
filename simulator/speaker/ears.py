"""From a recording to words that may be acted on, or to the honest answer that it was not understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from simulator.speaker.doubt import FAR, Doubter, Evidence, Understood
from simulator.speaker.embedding import Embedding
from simulator.speaker.judge import ANSWERS, Chances, Judge, Pooled, begun, compared, known, pooled, together
from simulator.speaker.meanings import Meanings
from simulator.speaker.moonshine import RATE, Moonshine, Recording, Written
from simulator.speaker.phrases import Phrases
from simulator.speaker.pieces import Beginnings
from simulator.speaker.quiet import clearness
from simulator.speaker.settings import Settings
from simulator.speaker.single_words import SingleWords
from simulator.speaker.voices import resampled
from simulator.speaker.wake import WORD
from simulator.understanding.resolve import FALLBACK, Resolution, Resolver

WRITTEN = re.compile(rf"\b{WORD}\b", re.IGNORECASE)
Ways = Sequence[tuple[Written, Resolution]]


class Call(NamedTuple):
    """The words that called the skill by its name, if any did.

    `word`: the logarithm of how likely it is that it was called by the word that wakes a speaker.
    """

    words: str
    word: float


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
        self.meanings = Meanings(resolver, settings)
        self.doubter = Doubter(self.meanings, settings)
        parts = resolver.model, resolver.language, settings.writing, model.pieces
        self._phrases, self._calls = Phrases(*parts), Phrases.calling(*parts)
        self._word = model.pieces.encode(WORD)
        for rivals in settings.answers.rivals.values():
            self._phrases.add(rivals)

    def understand(
        self, recording: np.ndarray, *, asked: bool, doubtful: Understood | None = None
    ) -> Understood:
        """The words heard. `asked`: a question of the check is open, so that a yes or no must be explicit.

        `doubtful`: what somebody was asked about. Where that was a yes, another one may be as doubtful.
        """
        heard = self.doubter.taken(self.weigh(recording), asked=asked)
        if not doubtful:
            return heard
        twice = doubtful.about == heard.about == "yes"
        return heard._replace(doubt="" if twice else heard.doubt, about="")

    def called(self, recording: np.ndarray) -> Call:
        """Tell by which words a recording calls the skill, and what `Wake` cannot tell of the word alone."""
        word = -FAR
        for cut in (recording, self._later(recording)):
            heard = self.model.hear(cut)
            free = heard.freely()
            word = max(word, 0.0 if WRITTEN.search(free.text) else heard.begins_with(self._word))
            if self.resolver.resolve(free.text).named:
                return Call(free.text, word)
            trust = self._settings.trust
            found = heard.along(self._calls, trust.beam, free.score + trust.call)
            if found:
                return Call(found[0].text, word)
        return Call("", word)

    def weigh(self, recording: np.ndarray) -> Evidence:
        """Everything a recording may have been, and how sure that is."""
        heard, ways, chances = self._listen(recording)
        free, writings = ways[0][0], [ways[0][0].text]
        least, most = self._settings.answers.heard_again
        if least < chances.best < most:
            _, otherwise, too = self._listen(self._resized(recording))
            chances = together([chances, too])
            writings.append(otherwise[0][0].text)
        clear = clearness(recording)
        near, meaning = self.nearest(ways, chances, clear)
        seconds = len(recording) / RATE
        named = next((way.text for way in self._named(ways)), "")
        if meaning.intent == FALLBACK:
            score = free.score
            return Evidence(
                free.text, FALLBACK, freely=True, score=score, chances=chances, seconds=seconds, named=named,
                clear=clear,
            )  # fmt: skip
        least = free.score - self._settings.trust.reach
        others = [way.score for way, other in ways[1:] if not self.meanings.alike(other, meaning)]
        rival, against = self._rival(heard, near, meaning, ways)
        alike = partial(self.meanings.sounds_like, meaning.intent)
        return Evidence(
            near.text,
            meaning.intent,
            near is free,
            near.score,
            margin=near.score - free.score,
            gap=near.score - max(others, default=least),
            rival=rival,
            lead=near.score - against,
            chances=chances,
            seconds=seconds,
            named=named,
            clear=clear,
            other_word=next(filter(alike, writings), ""),
        )

    def _listen(self, recording: np.ndarray) -> tuple[Recording, Ways, Chances]:
        heard = self.model.hear(recording)
        free = heard.freely()
        ways = self.ways(heard, free)
        return heard, ways, self._judge.chances(self.sounds(recording, heard), self.wordings(free, ways))

    def _resized(self, recording: np.ndarray) -> np.ndarray:
        """The same as a larger head would say it: lower and slower."""
        return resampled(recording, round(RATE * self._settings.answers.size)).astype(np.float32)

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
        kinds = [(way, self.meanings.kind(meaning.intent)) for way, meaning in ways]
        return compared(free, kinds[1:], kinds[0][1], self._settings.trust.reach)

    def ways(self, heard: Recording, free: Written) -> Ways:
        """List what was written without help, then the likeliest phrases, with what each means."""
        trust = self._settings.trust
        found = heard.along(self._phrases, trust.beam, free.score - trust.reach)
        return [(way, self.meanings.of(way.text)) for way in (free, *found)]

    def _later(self, recording: np.ndarray) -> np.ndarray:
        return recording[round(self._settings.answers.later * RATE) :]

    def nearest(self, ways: Ways, chances: Chances, clear: float = FAR) -> tuple[Written, Resolution]:
        """The likeliest wording that means something: one of the answer that the judge is sure of, if any.

        An explicit one is preferred. Where a sign was written down without help it is that, unless it names
        none and an explicit answer is likelier still, or about as likely where the skill itself would be in
        doubt of it; and no answer is much less likely than a phrase that names a sign. "Not sure really" is
        never "not really", however much it sounds so.
        """
        answers = self._settings.answers
        sure = {kind for kind in ANSWERS if self.doubter.is_sure(kind, self._put(kind, ways), chances, clear)}
        free, written = ways[0]
        if self.meanings.kind(written.intent) == "unsure":
            sure &= {"unsure"}
        least = max([-FAR, *(way.score - answers.instead for way in self._named(ways))])
        said = [
            pair for pair in ways if self.meanings.kind(pair[1].intent) in sure and pair[0].score >= least
        ]
        explicit = [pair for pair in said if self.meanings.explicit(pair[0].text)]
        if self.meanings.kind(written.intent) == "sign":
            least = FAR if self.meanings.names(written) else free.score
            least -= 0.0 if written.score else answers.instead
            said = explicit = [pair for pair in explicit if pair[0].score >= least]
        meant = [pair for pair in ways if pair[1].intent != FALLBACK]
        return next(iter([*explicit, *said, *meant, ways[0]]))

    def _put(self, kind: str, ways: Ways) -> str:
        """The words in which an answer of that kind was most likely put; an explicit one is preferred."""
        texts = [way.text for way, meaning in ways if self.meanings.kind(meaning.intent) == kind]
        return next(filter(self.meanings.explicit, texts), next(iter(texts), ""))

    def _named(self, ways: Ways) -> list[Written]:
        """The phrases that name a sign and are not much less likely than what was written."""
        least = ways[0][0].score - self._settings.answers.half_heard
        return [way for way, meaning in ways[1:] if way.score >= least and self.meanings.names_sign(meaning)]

    def _rival(self, heard: Recording, chosen: Written, meaning: Resolution, ways: Ways) -> tuple[str, float]:
        """The likeliest wording that may be confused with this one and means something else."""
        if meaning.intent in self.resolver.answers:
            alike = [way for way, _ in ways if self.meanings.sounds_like(meaning.intent, way.text)]
            return next(((way.text, way.score) for way in alike), ("", -FAR))
        least = ways[0][0].score - self._settings.trust.reach
        turned = self.meanings.opposites(chosen.text)
        scores = heard.scores([self.model.pieces.encode(text) for text in turned]) if turned else []
        score, text = max(zip(scores, turned, strict=True), default=(least, ""))
        return text, max(score, least)
