"""SSML as a speaker says it: sentences, each at its rate, and the silences between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree as ET

from simulator.device.ssml import seconds_of, tree

SENTENCE = re.compile(r"(?<=[.!?])\s+")
BETWEEN_SENTENCES = 0.3
RATES = {"x-slow": 0.5, "slow": 0.75, "medium": 1.0, "fast": 1.25, "x-fast": 1.5}


class Words(NamedTuple):
    """Something to say, and how fast; 1 is the voice's own rate."""

    text: str
    rate: float = 1.0


def parts(ssml: str) -> Iterator[Words | float]:
    """Words to say and seconds to be silent, in turns; raises `SsmlError` where the XML is broken."""
    spoken = False
    for part in _joined(_walk(tree(ssml), 1.0)):
        if isinstance(part, float):
            yield part
            spoken = False
            continue
        for sentence in SENTENCE.split(part.text):
            if spoken:
                yield BETWEEN_SENTENCES
            yield Words(sentence, part.rate)
            spoken = True


def _joined(pieces: Iterator[Words | float]) -> Iterator[Words | float]:
    """Neighbouring words of one rate as one text; the markup inside a sentence does not part it."""
    text, rate = "", 1.0
    for piece in pieces:
        if isinstance(piece, float) or (text.strip() and piece.rate != rate):
            if text.strip():
                yield Words(_tidy(text), rate)
            text = ""
        if isinstance(piece, float):
            yield piece
        else:
            text, rate = text + piece.text, piece.rate
    if text.strip():
        yield Words(_tidy(text), rate)


def _tidy(text: str) -> str:
    """Single spaces, and of commas around digits only those that part words."""
    spaced = re.sub(r"\s+,", ",", " ".join(text.split()))
    return re.sub(r",+(?=[.,;:?!])", "", spaced).strip(", ")


def _walk(element: ET.Element, rate: float) -> Iterator[Words | float]:
    if element.tag == "break":
        yield seconds_of(element)
    elif element.tag == "say-as" and element.get("interpret-as") == "digits":
        yield Words(f", {', '.join(''.join(element.itertext()))},", rate)
    elif element.tag == "sub":
        yield Words(element.get("alias", element.text or ""), rate)
    elif element.tag != "audio":
        inner = rate * _rate(element.get("rate", "")) if element.tag == "prosody" else rate
        yield Words(element.text or "", inner)
        for child in element:
            yield from _walk(child, inner)
            yield Words(child.tail or "", inner)


def _rate(given: str) -> float:
    share = re.fullmatch(r"(\d+)%", given.strip())
    return int(share[1]) / 100 if share else RATES.get(given.strip(), 1.0)
