"""The denials that are open where the reading of an utterance stands."""

from __future__ import annotations


class Scope:
    """Follows the denials from word to word: how many reach here, and what lies between them and here."""

    def __init__(self) -> None:
        self.close()

    def close(self) -> None:
        """End every denial: what follows begins anew."""
        self.count = 0
        self.strict = True
        self.distant = False
        self.passed_sign = False
        self.joined = False
        self.chosen = False
        self.between: list[str] = []

    def deny(self, *, strict: bool, distant: bool) -> None:
        """Open a denial, beside those that nothing has followed yet."""
        if self.passed_sign or self.joined:
            self.close()
        self.count += 1
        self.strict = self.strict and strict
        self.distant = distant
        self.between = []

    def pass_over(self, text: str, modifiers: frozenset[str]) -> None:
        """Remember a word after a denial; "I doubt very much" is no more than "I doubt"."""
        if self.count and not (self.distant and not self.between and text in modifiers):
            self.between.append(text)

    def pass_sign(self) -> None:
        """Leave a sign behind; the denials go on to what is joined to it."""
        self.passed_sign = True
        self.joined = False
