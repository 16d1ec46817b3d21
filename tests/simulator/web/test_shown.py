"""Screens of every kind as somebody has them before them, on every device: read, seen and touched."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from crampguide.screen import Moment, Said, directive
from simulator.web.devices import Kind, displays
from tests.screen.replies import samples
from tools.screens.apl_lint import COMPONENTS, FOLDER

Json = Mapping[str, Any]
Shown = list[tuple[str, Kind, Json, Json]]
SHOWN = Path(__file__).with_name("shown.js").read_text(encoding="utf-8")
VIEWPORTS = [kind._asdict() for kind in displays()]
SMALLEST_TEXT = {
    "round": 25.9,
    "small": 32,
    "medium": 40,
    "medium-wide": 40,
    "large": 40,
    "extra-large": 50,
    "portrait": 42,
    "tv": 36,
}
"""Font sizes in dp below which a screen cannot be read from across a room."""
SMALLEST_TARGET = 64
KNOWN = """async () => (({ COMPONENTS, PARTS, VALUES }) => ({ ...COMPONENTS, ...PARTS, VALUES }))(
  await import("/static/apl/known.js")
)"""


def each_seen(studio: Page, screens: Mapping[str, Json]) -> Iterator[tuple[str, Kind, Json, Json]]:
    """Each screen on each device: its name, the device, the data it was given, and what is seen of it."""
    found = studio.evaluate(SHOWN, [list(screens.values()), VIEWPORTS])
    for (name, screen), on_each in zip(screens.items(), found, strict=True):
        for viewport, seen in zip(displays(), on_each, strict=True):
            assert seen["problems"] == []
            yield f"{name} on {viewport.id}", viewport, screen["datasources"]["guide"], seen


@pytest.fixture(scope="module")
def shown(studio: Page) -> Shown:
    """Every sample on every device."""
    return list(each_seen(studio, {name: screen for name, (_, screen) in samples().items()}))


def test_whatever_can_be_touched_seen_or_scrolled_says_what_it_is(shown: Shown) -> None:
    for where, _, _, seen in shown:
        named = [each["label"] for each in (*seen["buttons"], *seen["pictures"])]
        assert all([*named, *seen["scrolling"], *seen["progress"]]), where


def test_every_screen_has_one_heading(shown: Shown) -> None:
    for where, _, _, seen in shown:
        assert len(seen["headings"]) == 1, where
        assert seen["headings"][0], where


def test_what_is_asked_can_be_touched(shown: Shown) -> None:
    for where, _, data, seen in shown:
        assert seen["sent"] == [[each["act"], data["turn"]] for each in data["answers"]], where
        assert bool(seen["sent"]) == bool(data["ask"]), where


def test_a_small_display_shows_one_drawing_and_a_large_one_all(shown: Shown) -> None:
    drawn = 0
    for where, viewport, data, seen in shown:
        if (drawings := data.get("drawings")) is None:
            continue
        roomy = viewport.width > 1200 or viewport.height > viewport.width
        expected = [each["label"] for each in drawings if roomy or each["main"]]
        assert [each["label"] for each in seen["pictures"]] == expected, where
        assert bool(expected) == bool(drawings), where
        drawn += len(expected)
    assert drawn


def test_text_can_be_read_from_across_a_room(shown: Shown) -> None:
    for where, viewport, _, seen in shown:
        assert seen["texts"], where
        for text, size in seen["texts"]:
            assert size >= SMALLEST_TEXT[viewport.id] - 0.5, (where, text)


def test_targets_are_large(shown: Shown) -> None:
    for where, _, _, seen in shown:
        for each in seen["buttons"]:
            assert each["height"] >= SMALLEST_TARGET, (where, each)


def test_a_question_has_its_progress_and_three_targets(shown: Shown) -> None:
    questions = [seen for where, _, _, seen in shown if where.startswith("question")]
    assert len(questions) >= len(displays())
    for seen in questions:
        assert [act for act, _ in seen["sent"]] == ["yes", "no", "unsure"]
        assert len(seen["progress"]) == 1


def test_the_end_of_a_session_offers_nothing_to_touch(studio: Page) -> None:
    closing = directive(Moment((Said("goodbye.line", "Bye."),)), lambda key, **_: key)
    for where, _, _, seen in each_seen(studio, {"closing": closing}):
        assert seen["buttons"] == [], where


def test_all_that_is_drawn_is_something_that_apl_has(studio: Page) -> None:
    known = studio.evaluate(KNOWN)
    words, parts = known.pop("VALUES"), {"path": "AVG-path", "graphic": "AVG-root"}
    schemas = {path.stem: json.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.json")}
    held = {name: schemas.get(parts.get(name, name)) for name in known}
    assert {name for name, schema in held.items() if schema} >= {*COMPONENTS, *parts, "document", "SendEvent"}
    strange = {
        name: extra
        for name, schema in held.items()
        if schema and (extra := {*known[name]} - schema["properties"].keys())
    }
    assert strange == {}
    listed = [each["properties"] for each in schemas.values()]
    for name, meanings in words.items():
        enums = [part[name]["enum"] for part in listed if "enum" in part.get(name, {})]
        assert all(meanings.keys() <= {*enum} for enum in enums), name
