"""Turns plain lines into SSML, in this one place, and estimates how long they take to say."""

from __future__ import annotations

import re
from typing import Literal

Pace = Literal["slow", "normal", "fast"]

_RATES = {"slow": "80%", "fast": "120%"}
_NUMBER = re.compile(r"\b\d{3,}\b")
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_PAUSE = re.compile(r"\{pause:(\d+(?:\.\d+)?)\}")
_TAG = re.compile(r"<[^>]+>")


def to_ssml(text: str, pace: Pace = "normal") -> str:
    """The content of a ``<speak>`` element: escaped, emergency numbers read digit by digit, pauses kept."""
    spoken = _NUMBER.sub(r'<say-as interpret-as="digits">\g<0></say-as>', text.translate(_ESCAPED))
    spoken = _PAUSE.sub(r'<break time="\1s"/>', spoken)
    return f'<prosody rate="{_RATES[pace]}">{spoken}</prosody>' if pace in _RATES else spoken


def to_plain(text: str) -> str:
    """The same words without markup and pauses, for cards and screens."""
    bare = _TAG.sub("", text)
    return " ".join(_PAUSE.sub(" ", bare).split()) if _PAUSE.search(bare) else bare


def seconds(text: str, words_per_minute: int) -> float:
    """The time a plain line takes at the normal pace, pauses included; each digit of a number is a word."""
    silent = sum(float(length) for length in _PAUSE.findall(text))
    text = _PAUSE.sub(" ", text)
    words = len(_NUMBER.sub(lambda found: " ".join(found.group()), text).split())
    return words * 60 / words_per_minute + silent
