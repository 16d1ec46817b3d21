"""Intents of a skill that the understanding of words treats in ways of their own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

_NONE: Mapping[str, str] = MappingProxyType({})


class Roles(NamedTuple):
    """Names of intents; each may be empty, and then nothing is treated so.

    A report says that something named is so, and a denial that it is not. Alexa's own intents of yes and no
    have no place here: every skill has them.
    """

    report: str = ""
    """Has samples that are its slot alone, and is handed the sentences no sample has, as they were said."""
    denial: str = ""
    subject: str = ""
    """The slot of a report and of a denial that holds what is named."""
    unsure: str = ""
    """An "I don't know"."""
    hedged: Mapping[str, str] = _NONE
    """The intents of half a yes and half a no, by that of the whole one."""
    own_words: str = ""
    """Has a slot for any words, after a carrier phrase."""
    naming: str = ""
    """Has names of what can be reported, without saying that it is so."""
    usual: str = ""
    """Says that what is named has always been so."""
    verbatim: tuple[str, ...] = ()
    """Are understood word for word alone, since the skill itself hears other wordings of them."""


NO_ROLES = Roles()
