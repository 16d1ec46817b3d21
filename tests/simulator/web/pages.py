"""The page as somebody uses it."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect


class Bench:
    """Does one thing after another, each only when the skill has replied to the one before."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def come(self, address: str) -> None:
        self.page.goto(address)
        expect(self.page.locator("body")).to_have_attribute("data-ready", "true")

    def become(self, device: str) -> None:
        self.page.select_option("#device", device)
        expect(self.page.locator("#echo")).to_have_attribute("data-kind", device)

    def open(self) -> None:
        self.act(lambda: self.page.click("#open"))

    def say(self, *words: str) -> None:
        for each in words:
            self.page.fill("#words", each)
            self.act(lambda: self.page.keyboard.press("Enter"))

    def touch(self, label: str) -> None:
        self.act(lambda: self.target(label).click())

    def target(self, label: str) -> Locator:
        return self.page.locator("#echo").get_by_role("button", name=label, exact=True)

    def act(self, do: Callable[[], object]) -> None:
        """Do something, and wait until the skill has replied."""
        replies = self.page.locator("#log .skill")
        before = replies.count()
        do()
        expect(replies).to_have_count(before + 1)
        expect(self.page.locator("#echo")).to_have_attribute("data-state", re.compile("listening|closed"))

    @property
    def said(self) -> str:
        """What the skill said last."""
        return self.page.locator("#log .skill p:not(.card)").last.inner_text()

    @property
    def state(self) -> str:
        return self.page.locator("#echo").get_attribute("data-state") or ""

    def stands(self, key: str) -> str:
        """What the session attributes say under a key; "none" for nothing."""
        return self.page.locator(f"[data-stand={key}]").text_content() or ""

    def json(self, tab: str) -> str:
        return self.page.locator(f"#{tab}").text_content() or ""
