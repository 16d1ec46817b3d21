"""What was said stays readable: a long reply from its beginning, and room enough to read it."""

from __future__ import annotations

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.simulator.web.pages import Bench
from tools import conversations

LINES = 8
CRAMP = conversations.read(conversations.FOLDER / "en-US" / "self_care_ordinary_cramp.toml")
LONG = tuple(turn["user"] for turn in CRAMP.turns[1:-1])
"""An ordinary cramp, up to its advice: the longest replies there are."""
DEAF = """globalThis.SpeechRecognition = class {
  start() { this.onerror({ error: "network" }); this.onend(); }
};"""
SEEN = """(line) => {
  const log = document.getElementById("log").getBoundingClientRect();
  const box = line.getBoundingClientRect();
  return box.top >= log.top && box.top + 20 <= log.bottom;
}"""
WHOLE = """(line) => {
  const log = document.getElementById("log").getBoundingClientRect();
  const box = line.getBoundingClientRect();
  return box.top >= log.top && box.bottom <= log.bottom;
}"""


def begins_in_sight(bench: Bench) -> bool:
    return bool(bench.page.locator("#log .skill").last.evaluate(SEEN))


@pytest.mark.parametrize("device", ["speaker", "medium", "round"])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1366, 768), (390, 844)])
def test_the_log_shows_several_lines_and_the_beginning_of_the_newest_reply(
    bench: Bench, device: str, width: int, height: int
) -> None:
    bench.page.set_viewport_size(ViewportSize(width=width, height=height))
    bench.become(device)
    bench.open()
    log = bench.page.locator("#log")
    line = bench.page.locator("#log .you").evaluate("(line) => line.offsetHeight")
    for words in LONG:
        bench.say(words)
        assert begins_in_sight(bench), words
    assert log.evaluate("(log) => log.clientHeight") >= LINES * line
    assert bench.stands("level") == "self_care"


def test_a_reply_longer_than_the_log_stays_at_its_beginning_to_the_end_of_the_session(
    bench: Bench,
) -> None:
    bench.page.set_viewport_size(ViewportSize(width=390, height=500))
    bench.open()
    bench.say(*LONG)
    reply = bench.page.locator("#log .skill").last
    assert not reply.evaluate(WHOLE), "the reply is too short for this test"
    assert begins_in_sight(bench)
    bench.page.click("#silent")
    expect(bench.page.locator("#log .skill")).to_have_count(len(LONG) + 2)
    assert begins_in_sight(bench)
    bench.say("stop")
    expect(bench.page.locator("#log .note").last).to_have_text("The session is over.")
    assert begins_in_sight(bench)


def test_an_earlier_reply_that_somebody_looks_at_is_not_moved_away(bench: Bench) -> None:
    bench.open()
    bench.say(*LONG)
    log = bench.page.locator("#log")
    log.evaluate("(log) => { log.scrollTop = 0; }")
    bench.page.get_by_role("button", name="Turn 1", exact=True).click()
    assert log.evaluate("(log) => log.scrollTop") == 0


def test_what_goes_wrong_is_in_sight_too(bench: Bench, address: str) -> None:
    bench.page.add_init_script(DEAF)
    bench.come(address)
    bench.open()
    bench.say(*LONG)
    bench.page.click("#ear")
    wrong = bench.page.locator("#log .wrong")
    expect(wrong).to_contain_text("heard nothing")
    assert wrong.evaluate(WHOLE)
