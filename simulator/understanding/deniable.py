"""Names after a no that no phrase of what can be denied has ("no noise").

What can be denied covers more than one name says: "no noise" is silent about smoke. So no value of the
denied ones has that name; Alexa hands such words over as a value that resolves to nothing, and the skill
asks. The idea of leaving out names whose denial reports something ("no light") is NegEx's pseudo-negation
(Chapman and others 2001), found here in the model's own phrases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from simulator.understanding.model import InteractionModel, SlotEntry
from simulator.understanding.words import Language, Token


class Deniable:
    """Tells which words may be denied by which carriers of one language."""

    def __init__(self, names: Iterable[SlotEntry], model: InteractionModel, language: Language) -> None:
        phrases = (
            phrase for entries in model.types.values() for entry in entries for phrase in entry.phrases
        )
        denied = {text for phrase in phrases for text in _denied(language.form(phrase), language)}
        forms = {language.form(phrase) for entry in names for phrase in entry.phrases}
        self._names = {form for form in forms if denied.isdisjoint(form)}
        self._negators = language.negators
        self._ahead = frozenset(language.data["polarity"]["ahead"])

    def is_denied(self, texts: Sequence[str], opening: Sequence[str]) -> bool:
        """Tell whether words are a name that a sample with this opening denies there is any of.

        "It's not ringing" is no denial of trouble ringing.
        """
        if self._negators.isdisjoint(opening) or opening[-1] in self._negators - self._ahead:
            return False
        return tuple(texts) in self._names


def _denied(texts: Sequence[str], language: Language) -> Iterator[str]:
    """The first word of meaning after each word of denial."""
    if language.negators.isdisjoint(texts):
        return
    for at, text in enumerate(texts):
        if text in language.negators:
            rest = (Token(after, language.stem(after), 0) for after in texts[at + 1 :])
            yield from islice((token.text for token in rest if language.strange(token)), 1)
