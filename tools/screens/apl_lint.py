"""Holds APL documents against the schemas in `tools/screens/schema`, and against what a screen must be."""

from __future__ import annotations

import functools
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema

from crampguide.screen.build import whole
from crampguide.screen.data import document, drawn, positions, screens
from crampguide.screen.drawing import graphic
from simulator.files import read_json
from tools.screens import apl_rules, apl_tables

FOLDER = Path(__file__).parent / "schema"
MAIN = ("question", "home", "advice", "exercise", "page")
COMPONENTS = frozenset({"Container", "Text", "Frame", "ScrollView", "TouchWrapper", "VectorGraphic"})
CHILDREN = ("item", "items")

Json = Mapping[str, Any]


def problems() -> list[str]:
    """Faults of the data of the screens, one line each with the file first.

    Raises ``DataError`` where their tables cannot be read.
    """
    drawings = whole(
        {"type": "Container", "items": []}, {**{n: graphic(n) for n in drawn()}, **document("icons")}
    )
    return [
        *(f"poses.toml: {problem}" for problem in apl_tables.of_positions(positions())),
        *(f"screens.toml: {problem}" for problem in apl_tables.of_screens(screens())),
        *(f"graphics: {problem}" for problem in violations(drawings)),
        *(f"{name}.json: {problem}" for name in MAIN for problem in wrong(document(name))),
    ]


def wrong(main: Json) -> list[str]:
    """Faults of one kind of screen: what APL does not allow, and what it forgets."""
    shown = whole(main, {})
    return violations(shown) or list(apl_rules.broken(shown))


def violations(document: Json) -> list[str]:
    """Violations of APL in a document, one line each with the place first."""
    own = {key: value for key, value in document.items() if key != "graphics"}
    found = [*_against("document", own, "document")]
    for name, layout in document["layouts"].items():
        found += _component(layout["item"], f"layouts.{name}", document)
    for item in document["mainTemplate"]["items"]:
        found += _component(item, "mainTemplate", document)
    for name, graphic_ in document.get("graphics", {}).items():
        found += _against("AVG-root", graphic_, f"graphics.{name}")
        for number, item in enumerate(graphic_["items"]):
            found += _against(f"AVG-{item['type']}", item, f"graphics.{name}[{number}]")
    return found


def _component(component: Json, place: str, document: Json) -> Iterator[str]:
    kind = component["type"]
    here = f"{place}.{kind}"
    if kind in COMPONENTS:
        yield from _against(kind, {k: v for k, v in component.items() if k not in CHILDREN}, here)
    elif kind in document["layouts"]:
        for name in sorted(set(document["layouts"][kind]["parameters"]) - component.keys()):
            yield f"{here}: {name} is not given"
    else:
        yield f"{here}: no such component or layout"
    if (
        "style" in component
        and "${" not in component["style"]
        and component["style"] not in document["styles"]
    ):
        yield f"{here}: there is no style {component['style']}"
    for command in component.get("onPress", []):
        yield from _against(command["type"], command, f"{here}.onPress")
    for key in CHILDREN:
        inside = component.get(key, [])
        for child in inside if isinstance(inside, list) else [inside]:
            yield from _component(child, here, document)


def _against(schema: str, part: Json, place: str) -> Iterator[str]:
    """Violations, except of the type of a value that is only known on the device."""
    for error in _validator(schema).iter_errors(part):
        if not _is_bound(error.instance):
            yield f"{place}{error.json_path[1:]}: {textwrap.shorten(error.message, 160)}"


def _is_bound(value: object) -> bool:
    if isinstance(value, list):
        return any(_is_bound(each) for each in value)
    return isinstance(value, str) and ("${" in value or value.startswith("@"))


@functools.cache
def _validator(name: str) -> jsonschema.Draft201909Validator:
    return jsonschema.Draft201909Validator(read_json(FOLDER / f"{name}.json"))
