"""The page for people who do not use a mouse, do not see it, or see it large."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.simulator.web.pages import Bench

ALL = ("speaker", "round", "small", "medium", "large", "tv")


def findings(bench: Bench) -> list[str]:
    violations = Axe().run(bench.page).response["violations"]
    return [
        f"{each['id']}: {node['html']}: {node['failureSummary']}"
        for each in violations
        for node in each["nodes"]
    ]


@pytest.mark.parametrize(
    ("device", "scheme"), [*((device, "light") for device in ALL), ("speaker", "dark"), ("medium", "dark")]
)
def test_an_audit_finds_nothing_on_any_device(
    bench: Bench, device: str, scheme: Literal["light", "dark"]
) -> None:
    bench.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    bench.become(device)
    assert findings(bench) == []
    bench.open()
    bench.say("yes", "no", "my foot flops")
    assert findings(bench) == []
    bench.say("it's numb down there")
    assert findings(bench) == []


@pytest.mark.parametrize("tab", ["given", "request", "response"])
def test_an_audit_finds_nothing_behind_a_tab(bench: Bench, tab: str) -> None:
    bench.open()
    bench.say("yes", "I don't know", "I don't know")
    bench.page.click(f"#tab-{tab}")
    expect(bench.page.locator(f"#{tab}")).to_be_visible()
    assert findings(bench) == []


def test_an_audit_finds_nothing_in_the_dialog_or_an_error(bench: Bench) -> None:
    bench.page.click("#keep-test")
    bench.page.click("#keep-make")
    expect(bench.page.locator("#keep-problem")).to_contain_text("says what it is about")
    assert findings(bench) == []


def test_at_twice_the_size_nothing_has_to_be_scrolled_sideways(bench: Bench) -> None:
    bench.page.set_viewport_size({"width": 640, "height": 400})
    bench.become("large")
    bench.open()
    assert findings(bench) == []
    wide = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    whole, seen = bench.page.evaluate(wide)
    assert whole <= seen


def test_the_keyboard_alone_holds_a_conversation(bench: Bench) -> None:
    bench.become("small")
    bench.page.evaluate("() => document.activeElement.blur()")
    press, focused = (
        bench.page.keyboard.press,
        "() => document.activeElement.id || document.activeElement.textContent",
    )
    order: list[str] = []
    while not order or order[-1] != "open":
        press("Tab")
        order.append(bench.page.evaluate(focused))
        assert len(order) < 20, order
    assert order[0] == "Skip to what you say"
    assert [each for each in order if each in {"locale", "device", "hold"}] == ["locale", "device", "hold"]
    bench.act(lambda: press("Enter"))
    bench.target("Check my leg").focus()
    bench.act(lambda: press("Enter"))
    bench.target("No").focus()
    bench.act(lambda: press("Space"))
    assert bench.stands("asking") == "bladder_or_bowel_change"


def test_tabs_move_with_the_arrows(bench: Bench) -> None:
    bench.page.focus("#tab-path")
    for key, shown in (
        ("ArrowRight", "given"),
        ("End", "response"),
        ("ArrowRight", "path"),
        ("ArrowLeft", "response"),
    ):
        bench.page.keyboard.press(key)
        expect(bench.page.locator(f"#{shown}")).to_be_visible()
        expect(bench.page.locator("[role=tabpanel]:visible")).to_have_count(1)
        assert bench.page.evaluate("() => document.activeElement.id") == f"tab-{shown}"


def test_replies_are_announced(bench: Bench) -> None:
    log = bench.page.get_by_role("log", name="Conversation")
    expect(log).to_have_attribute("aria-live", "polite")
    bench.open()
    expect(log).to_contain_text(bench.said)


def test_nothing_moves_where_motion_is_unwanted(bench: Bench) -> None:
    bench.page.emulate_media(reduced_motion="reduce")
    bench.page.evaluate("() => { document.getElementById('echo').dataset.state = 'thinking'; }")
    assert bench.page.evaluate("() => document.getAnimations().length") == 0
