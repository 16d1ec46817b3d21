"""Rules for every screen, beyond those of APL: read aloud, in reach of a touch, never cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

Json = Mapping[str, Any]
TOUCHED = "TouchWrapper"
SCROLLS = "ScrollView"
NAMED = {TOUCHED: frozenset({"button"}), "VectorGraphic": frozenset({"image"}), SCROLLS: frozenset[str]()}
"""Components that a screen reader stops at, and the roles that each may have."""
SENT = "SendEvent"
OWN_INK = ("color", "fontSize", "fontFamily")
_LITERAL = re.compile(r"(?:^|[^@\w])\d+(?:\.\d+)?(?:dp|px|vh|vw)$")


class Found(NamedTuple):
    """A component, where it stands, what it stands in, and all that is inside it."""

    own: Json
    place: str
    above: tuple[str, ...]
    inside: tuple[Found, ...]


def broken(shown: Json) -> Iterator[str]:
    """The rules that a document breaks, one line each with the place first."""
    layouts = shown["layouts"]
    main = found_in(shown["mainTemplate"]["items"][0], layouts)
    everything = [*flat(main)]
    for each in everything:
        yield from _unnamed(each)
        yield from _touch(each)
        yield from _text(each)
        yield from _colour_alone(each)
    if not any(each.own.get("role") == "header" for each in everything):
        yield "no heading: nothing has the role header"
    if not any(each.own["type"] == TOUCHED for each in everything):
        yield "nothing can be touched"


def found_in(component: Json, layouts: Json, place: str = "", above: tuple[str, ...] = ()) -> Found:
    """A component with its layouts opened."""
    kind = component["type"]
    here = f"{place}.{kind}" if place else kind
    if kind in layouts:
        return found_in({**layouts[kind]["item"]}, layouts, here, above)
    inside = component.get("items", component.get("item", []))
    parts = inside if isinstance(inside, list) else [inside]
    children = tuple(found_in(each, layouts, here, (*above, kind)) for each in parts)
    return Found(component, here, above, children)


def flat(found: Found) -> Iterator[Found]:
    """A component and all inside it."""
    yield found
    for each in found.inside:
        yield from flat(each)


def _unnamed(found: Found) -> Iterator[str]:
    kind, roles = found.own["type"], NAMED.get(found.own["type"])
    if roles is None:
        if found.own.get("role") == "progressbar" and not found.own.get("accessibilityLabel"):
            yield f"{found.place}: accessibilityLabel is missing"
        return
    if not found.own.get("accessibilityLabel"):
        yield f"{found.place}: accessibilityLabel is missing"
    if roles and found.own.get("role") not in roles:
        yield f"{found.place}: the role of a {kind} is {' or '.join(sorted(roles))}"


def _touch(found: Found) -> Iterator[str]:
    if found.own["type"] != TOUCHED:
        return
    if [command["type"] for command in found.own.get("onPress", [])] != [SENT]:
        yield f"{found.place}: a touch must send one event"
    if not any(each.own["type"] == "Text" and each.own.get("text") for each in flat(found)):
        yield f"{found.place}: a target must have words on it"
    if SCROLLS in found.above:
        yield f"{found.place}: a target must not scroll out of sight"


def _text(found: Found) -> Iterator[str]:
    """Text that can be of any length scrolls; its size and colour come from the theme."""
    listed = str(found.own.get("data", ""))
    if listed.endswith(".lines}") and SCROLLS not in found.above:
        yield f"{found.place}: lines must be in a ScrollView"
    if found.own["type"] == "Text":
        if "style" not in found.own:
            yield f"{found.place}: style is missing"
        for name in OWN_INK:
            if name in found.own:
                yield f"{found.place}: {name} comes from the style"
        if "height" in found.own and _LITERAL.search(str(found.own["height"])):
            yield f"{found.place}: a fixed height cuts text off"


def _colour_alone(found: Found) -> Iterator[str]:
    """A colour that depends on what is shown stands with a picture and words that say the same."""
    colour = str(found.own.get("backgroundColor", ""))
    if not re.search(r"payload\.\w+\.colour", colour):
        return
    kinds = {each.own["type"] for each in flat(found)}
    if not {"Text", "VectorGraphic"} <= kinds:
        yield f"{found.place}: colour must not speak alone, but with a picture and words: {colour}"
