"""The form of the files that say what people may say, for the reader of them and for editors."""

# Annotations here are values, for the reader of the data goes by them.
from collections.abc import Mapping
from typing import Literal, NamedTuple

Templates = tuple[str, ...]


class Locale(NamedTuple):
    """A table of ``locales.toml``: the locale is its name."""

    invocation: str
    """The words that open the skill there."""
    fallback_sensitivity: Literal["LOW", "MEDIUM", "HIGH"]
    """How readily Alexa takes what fits nothing for AMAZON.FallbackIntent: LOW, MEDIUM or HIGH."""


class Slot(NamedTuple):
    """A slot of an intent."""

    type: str
    """A key of the files of slot values, or a type of Alexa's own."""
    multiple: bool = False
    """Several values may be said in a row."""


class Samples(NamedTuple):
    """Samples that are said for an intent in one locale besides."""

    samples: Templates
    """Templates: (a|b) is one of them, [a] may be left out, <words> is of words.toml, {slot} a slot."""


class IntentTable(NamedTuple):
    """A table of ``intents.toml``: the intent is its name. A locale has a table of its own in it."""

    samples: Templates = ()
    """Templates: (a|b) is one of them, [a] may be left out, <words> is of words.toml, {slot} a slot."""
    slots: Mapping[str, Slot] = {}
    """The slots of the intent, by the name that its samples have for them."""


LocalesFile = dict[str, Locale]
WordsFile = dict[str, str | Mapping[str, str]]
"""A template for each bundle of words, or one for each locale."""
IntentsFile = dict[str, IntentTable]
SlotValues = Mapping[str, Templates]
"""Templates by the slot type that they are values of."""
ValuesFile = dict[str, SlotValues]
