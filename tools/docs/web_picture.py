"""Draw the README's picture of the web page again, docs/images/web.png; needs Chromium."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import Page, ViewportSize, expect, sync_playwright
from waitress.server import create_server

from simulator.device.requests import SKILL_ID
from simulator.skill import here
from simulator.web.app import create_app

PICTURE = Path(__file__).parents[2] / "docs" / "images" / "web.png"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SIZE = ViewportSize(width=1440, height=900)
LOCALE, DEVICE = "en-US", "medium"
SAID = ("yes", "no", "no", "no", "my foot flops")


def main(argv: list[str]) -> int:
    """Write the picture; 1 where there is no Chromium."""
    if argv:
        print("usage: python -m tools web_picture", file=sys.stderr)
        return 2
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        print("No Chromium here; Debian has it as `chromium`.", file=sys.stderr)
        return 1
    server: Any = create_server(
        create_app(here(), SKILL_ID, LOCALE), host="127.0.0.1", port=0, threads=8, ident=""
    )
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    try:
        draw(browser, f"http://127.0.0.1:{server.effective_port}/")
    finally:
        server.close()
        thread.join()
    return 0


def draw(browser: str, address: str) -> None:
    """Hold the conversation of the picture on the page, and take it."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        page = chromium.new_page(viewport=SIZE, device_scale_factor=1)
        page.goto(address)
        page.wait_for_selector("body[data-ready=true]")
        page.select_option("#device", DEVICE)
        answered(page, 1, lambda: page.click("#open"))
        for at, words in enumerate(SAID, start=2):
            page.fill("#words", words)
            answered(page, at, lambda: page.keyboard.press("Enter"))
        page.screenshot(path=PICTURE)
        chromium.close()


def answered(page: Page, replies: int, do: Callable[[], object]) -> None:
    """Do something, and wait until the skill has replied so often and listens."""
    do()
    expect(page.locator("#log .skill")).to_have_count(replies)
    expect(page.locator("#echo")).to_have_attribute("data-state", "listening")
