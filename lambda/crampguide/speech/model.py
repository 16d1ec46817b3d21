"""The form of ``rules.toml``: which lines may stay unsaid, and which a region words otherwise."""

# Annotations here are values, for the reader of the data goes by them.
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from crampguide.typed import Count, Texts, typed, typed_files


class Budget(NamedTuple):
    """How long things may take to say in one language."""

    words_per_minute: Count
    """How fast Alexa speaks it: what a line takes is reckoned from its words."""
    longest_question: Count
    """Words."""


class Rules(NamedTuple):
    """The tables of ``rules.toml``."""

    brief: frozenset[str]
    """Lines that whoever asked for the brief version is spared."""
    logged: frozenset[str]
    """Groups whose keys tell nothing about anybody: a missing line of theirs is logged by its key."""
    silent: Mapping[str, Mapping[str, Texts]]
    """By language and group, the lines that need no words."""
    reworded: Mapping[str, Texts]
    """By region or shared wording, the lines of the language that its own file words otherwise."""
    budget: Mapping[str, Budget]
    """By language."""


def load_rules(path: Path) -> Rules:
    """The file ``rules.toml``; raises ``DataError`` with every problem found, the file's name in front."""
    return typed_files([path], read_rules)


def read_rules(tables: Mapping[str, Any]) -> Rules:
    """The tables of ``rules.toml`` as values; raises ``DataError`` with every problem found."""
    return typed(Rules, tables, "rules")
