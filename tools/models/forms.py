"""The form of the files of what people may say and models must hold, for their reader and for editors."""

# Annotations here are values, for the reader of the data goes by them.
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, NamedTuple

from crampguide.typed import AtLeast, Count, Texts, typed

Templates = tuple[str, ...]


class Locale(NamedTuple):
    """A table of ``locales.toml``: the locale is its name."""

    invocation: str
    """The words that open the skill there."""
    fallback_sensitivity: Literal["LOW", "MEDIUM", "HIGH"]
    """How readily Alexa takes what fits nothing for AMAZON.FallbackIntent: LOW, MEDIUM or HIGH."""
    like: Texts = ()
    """Wordings shared with other locales, for where it has no words of its own: the first that has some."""


class Slot(NamedTuple):
    """A slot of an intent."""

    type: str
    """A key of the files of slot values, or a type of Alexa's own."""
    multiple: bool = False
    """Several values may be said in a row."""


class Samples(NamedTuple):
    """Samples that are said for an intent in one locale, or in those that share a wording, besides."""

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
"""A template for each bundle of words, or one for each locale or for those that share a wording."""
IntentsFile = dict[str, IntentTable]
SlotValues = Mapping[str, Templates]
"""Templates by the slot type that they are values of."""
ValuesFile = dict[str, SlotValues]


class Limits(NamedTuple):
    """The most that Alexa takes."""

    sample_characters: Count
    phrase_characters: Count
    name_characters: Count
    model_bytes: Count


class Minimum(NamedTuple):
    """The fewest ways to say something."""

    samples_of_an_intent: Count
    phrases_of_an_emergency_sign: Count
    phrases_of_another_sign: Count


class Contract(NamedTuple):
    """Everything that the skill's handlers count on."""

    intents: Texts
    question_types: Texts
    """Slot types whose ids are the ids of the questions, all of them."""
    some_question_types: Texts
    """Slot types whose ids are the ids of questions, but not of all of them."""
    sign_types: Texts
    """Those of the question types by which a sign is said."""
    denial: str
    """The intent whose samples say no, so that its slot never does."""
    ids: Annotated[Mapping[str, Texts], AtLeast(1)]
    """The ids of other slot types."""


WordsOfLanguages = Annotated[Mapping[str, Texts], AtLeast(1)]


class RulesFile(NamedTuple):
    """The tables of ``rules.toml``."""

    limits: Limits
    minimum: Minimum
    contract: Contract
    denying: WordsOfLanguages
    """By language: a sample of the denial holds at least one of these words, or ends one in n't."""
    not_in_an_invocation_name: WordsOfLanguages
    """By language."""


def read_rules(tables: Mapping[str, Any]) -> RulesFile:
    """The tables of ``rules.toml`` as values; raises ``DataError`` with every problem found."""
    return typed(RulesFile, tables, "rules", problems=_inconsistent)


def _inconsistent(file: RulesFile, _tables: Mapping[str, Any]) -> Iterator[str]:
    contract = file.contract
    for name in sorted({*contract.sign_types} - {*contract.question_types}):
        yield f"contract: sign_types: {name} is not among the question_types"
    if contract.denial not in contract.intents:
        yield f"contract: denial: {contract.denial} is not among the intents"
