"""Screens are drawn from the APL that is sent: all that our documents use, and an error for anything else."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from lambda_function import lambda_handler
from simulator.device.echo import Device
from simulator.web.devices import displays
from tests.screen.replies import samples
from tests.simulator.web.pages import Bench
from tools import conversations
from tools.screens.draw import INTERFACES, directives

Json = dict[str, Any]
PLAYED = ("relief_", "self_care", "emergency_heard_again", "learn_", "course_")
DRAW = """async ([directives, viewports]) => {
  const { draw } = await import("/static/apl/draw.js");
  return directives.flatMap((directive) => viewports.flatMap((viewport) => {
    const { screen, problems } = draw(directive, viewport, () => {});
    const shown = screen.textContent;
    const unread = [directive.datasources?.guide?.title].filter((words) => words && !shown.includes(words)
      && viewport.shape !== "round");
    return [...problems, ...unread.map((words) => `${viewport.id}: ${words} is not shown`)];
  }));
}"""
EVALUATE = """async ([value, scope]) => {
  const { bound } = await import("/static/apl/expression.js");
  try { return bound(value, scope); } catch (error) { return `! ${error.message}`; }
}"""
READING = Path(__file__).with_name("reading.js").read_text(encoding="utf-8")
VIEWPORTS = [kind._asdict() for kind in displays()]
SCOPE: Json = {
    "viewport": {"shape": "round", "width": 480},
    "payload": {"guide": {"lines": ["a", "b"], "title": "T", "ask": ""}},
    "index": 1,
}


def shown() -> list[Json]:
    """Every screen that is different of a good many conversations."""
    found: dict[str, Json] = {}
    for path in conversations.paths():
        if path.stem.startswith(PLAYED):
            found |= {str(directive): dict(directive) for directive in directives(path)}
    return [*found.values()]


def test_every_screen_of_the_conversations_is_drawn_on_every_device(studio: Page) -> None:
    screens = shown()
    assert {"home", "question", "advice", "exercise", "tips"} <= {each["token"] for each in screens}
    assert studio.evaluate(DRAW, [screens, VIEWPORTS]) == []


@pytest.mark.parametrize("kind", ["advice", "exercise", "question", "home", "page"])
def test_every_word_can_be_read_on_every_device_and_what_scrolls_says_so(studio: Page, kind: str) -> None:
    documents = {"advice", "exercise", "question", "home"}
    screens = [
        dict(screen)
        for _, screen in samples().values()
        if (screen["token"] if screen["token"] in documents else "page") == kind
    ]
    assert screens
    assert studio.evaluate(READING, [screens, VIEWPORTS]) == []


@pytest.mark.parametrize(
    ("where", "change", "problem"),
    [
        ("main", {"type": "Pager"}, "Pager: this component cannot be drawn"),
        ("main", {"opacity": 0.5}, "opacity cannot be drawn"),
        ("main", {"direction": "rowReverse"}, "direction: rowReverse cannot be drawn"),
        ("main", {"width": "12em"}, "the size 12em cannot be drawn"),
        ("main", {"paddingLeft": "@gone"}, "there is no dimension @gone"),
        ("main", {"style": "gone"}, "there is no style gone"),
        ("main", {"when": "${viewport.height +}"}, "ends too early"),
        ("main", {"when": "${pilot.theme}"}, "pilot is not known"),
        ("main", {"when": "${Math.floor(2)}"}, "Math is not known"),
        ("main", {"role": "timer"}, "role: timer cannot be drawn"),
        ("document", {"onMount": []}, "document: onMount cannot be drawn"),
        ("directive", {"sources": {}}, "directive: sources cannot be drawn"),
    ],
)
def test_what_cannot_be_drawn_is_an_error(studio: Page, where: str, change: Json, problem: str) -> None:
    directive = copy.deepcopy(dict(Device(lambda_handler, interfaces=INTERFACES).launch().directives[0]))
    parts = {
        "main": directive["document"]["mainTemplate"]["items"][0],
        "document": directive["document"],
        "directive": directive,
    }
    parts[where].update(change)
    problems = studio.evaluate(DRAW, [[directive], VIEWPORTS[:1]])
    assert [each for each in problems if problem in each], problems


def test_an_error_stands_on_the_page_for_all_to_see(bench: Bench) -> None:
    bench.become("medium")
    bench.page.route("**/launch", lambda route: route.fulfill(json=broken(route.fetch().json())))
    bench.open()
    problem = bench.page.locator("#echo .problem")
    assert "opacity cannot be drawn" in problem.inner_text()
    assert problem.get_attribute("role") == "alert"


def broken(turn: Json) -> Json:
    turn["directives"][0]["document"]["mainTemplate"]["items"][0]["items"][0]["opacity"] = 0.3
    return turn


@pytest.mark.parametrize(
    ("value", "result"),
    [
        ("plain", "plain"),
        ("${index}", 1),
        ("line ${index} of ${payload.guide.lines.length}", "line 1 of 2"),
        ("${payload.guide.lines[index]}", "b"),
        ("${payload.guide.gone}", None),
        ("${payload.guide.gone.deeper}", None),
        ("<${payload.guide.gone}>", "<>"),
        ("${viewport.shape == 'round' ? 'r' : index > 0 ? 'a' : 'b'}", "r"),
        ("${viewport.shape != 'round' ? 'r' : index > 0 ? 'a' : 'b'}", "a"),
        ("${payload.guide.ask || payload.guide.title}", "T"),
        ("${index > 0 && !payload.guide.gone}", True),
        ("${(index + 1) * 10 - 4 / 2}", 18),
        ("${true}", True),
        ("${null}", None),
        ("${index = 1}", "! expression ${index = 1}: = 1 is not known"),
        ("${index 2}", "! expression ${index 2}: what comes after 1 parts is not known"),
        ("${(index}", "! expression ${(index}: ) is expected"),
    ],
)
def test_expressions_are_worked_out_as_on_a_device(studio: Page, value: str, result: object) -> None:
    assert studio.evaluate(EVALUATE, [value, SCOPE]) == result


def test_focus_and_touch_take_the_styles_of_the_document(bench: Bench) -> None:
    bench.become("medium")
    bench.open()
    face = bench.target("Tips").locator("> span")
    at_rest = face.evaluate("(box) => box.style.backgroundColor")
    bench.page.keyboard.press("Tab")
    bench.target("Tips").focus()
    assert face.evaluate("(box) => box.style.backgroundColor") != at_rest
    bench.target("Check my leg").focus()
    assert face.evaluate("(box) => box.style.backgroundColor") == at_rest
