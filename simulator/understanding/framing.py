"""Words around a request: the skill's name, fillers, a polite way in, a yes or no in front."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.understanding.words import Language, Utterance


class Framing:
    """Takes the frame off what was said, in one language and for one invocation name."""

    def __init__(self, language: Language, invocation: str) -> None:
        words, launch, clauses = language.data["words"], language.data["launch"], language.data["clauses"]
        self.fillers = frozenset(language.forms([*words["fillers"], *launch["wake_words"]]))
        self._fillers = sorted(self.fillers, key=lambda filler: (-len(filler), filler))
        self._first = frozenset(filler[0] for filler in self._fillers)
        self._last = frozenset(filler[-1] for filler in self._fillers)
        self._meant = language.forms(words["meant"])
        self._openers = language.forms(words["openers"])
        self._answers = language.forms(words["answers"])
        self._questions = language.forms([*words["question_words"], *words["questions"]])
        self._denials = language.deny
        self._sentence = frozenset((*clauses["subjects"], *clauses["starters"])) | language.negators
        self._verbs = language.forms([*launch["open"], *launch["ask"]])
        self._links = language.forms(launch["links"])
        self._name = language.form(invocation)

    def after_name(self, heard: Utterance) -> Utterance | None:
        """The words after the skill's name ("ask space facts ..."); None where it was not called."""
        start = self.trim(heard)
        for verb in ((), *self._verbs):
            call = (*verb, *self._name)
            if start.starts(call) and (verb or len(start.tokens) == len(call)):
                return start.cut(len(call))
        return None

    def after_link(self, heard: Utterance) -> Utterance:
        """A request without the "to", "about" or "that" that tied it to the skill's name."""
        link = next((link for link in self._links if heard.starts(link)), ())
        return heard.cut(len(link))

    def trim(self, heard: Utterance) -> Utterance:
        """Without the words at either end that mean nothing; possibly nothing is left."""
        changed = True
        while changed and (tokens := heard.tokens):
            changed = False
            if tokens[0].text not in self._first and tokens[-1].text not in self._last:
                break
            for filler in self._fillers:
                if heard.starts(filler):
                    heard, changed = heard.cut(len(filler)), True
                elif heard.ends(filler) and not self.is_meant(heard.text.split()):
                    heard, changed = heard.cut(0, len(heard.tokens) - len(filler)), True
        return heard

    def is_meant(self, texts: Sequence[str]) -> bool:
        """Tell whether the last word, idle elsewhere, has a meaning here ("I'm not well")."""
        return any(tuple(texts[-len(idiom) :]) == idiom for idiom in self._meant)

    def without_answer(self, heard: Utterance) -> Utterance:
        """Without a yes or no before a whole sentence; the "no" of "no idea" stays."""
        for answer in self._answers:
            rest = self.trim(heard.cut(len(answer))) if heard.starts(answer) else None
            if rest is None or not rest.tokens:
                continue
            if answer[0] not in self._denials or rest.tokens[0].text in self._sentence:
                return self.without_answer(rest)
        return heard

    def without_opener(self, heard: Utterance) -> Utterance:
        """Without a polite or chatty beginning ("could you tell me ...")."""
        for opener in self._openers:
            if heard.starts(opener) and len(heard.tokens) > len(opener):
                return self.without_opener(self.trim(heard.cut(len(opener))))
        return heard

    def is_question(self, heard: Utterance) -> bool:
        """Tell whether it begins as questions do."""
        return any(heard.starts(opening) for opening in self._questions)
