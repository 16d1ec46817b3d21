"""The real page in a real browser, served over HTTP on the loopback, with the real skill behind it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)
from waitress.server import create_server

from simulator.skill import here
from simulator.web.app import create_app
from tests.simulator.web.pages import Bench

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
SKILL_ID = "amzn1.ask.skill.of-the-test"
PATIENCE = 120_000  # milliseconds: only something broken takes as long
LONG_SILENCE, SHORT_SILENCE = 3600.0, 0.5
ADDRESS = "http://127.0.0.1:{}/"

expect.set_options(timeout=PATIENCE)


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """A test in a browser takes what the browser takes, whatever the code."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


def served(silence: float) -> Iterator[str]:
    server: Any = create_server(
        create_app(here(), SKILL_ID, silence=silence), host="127.0.0.1", port=0, threads=4
    )
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield ADDRESS.format(server.effective_port)
    server.close()
    thread.join()


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The page of a device that waits for as long as a test may take."""
    yield from served(LONG_SILENCE)


@pytest.fixture(scope="session")
def hasty_address() -> Iterator[str]:
    """The page of a device that waits half a second."""
    yield from served(SHORT_SILENCE)


@pytest.fixture(scope="module")  # its event loop may not outlive the file: later tests run loops of their own
def chromium() -> Iterator[Browser]:
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip(f"no Chromium here (looked for {', '.join(BROWSERS)}); Debian has it as `chromium`")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def studio(chromium: Browser, address: str) -> Iterator[Page]:
    """One page for all that is drawn beside it."""
    page = chromium.new_page()
    page.goto(address)
    yield page
    page.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that may have no error, and may reach nothing but this machine."""
    page = context.new_page()
    wrong: list[str] = []

    def told(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            wrong.append(message.text)

    def asked(request: Request) -> None:
        if urlsplit(request.url).hostname not in {"127.0.0.1", None}:
            wrong.append(request.url)

    page.on("console", told)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", asked)
    yield page
    assert wrong == []


@pytest.fixture
def bench(page: Page, address: str) -> Bench:
    bench = Bench(page)
    bench.come(address)
    return bench
