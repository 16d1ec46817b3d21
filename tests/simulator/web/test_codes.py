"""Every code on the page stands beside plain words, and colour is for what presses."""

from __future__ import annotations

import re
import tomllib
from typing import Literal, get_args

import pytest
from playwright.sync_api import Locator, expect

from crampguide.dialogue.offers import load_guide
from crampguide.triage import ANSWERS, Level, Pattern, load_protocol
from simulator.files import read_toml
from simulator.skill import here
from simulator.understanding.resolve import LAUNCH
from tests.simulator.web.pages import Bench
from tools.simulated.diagram import CODES, PROTOCOL

CHECKED = ("yes", *["no"] * 11, "yes", "no", "yes")


def codes() -> dict[str, dict[str, str]]:
    return read_toml(CODES)


def known() -> dict[str, set[str]]:
    protocol = load_protocol()
    intents = {name for locale in here().locales for name in here().model(locale).intents}
    groups = {entry["group"] for entry in tomllib.loads(PROTOCOL.read_text(encoding="utf-8"))["question"]}
    return {
        "level": {level.id for level in Level},
        "pattern": {*get_args(Pattern)},
        "answer": {*ANSWERS},
        "group": groups,
        "opened": {*protocol.opens},
        "offer": {*load_guide().offers},
        "intent": {*intents, LAUNCH},
        "stand": {"asking", "offer", "level", "pattern", "none"},
    }


def test_every_code_has_plain_words_and_there_are_no_words_for_others() -> None:
    assert {kind: set(words) for kind, words in codes().items()} == known()
    assert [code for words in codes().values() for code, said in words.items() if not said.strip()] == []


def test_what_was_understood_is_said_in_plain_words(bench: Bench) -> None:
    bench.open()
    bench.say("yes", "my foot flops")
    understood = bench.page.locator("#understood")
    expect(understood).to_contain_text("Names a sign they have")
    expect(understood).to_contain_text("A leg or foot weaker than usual")
    bench.say("show me the cramp release")
    expect(understood).to_contain_text("Wants an exercise")


def test_how_own_words_were_read_is_shown(bench: Bench) -> None:
    bench.open()
    bench.say("yes", "my foot looks like candle wax")
    read = bench.page.locator("#understood .reading")
    expect(read).to_contain_text("Likeliest signs")
    expect(read).to_contain_text("reported")
    bench.say("no")
    expect(bench.page.locator("#understood .reading")).to_have_count(0)


def test_a_touch_is_said_in_plain_words(bench: Bench) -> None:
    bench.become("medium")
    bench.open()
    bench.touch("Check my leg")
    expect(bench.page.locator("#understood")).to_contain_text("“Check my leg” was touched")


def test_where_the_session_stands_is_said_in_plain_words(bench: Bench) -> None:
    bench.open()
    bench.say("yes")
    bench.page.click("#tab-given")
    given = bench.page.locator("#given")
    expect(given).to_contain_text("The question that waits for an answer")
    expect(given).to_contain_text("Since this began: chest pain, trouble breathing")
    bench.say("no", "it's numb down there")
    expect(given).to_contain_text("Call the emergency number now")
    expect(given).to_contain_text("Was the sign of the emergency heard right?")
    expect(given.get_by_role("row").filter(has_text="saddle_numbness")).to_contain_text(
        re.compile("New numbness around.*yes.*emergency")
    )


def test_a_legend_opens_by_the_keyboard_and_names_every_level_pattern_and_answer(bench: Bench) -> None:
    legend = bench.page.locator("#path .legend")
    expect(legend.locator("dl").first).to_be_hidden()
    bench.page.locator("#path .legend summary").focus()
    bench.page.keyboard.press("Enter")
    for kind in ("level", "pattern", "answer"):
        for words in codes()[kind].values():
            expect(legend.get_by_text(words)).to_be_visible()


def test_the_path_says_what_each_answer_leads_to_and_what_opens_a_question(bench: Bench) -> None:
    question = bench.page.locator("#path [data-question=stroke_signs]")
    expect(question).to_contain_text("yes: emergency")
    expect(question).to_contain_text("unsure: urgent")
    expect(question).to_contain_text("Only if: 7 yes")
    expect(bench.page.locator("#path [data-question=leg_getting_weaker]")).to_contain_text("No. 7")
    asked_first = bench.page.locator("#path").get_by_text("Asked first: signs that cannot wait")
    expect(asked_first.first).to_be_visible()


GREY = 15
"""How far apart red and blue may be in a colour that is none."""


def alarming(element: Locator, colour: str) -> bool:
    """Whether a computed colour is red, orange or amber rather than grey, blue or green."""
    numbers = element.evaluate(f"(element) => getComputedStyle(element).{colour}")
    red, green, blue = (float(part) for part in re.findall(r"[\d.]+", numbers)[:3])
    return red >= green and red - blue > GREY


PARTS = (("", "borderTopColor"), ("", "backgroundColor"), (" .said", "color"), (" .dot", "borderTopColor"))


def colours(bench: Bench, question: str) -> set[bool]:
    node = f"#path [data-question={question}]"
    found = {alarming(bench.page.locator(node + part).first, colour) for part, colour in PARTS}
    bench.page.click("#tab-given")
    answer = bench.page.locator("#given tr").filter(has_text=question).locator(".answer")
    found.add(alarming(answer, "color"))
    bench.page.click("#tab-path")
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_only_what_presses_is_coloured_as_an_alarm(bench: Bench, scheme: Literal["light", "dark"]) -> None:
    bench.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    bench.open()
    bench.say(*CHECKED)
    assert bench.stands("level") == "self_care"
    harmless = bench.page.locator("#path [data-question=short_cramp]")
    expect(harmless.locator(".said")).to_have_text("yes")
    expect(harmless.locator(".given")).to_have_text("yes: self care")
    assert colours(bench, "short_cramp") == {False}
    assert colours(bench, "chest_or_breathing") == {False}
    bench.open()
    bench.say("yes", "no", "my foot flops", "it's numb down there")
    assert colours(bench, "saddle_numbness") == {True}
    assert colours(bench, "leg_getting_weaker") == {True}
    expect(bench.page.locator("#path [data-question=saddle_numbness] .given")).to_have_text("yes: emergency")
