"""The web page with a skill that hands in nothing: it shows what every skill has, and keeps what was said."""

from __future__ import annotations

import io
import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from waitress.server import create_server

from simulator.__main__ import main
from simulator.skill import Skill
from simulator.testing.conversations import check, read
from simulator.web.app import create_app
from tests.simulator.web.conftest import chromium, context, page  # noqa: F401 - the browser of the page's own tests
from tests.simulator.web.pages import Bench

SKILL = Skill.at(Path(__file__).parent / "skills" / "how_to")


@pytest.fixture
def client() -> FlaskClient:
    return create_app(SKILL, "id").test_client()


def test_the_page_is_told_of_the_skill_and_of_no_other(client: FlaskClient) -> None:
    told = client.get("/bench").get_json()
    assert (told["title"], told["who"]) == ("How To Workshop", "Skill")
    assert (told["diagram"], told["codes"]) == (None, {})
    assert told["locales"] == {
        "de-DE": {"name": "meine werkstatt", "calling": "öffne meine werkstatt", "answers": []},
        "en-US": {"name": "how to workshop", "calling": "open how to workshop", "answers": []},
    }
    assert client.get("/skill/beside.js").status_code == 404
    with client.get("/static/icon.svg") as icon:
        assert b"<svg" in icon.data


def test_what_was_said_to_it_is_kept_as_a_test_that_holds(client: FlaskClient, tmp_path: Path) -> None:
    talk = "/talks/" + client.post("/talks", json={"locale": "en-US", "device": "speaker"}).get_json()["talk"]
    said = client.post(f"{talk}/say", json={"words": "open how to workshop"}).get_json()
    assert said["listening"]
    assert said["reading"] is None
    client.post(f"{talk}/say", json={"words": "help"})
    client.post(f"{talk}/say", json={"words": "a ladder"})
    kept = client.post(f"{talk}/test", json={"name": "A ladder", "why": "It is asked for."}).get_json()
    path = tmp_path / "ladder.toml"
    path.write_text(kept["text"], encoding="utf-8")
    assert [turn["user"] for turn in tomllib.loads(kept["text"])["turns"]] == [
        "open how to workshop", "help", "a ladder",
    ]  # fmt: skip
    check(read(path, SKILL), SKILL)


def test_what_was_typed_to_it_is_saved_and_replayed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "talk.json"
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"eine fackel\n:save {file}\n:replay {file}\n"))
    monkeypatch.setenv("SKILL_ID", "amzn1.ask.skill.of-the-test")
    assert main(["talk", "--skill", str(SKILL.root), "--locale", "de-DE"]) == 0
    assert json.loads(file.read_text(encoding="utf-8")) == {
        "skillId": "amzn1.ask.skill.of-the-test",
        "locale": "de-DE",
        "type": "text",
        "userInput": ["öffne meine werkstatt", "eine fackel", ".quit"],
    }
    assert capsys.readouterr().out.count("Willkommen in der Werkstatt") == 2


@pytest.fixture
def address() -> Iterator[str]:
    server: Any = create_server(create_app(SKILL, "id", silence=3600), host="127.0.0.1", port=0, threads=4)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}/"
    server.close()
    thread.join()


@pytest.mark.slow
def test_the_page_talks_to_it_and_draws_no_path(address: str, page: Page) -> None:  # noqa: F811 - closed first
    bench = Bench(page)
    bench.come(address)
    expect(page).to_have_title("How To Workshop on this machine")
    expect(page.get_by_role("tab")).to_have_count(3)
    bench.open()
    expect(page.locator("#given")).to_contain_text('"reprompt"')
    bench.say("a ladder")
    assert "seven sticks" in bench.said
    expect(page.locator("#understood")).to_contain_text("LADDER")
    page.click("#tab-request")
    expect(page.locator("#request")).to_contain_text("RecipeIntent")
