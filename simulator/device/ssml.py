"""SSML as it is heard, in text for the eye."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from xml.etree import ElementTree as ET

PAUSE, PARAGRAPH = " … ", "\n"
STRENGTHS = {"none": 0.0, "x-weak": 0.0, "weak": 0.0, "medium": 0.4, "strong": 0.7, "x-strong": 1.0}
NOTICED, LONG = 0.4, 1.0  # seconds


class SsmlError(ValueError):
    """The speech is not what Alexa would accept."""


def plain(ssml: str) -> str:
    """The words alone, in one line; raises `SsmlError` where the XML is broken."""
    return " ".join(
        "".join(" " if isinstance(piece, float) else piece for piece in _pieces(tree(ssml))).split()
    )


def paced(ssml: str) -> str:
    """The words with their pauses: an ellipsis for a noticeable one, a new line for a long one."""
    text = "".join(_gap(piece) if isinstance(piece, float) else piece for piece in _pieces(tree(ssml)))
    lines = (re.sub(r"(?:\s*…\s*)+", PAUSE, line).strip(" …") for line in text.split("\n"))
    return "\n".join(" ".join(line.split()) for line in lines if line)


def beats(ssml: str) -> list[str | float]:
    """The words as a voice needs them: pieces to speak, and between them the seconds to be silent."""
    found: list[str | float] = []
    for silent, pieces in groupby(_pieces(tree(ssml)), key=lambda piece: isinstance(piece, float)):
        if silent:
            found += pieces
        elif words := " ".join("".join(map(str, pieces)).split()):
            found.append(words)
    return found


def tree(ssml: str) -> ET.Element:
    """The speech as XML; raises `SsmlError` where it is broken or no speech."""
    declared = re.sub(r"</?amazon:(\w+)", lambda tag: tag.group().replace("amazon:", "amazon-"), ssml)
    try:
        root = ET.fromstring(declared)  # noqa: S314 - our own skill's reply, and expat expands no outside entities
    except ET.ParseError as error:
        raise SsmlError(f"speech is no XML ({error}): {ssml[:200]}") from error
    if root.tag != "speak":
        raise SsmlError(f"speech must be inside <speak>, not <{root.tag}>")
    return root


def _pieces(element: ET.Element) -> Iterator[str | float]:
    """Words as they stand, and the seconds of each break."""
    if element.tag == "break":
        yield seconds_of(element)
    elif element.tag == "audio":
        yield "[sound]"
    elif element.tag == "sub":
        yield element.get("alias", element.text or "")
    else:
        yield element.text or ""
        for child in element:
            yield from _pieces(child)
            yield child.tail or ""
        if element.tag in {"p", "s"}:
            yield PARAGRAPH if element.tag == "p" else " "


def seconds_of(pause: ET.Element) -> float:
    """How long a `<break>` is silent; raises `SsmlError` where its time is none."""
    if "time" in pause.attrib:
        return _seconds(pause.get("time", ""))
    return STRENGTHS.get(pause.get("strength", "medium"), NOTICED)


def _gap(seconds: float) -> str:
    if seconds >= LONG:
        return PARAGRAPH
    return PAUSE if seconds >= NOTICED else " "


def _seconds(time: str) -> float:
    found = re.fullmatch(r"\+?(\d+(?:\.\d+)?)(ms|s)", time.strip())
    if found is None:
        raise SsmlError(f"break time {time!r} is no duration")
    return float(found[1]) / (1000 if found[2] == "ms" else 1)
