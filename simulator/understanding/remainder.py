"""The rest of what is said beside a denial: words that nobody understood may be the sign that matters."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.understanding.words import Language, Utterance, occurrences


class Remainder:
    """Looks at the words of a sentence that belong to no known sign."""

    def __init__(self, language: Language) -> None:
        polarity, clauses = language.data["polarity"], language.data["clauses"]
        joints = (
            *clauses["ends"],
            *clauses["joins"],
            *clauses["chooses"],
            *clauses["turns"],
            *clauses["tags"],
        )
        self._language = language
        self._harmless = {
            language.stem(word) for word in (*polarity["harmless"], *polarity["carriers"], *joints)
        }
        self._hedges = language.forms(polarity["hedges"])
        self._against_hedges = language.negators | frozenset(polarity["against_hedges"])

    def is_harmless(self, heard: Utterance, understood: Iterable[tuple[int, int]]) -> bool:
        """Tell whether nothing beside the understood places reports a sign or takes something back."""
        known = {at for start, end in understood for at in range(start, end)}
        rest = [at for at in range(len(heard.tokens)) if at not in known]
        strange = [heard.tokens[at].stem for at in rest if self._language.strange(heard.tokens[at])]
        return (
            self._harmless.issuperset(strange)
            and not self._complains(heard, known)
            and not self._is_hedged(heard, known)
        )

    def _complains(self, heard: Utterance, known: set[int]) -> bool:
        """Tell whether small words alone report something ("... but I can't", "... but it's not right")."""
        denies, idle = self._language.negations(heard.tokens)
        unable = {at for at in denies if heard.tokens[at].text in self._language.unable}
        after = {at for at in idle if known and at > min(known)}
        return not (unable | after) <= known

    def _is_hedged(self, heard: Utterance, known: set[int]) -> bool:
        """Tell whether a denial is half taken back after it was said ("no, well, a little")."""
        texts = [token.text for token in heard.tokens]
        return any(
            at > min(known) and at not in known and texts[at - 1] not in self._against_hedges
            for hedge in (self._hedges if known else ())
            for at in occurrences(texts, hedge)
        )
