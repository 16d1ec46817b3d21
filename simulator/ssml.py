"""What is heard of SSML, as text for the eye."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

PAUSE, PARAGRAPH = " … ", "\n"
STRENGTHS = {"none": 0.0, "x-weak": 0.0, "weak": 0.0, "medium": 0.4, "strong": 0.7, "x-strong": 1.0}
NOTICED, LONG = 0.4, 1.0  # seconds


class SsmlError(ValueError):
    """The speech is not what Alexa would accept."""


def plain(ssml: str) -> str:
    """The words alone, in one line; raises `SsmlError` where the XML is broken."""
    return " ".join("".join(_pieces(_root(ssml), paced=False)).split())


def paced(ssml: str) -> str:
    """The words with their pauses: an ellipsis for a noticeable one, a new line for a long one."""
    text = "".join(_pieces(_root(ssml), paced=True))
    lines = (re.sub(r"(?:\s*…\s*)+", PAUSE, line).strip(" …") for line in text.split("\n"))
    return "\n".join(" ".join(line.split()) for line in lines if line)


def _root(ssml: str) -> ET.Element:
    declared = re.sub(r"</?amazon:(\w+)", lambda tag: tag.group().replace("amazon:", "amazon-"), ssml)
    try:
        root = ET.fromstring(declared)  # noqa: S314 - our own skill's reply, and expat expands no outside entities
    except ET.ParseError as error:
        raise SsmlError(f"speech is no XML ({error}): {ssml[:200]}") from error
    if root.tag != "speak":
        raise SsmlError(f"speech must be inside <speak>, not <{root.tag}>")
    return root


def _pieces(element: ET.Element, *, paced: bool) -> Iterator[str]:
    if element.tag == "break":
        yield _gap(element) if paced else " "
    elif element.tag == "audio":
        yield "[sound]"
    elif element.tag == "sub":
        yield element.get("alias", element.text or "")
    else:
        yield element.text or ""
        for child in element:
            yield from _pieces(child, paced=paced)
            yield child.tail or ""
        if element.tag in {"p", "s"}:
            yield PARAGRAPH if paced and element.tag == "p" else " "


def _gap(element: ET.Element) -> str:
    length = _seconds(element.get("time", "")) if "time" in element.attrib else None
    if length is None:
        length = STRENGTHS.get(element.get("strength", "medium"), NOTICED)
    if length >= LONG:
        return PARAGRAPH
    return PAUSE if length >= NOTICED else " "


def _seconds(time: str) -> float:
    found = re.fullmatch(r"\+?(\d+(?:\.\d+)?)(ms|s)", time.strip())
    if found is None:
        raise SsmlError(f"break time {time!r} is no duration")
    return float(found[1]) / (1000 if found[2] == "ms" else 1)
