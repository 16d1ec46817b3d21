"""Nobody waits at the page, and nothing that is done early or at a bad moment is lost."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from simulator.web.talks import MOST
from tests.simulator.web.pages import Bench
from tests.simulator.web.test_server import Client

ROOT = Path(__file__).parents[3]
LOADED = (
    "interaction_models",
    "simulator/understanding/builtins",
    "lambda/crampguide/speech",
    "lambda/crampguide/triage",
)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The program in a folder of its own, which may be damaged."""
    for folder in ("simulator", "lambda", "interaction_models", "tools", "webservice"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.fixture
def announced(copied: Path) -> Iterator[Client]:
    """The server of the copy, at the moment at which it has told its address."""
    with subprocess.Popen(
        [sys.executable, "-m", "simulator", "web", "--port", "0"],
        cwd=copied,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout
            found = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
            assert found
            yield Client(found[0])
        finally:
            process.kill()


def test_protocol_models_and_words_are_loaded_before_the_address_is_told(
    announced: Client, copied: Path
) -> None:
    for folder in LOADED:
        for file in [*(copied / folder).rglob("*.toml"), *(copied / folder).rglob("*.json")]:
            file.unlink()
    status, told, _ = announced.send("/bench")
    assert status == 200
    for locale in told["locales"]:
        talk = announced.begin(locale=locale)
        assert announced.send(f"{talk}/launch", {})[1]["listening"]
        assert announced.send(f"{talk}/say", {"words": "yes"})[1]["attributes"]["asking"]
        assert announced.send(f"{talk}/say", {"words": "my foot flops"})[1]["attributes"]["answers"]


class Held:
    """Requests of a page that are kept back until they are let go, as a slow server would."""

    def __init__(self, page: Page, pattern: str) -> None:
        self.page = page
        self.kept: list[Route] = []
        self.pattern = pattern
        page.route(pattern, self.keep)

    def keep(self, route: Route) -> None:
        self.kept.append(route)

    def let_go(self) -> None:
        for route in self.kept:
            route.continue_()
        self.page.unroute(self.pattern)


CONTROLS = (
    "#locale", "#device", "#hold", "#open", "#say [type=submit]", "#ear", "#silent", "#keep-test",
    "#keep-replay", "#keep-link",
)  # fmt: skip


@pytest.mark.parametrize("late", ["**/bench", "**/static/main.js", "**/static/apl/inflate.js"])
def test_a_page_that_is_not_ready_says_so_and_keeps_what_is_typed(
    page: Page, address: str, late: str
) -> None:
    held = Held(page, late)
    page.goto(address, wait_until="commit")
    expect(page.locator("#state")).to_have_text("Loading")
    for control in CONTROLS:
        expect(page.locator(control)).to_be_disabled()
    page.fill("#words", "open leg cramp guide")
    page.keyboard.press("Enter")
    assert page.url == address
    held.let_go()
    expect(page.locator("#open")).to_be_enabled()
    expect(page.locator("#state")).to_have_text("Microphone closed")
    expect(page.locator("#words")).to_have_value("open leg cramp guide")
    page.focus("#words")
    Bench(page).act(lambda: page.keyboard.press("Enter"))


def test_what_is_done_before_the_first_reply_is_played_in_order(page: Page, address: str) -> None:
    held = Held(page, "**/talks")
    page.goto(address)
    page.click("#open")
    for answer in ("yes", "no", "no"):
        page.locator("#answers").get_by_role("button", name=answer, exact=True).click()
    expect(page.locator("#state")).to_have_text("Thinking, 3 more to send")
    expect(page.locator("#log .you")).to_have_text(["Youopen leg cramp guide"])
    held.let_go()
    expect(page.locator("#log .skill")).to_have_count(4)
    order = page.locator("#log > :not(.note) .who").all_inner_texts()
    assert order == ["You", "Guide"] * 4
    expect(page.locator("#log .you p")).to_have_text(["open leg cramp guide", "yes", "no", "no"])
    assert Bench(page).stands("asking") == "bladder_or_bowel_change"


@pytest.fixture
def troubled(context: BrowserContext) -> Page:
    """A page of which the browser may report failed requests."""
    return context.new_page()


def test_a_page_waits_for_a_server_that_does_not_answer_yet(troubled: Page, address: str) -> None:
    troubled.route("**/bench", lambda route: route.abort())
    troubled.goto(address)
    expect(troubled.locator("#state")).to_contain_text("does not answer")
    troubled.unroute("**/bench")
    expect(troubled.locator("#open")).to_be_enabled()
    Bench(troubled).open()


def test_words_that_could_not_be_sent_stay_to_be_sent_again(troubled: Page, address: str) -> None:
    bench = Bench(troubled)
    bench.come(address)
    bench.open()
    troubled.route("**/say", lambda route: route.abort())
    troubled.fill("#words", "it's numb down there")
    troubled.keyboard.press("Enter")
    expect(troubled.locator("#log .wrong")).to_contain_text("does not answer")
    expect(troubled.locator("#words")).to_have_value("it's numb down there")
    troubled.unroute("**/say")
    bench.act(lambda: troubled.keyboard.press("Enter"))
    assert bench.stands("level") == "emergency"


def test_a_conversation_that_the_server_lost_says_so_and_can_be_opened_again(
    troubled: Page, address: str
) -> None:
    bench, client = Bench(troubled), Client(address)
    bench.come(address)
    bench.open()
    for _ in range(MOST):
        client.begin()
    troubled.fill("#words", "no")
    troubled.keyboard.press("Enter")
    expect(troubled.locator("#log .wrong")).to_contain_text("Open the skill for a new one")
    assert bench.state == "closed"
    bench.open()
    for _ in range(MOST):
        client.begin()
    bench.open()
    assert bench.state == "listening"
