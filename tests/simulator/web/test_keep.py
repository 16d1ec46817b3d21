"""A conversation kept as a test, as a replay file, or as a link."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from simulator.device import deployed
from simulator.device.replay import load_replay
from tests.simulator.web.pages import Bench
from tools import conversations

WORDS = ("yes", "no", "it's numb down there", "stop")


def kept(bench: Bench, file: Path) -> Path:
    text = bench.page.locator("#keep-text")
    expect(text).not_to_have_value("")
    file.write_text(text.input_value(), encoding="utf-8")
    return file


def save_test(bench: Bench) -> None:
    bench.page.click("#keep-test")
    bench.page.fill("#keep-name", "Numb, as somebody says it")
    bench.page.fill("#keep-why", 'A "quoted" reason, with a \\ in it.')
    bench.page.click("#keep-make")


def plays_as_it_says(path: Path) -> list[str]:
    """What a conversation file says of each turn, held against what the skill does; returns what was said."""
    conversation = conversations.read(path)
    for said, turn in conversations.play(conversation):
        assert said.get("asks") == turn.attributes.get("asking")
        assert said.get("offer") == turn.attributes.get("offer")
        assert said.get("ends", False) == turn.ended
        answers = turn.attributes.get("answers") or {}
        assert said.get("answers", {}).items() <= answers.items()
        assert said.get("level", turn.attributes.get("level")) == turn.attributes.get("level")
    return [turn["user"] for turn in conversation.turns]


def test_a_conversation_becomes_a_test_that_holds(bench: Bench, tmp_path: Path) -> None:
    bench.open()
    bench.say(*WORDS)
    save_test(bench)
    path = kept(bench, tmp_path / "numb.toml")
    assert plays_as_it_says(path) == ["LAUNCH", *WORDS]
    conversation = conversations.read(path)
    assert (conversation.locale, conversation.why) == ("en-US", 'A "quoted" reason, with a \\ in it.')
    assert conversation.turns[3]["level"] == "emergency"
    assert conversation.turns[3]["answers"] == {"saddle_numbness": "yes"}


def test_touches_and_silences_are_kept_and_an_open_session_is_left(bench: Bench, tmp_path: Path) -> None:
    bench.become("medium")
    bench.open()
    bench.touch("Check my leg")
    bench.touch("No")
    bench.act(lambda: bench.page.click("#silent"))
    bench.touch("I don't know")
    save_test(bench)
    said = plays_as_it_says(kept(bench, tmp_path / "touched.toml"))
    assert said == ["LAUNCH", "check my leg", "no", "SILENCE", "i don't know", "stop"]


def test_a_new_session_begins_a_new_test(bench: Bench, tmp_path: Path) -> None:
    bench.open()
    bench.say("yes", "stop")
    bench.open()
    bench.say("no")
    save_test(bench)
    assert plays_as_it_says(kept(bench, tmp_path / "second.toml"))[:2] == ["LAUNCH", "no"]


def test_nothing_said_is_nothing_to_keep(bench: Bench) -> None:
    bench.page.click("#keep-replay")
    expect(bench.page.locator("#keep-problem")).to_have_text("nothing has been said yet")
    expect(bench.page.locator("#keep-copy")).to_be_disabled()


def test_a_conversation_becomes_a_replay_file(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deployed, "STATES", tmp_path / "none")
    monkeypatch.delenv("SKILL_ID", raising=False)
    bench.open()
    bench.say(*WORDS)
    bench.page.click("#keep-replay")
    replay = load_replay(kept(bench, tmp_path / "numb.json"))
    assert replay.lines == ("open leg cramp guide", *WORDS)
    assert replay.locale == "en-US"
    assert replay.skill_id == deployed.NO_ID
    expect(bench.page.locator("#keep-note")).to_contain_text(f'in place of "{deployed.NO_ID}"')
    with bench.page.expect_download() as download:
        bench.page.click("#keep-file")
    assert download.value.suggested_filename == "conversation.json"
    assert load_replay(Path(download.value.path())) == replay


def test_a_link_holds_the_conversation_and_no_address_ever_does(
    bench: Bench, context: BrowserContext
) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    bench.become("round")
    bench.open()
    bench.say("yes", "I have a touch of fever in Chicago")
    bench.page.click("#keep-link")
    link = bench.page.locator("#keep-text").input_value()
    assert link.partition("#")[0] == bench.page.url
    there = Bench(context.new_page())
    there.come(link)
    expect(there.page.locator("#log .skill")).to_have_count(3)
    assert (
        there.page.locator("#log .you").all_inner_texts() == bench.page.locator("#log .you").all_inner_texts()
    )
    assert there.stands("asking") == bench.stands("asking")
    expect(there.page.locator("#echo")).to_have_attribute("data-kind", "round")
    assert "#" not in there.page.url
    assert asked
    assert [url for url in asked if "?" in url or "#" in url or "fever" in url] == []


def test_a_link_that_holds_nothing_opens_the_page(bench: Bench, address: str) -> None:
    for fragment in (
        "#talk=",
        "#talk=%%%",
        "#talk=e30",
        "#talk=eyJsb2NhbGUiOiJ4eCIsImRldmljZSI6IngiLCJzYWlkIjpbXX0",
    ):
        bench.page.goto("about:blank")
        bench.come(address + fragment)
        expect(bench.page.locator("#log .skill")).to_have_count(0)
        assert "#" not in bench.page.url
