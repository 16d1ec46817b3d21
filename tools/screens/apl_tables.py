"""Checks the tables of the screens: positions that can be drawn, and screens that say and do what exists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from crampguide.alexa.touch import TOUCHES
from crampguide.dialogue.offers import load_guide
from crampguide.relief import load_relief
from crampguide.speech import catalogue_for
from crampguide.triage import Level

Table = Mapping[str, Any]
POINTS = re.compile(r"\d+,\d+( \d+,\d+)*")
ONE = re.compile(r"\d+,\d+")
COLOUR = re.compile(r"#[0-9A-F]{6}")
LINES = ("far", "body", "active", "prop", "soft", "arrow")
NEEDED = ("head", "body", "active")
INK = ("ground", "text", "quiet", "card", "edge", "accent")
SIZE = (400, 300)
TABLES = ("version", "longest", "kind", "kept", "answers", "colours", "strokes")
READABLE = 4.5
_DARK = 0.04045
WORDS = "en-US"
"""The locale whose words the screens are held against."""


def poses(table: Table) -> Iterator[str]:
    """Faults of the positions, each with its name first."""
    steps = {f"{each.id}.{step.id}" for each in load_relief().exercises.values() for step in each.steps}
    for name, pose in table.items():
        if not isinstance(pose, dict):
            yield f"{name}: is no table"
            continue
        if name not in steps:
            yield f"{name}: is no step of an exercise"
            continue
        if "same" in pose:
            yield from _same(name, pose, table)
            continue
        if not catalogue_for(WORDS).has(f"screen.drawing.{name}"):
            yield f"{name}: screen.drawing.{name} has no words"
        yield from (f"{name}: {need} is missing" for need in NEEDED if need not in pose)
        yield from (f"{name}: {key} is not known" for key in sorted(pose.keys() - {"head", "nose", *LINES}))
        yield from _points(name, pose)


def screens(table: Table) -> Iterator[str]:
    """Faults of the kinds of screens, their targets and their colours."""
    if lacking := list(_lacking(table)):
        yield from lacking
        return
    groups = {key.partition(".")[0] for key in catalogue_for(WORDS).lines}
    for kind in table["kind"]:
        if not catalogue_for(WORDS).has(f"screen.title.{kind['id']}") and kind["id"] != "advice":
            yield f"{kind['id']}: screen.title.{kind['id']} has no words"
        yield from (
            f"{kind['id']}: {group} is no group of lines" for group in kind["lines"] if group not in groups
        )
    kept, levels, kinds = table["kept"], {each.id for each in Level}, {kind["id"] for kind in table["kind"]}
    yield from (f"kept: {each} is no level" for each in kept["levels"] if each not in levels)
    yield from (f"kept: {each} is no kind of screen" for each in kept["but_for"] if each not in kinds)
    yield from _answers(table["answers"])
    for name in (*INK, *(level.id for level in Level)):
        if not COLOUR.fullmatch(table["colours"].get(name, "")):
            yield f"colour {name}: is no #RRGGBB"
        elif contrast(table["colours"]["text"], table["colours"][name]) < READABLE and name in _GROUNDS:
            yield f"colour {name}: text cannot be read on it"
    colours = [table["colours"].get(level.id) for level in Level]
    if len(set(colours)) < len(colours):
        yield "colours: two levels look the same"
    for layer in ("head", *LINES):
        if layer not in table["strokes"]:
            yield f"strokes: {layer} is missing"


_GROUNDS = frozenset({"ground", "card", *(level.id for level in Level)})


def contrast(one: str, other: str) -> float:
    """How much two colours differ in lightness, from 1 to 21."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= _DARK else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _lacking(table: Table) -> Iterator[str]:
    """Everything the screens are built from that is missing or empty."""
    for name in TABLES:
        if not table.get(name):
            yield f"{name} is missing"
    if not table.get("kept", {}).get("levels"):
        yield "kept: levels is missing"
    if "but_for" not in table.get("kept", {}):
        yield "kept: but_for is missing"
    for number, kind in enumerate(table.get("kind", ()), 1):
        for field in ("id", "lines"):
            if not kind.get(field):
                yield f"kind number {number}: {field} is missing"


def _answers(answers: Table) -> Iterator[str]:
    for offer in sorted(load_guide().offers.keys() - answers.keys()):
        yield f"answers: {offer} has no targets"
    for offer in sorted(answers.keys() - load_guide().offers.keys() - {"question", "home"}):
        yield f"answers: {offer} is no offer"
    for offer, touches in answers.items():
        if not touches:
            yield f"answers: {offer} has no targets"
        for touch in touches:
            if touch.partition("_")[0] not in TOUCHES:
                yield f"answers {offer}: {touch} stands for nothing"
            elif not catalogue_for(WORDS).has(f"screen.act.{touch}"):
                yield f"answers {offer}: screen.act.{touch} has no words"


def _same(name: str, pose: Table, table: Table) -> Iterator[str]:
    if pose["same"] not in table or "same" in table[pose["same"]]:
        yield f"{name}: {pose['same']} is not drawn"
    if len(pose) > 1:
        yield f"{name}: is drawn like another, so nothing else is needed"


def _points(name: str, pose: Table) -> Iterator[str]:
    written = [(key, line) for key in LINES for line in pose.get(key, ())]
    heads = [(key, pose[key]) for key in ("head", "nose") if key in pose]
    for (key, line), form in [*((each, POINTS) for each in written), *((each, ONE) for each in heads)]:
        if not form.fullmatch(line):
            yield f"{name}: {key} {line!r} is no list of points"
        elif any(int(at) > most for x, y in _pairs(line) for at, most in zip((x, y), SIZE, strict=True)):
            yield f"{name}: {key} {line!r} leaves the picture"
        elif key == "arrow" and len(_pairs(line)) not in {2, 3}:
            yield f"{name}: an arrow has two or three points"


def _pairs(line: str) -> list[tuple[str, str]]:
    return [(x, y) for x, _, y in (point.partition(",") for point in line.split())]
