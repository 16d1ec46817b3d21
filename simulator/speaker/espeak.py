"""The library of espeak-ng: how English is pronounced, and a robotic voice. One for the whole process."""

from __future__ import annotations

import ctypes
from functools import cache
from threading import RLock
from typing import Any, NamedTuple

import espeakng_loader

SYNCHRONOUS, UTF8 = 2, 1
IPA, TIE = 0x02, 0x80
TIED = "^"
"""Stands between the two letters of one sound, as in the diphthong of "no"."""


class Library(NamedTuple):
    """The library, and the samples a second of its own voice."""

    calls: Any
    rate: int


ALONE = RLock()
"""Held by whoever uses the library: it is not to be called from two threads at once."""


@cache
def library() -> Library:
    """The library, ready for use."""
    calls = ctypes.CDLL(espeakng_loader.get_library_path())
    calls.espeak_TextToPhonemes.restype = ctypes.c_char_p
    rate = calls.espeak_Initialize(SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), 0)
    return Library(calls, rate)


def speak_as(name: str) -> Any:  # noqa: ANN401 - a library of C has no types
    """The library set to a language, such as "en-us"; raises `LookupError` for one that it has not."""
    calls = library().calls
    if calls.espeak_SetVoiceByName(name.encode()):
        raise LookupError(f"espeak-ng has no voice {name}")
    return calls


def pronounced(text: str, language: str) -> str:
    """A text without punctuation in the letters of the IPA, stress before each stressed vowel."""
    clauses = []
    with ALONE:
        calls = speak_as(language)
        left = ctypes.c_char_p(text.encode())
        while left.value:
            mode = IPA | TIE | ord(TIED) << 8
            clauses.append((calls.espeak_TextToPhonemes(ctypes.byref(left), UTF8, mode) or b"").decode())
    return " ".join(clauses)
