"""The pages that `python -m tools screens` writes: without a server, each shows what the simulator shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from crampguide.screen.data import drawn
from simulator.web.devices import displays
from tests.screen.replies import samples
from tools.screens import draw
from tools.screens.apl_page import page as written

SIMULATED = """async ([directive, viewport]) => {
  const { draw } = await import("/static/apl/draw.js");
  return draw(directive, viewport, () => {}).screen.outerHTML;
}"""
SCROLLED = re.compile(r" ?apl-more")
PLAYED = "relief_standing_calf_stretch"


@pytest.fixture
def opened(context: BrowserContext) -> Iterator[Page]:
    """A page that may have no error."""
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    assert wrong == []


def shown_by(page: Page, file: Path) -> str:
    page.goto(file.as_uri())
    page.wait_for_selector(".apl")
    assert page.locator("body").text_content() == page.locator(".apl").text_content(), "not all was drawn"
    return SCROLLED.sub("", page.locator(".apl").evaluate("(screen) => screen.outerHTML"))


def test_a_page_shows_what_the_simulator_shows(studio: Page, opened: Page, tmp_path: Path) -> None:
    name, (_, directive) = next(each for each in samples().items() if each[0].startswith("exercise"))
    file = tmp_path / "shown.html"
    for viewport in displays():
        file.write_text(written(directive, viewport), encoding="utf-8")
        simulated = studio.evaluate(SIMULATED, [directive, viewport._asdict()])
        assert shown_by(opened, file) == simulated, (name, viewport.id)


def test_what_is_said_cannot_end_the_script(opened: Page, tmp_path: Path) -> None:
    _, (_, directive) = next(each for each in samples().items() if each[0].startswith("home"))
    said = "& 'quoted' \"so\" {twice}"
    data = {**directive["datasources"]["guide"], "title": said, "spoken": "</script><!-- <script>"}
    file = tmp_path / "shown.html"
    hub = next(each for each in displays() if each.id == "medium")
    file.write_text(written({**directive, "datasources": {"guide": data}}, hub), encoding="utf-8")
    shown_by(opened, file)
    assert opened.get_by_role("heading").inner_text() == said


def test_a_conversation_becomes_a_page_for_each_reply(
    opened: Page, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert draw.main([str(tmp_path), "--only", PLAYED, "--on", "small"]) == 0
    files = sorted(tmp_path.iterdir())
    assert capsys.readouterr().out == f"{len(files)} pages in {tmp_path}\n"
    assert len(files) > 3
    for file in files:
        assert shown_by(opened, file)


def test_without_a_conversation_every_drawing_is_on_one_page(opened: Page, tmp_path: Path) -> None:
    assert draw.main([str(tmp_path)]) == 0
    shown_by(opened, tmp_path / "poses.html")
    assert opened.get_by_role("img").count() == len(drawn())
    assert set(opened.locator(".apl-text").all_text_contents()) == drawn().keys()
