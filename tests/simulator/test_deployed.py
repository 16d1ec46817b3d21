"""Whom a replay file is for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulator.device import deployed

ROOT = Path(__file__).parents[2]
ID = "amzn1.ask.skill.{}"


@pytest.fixture(autouse=True)
def states(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the ASK CLI wrote down of two profiles; nothing in the environment names another."""
    path = tmp_path / "ask-states.json"
    profiles = {name: {"skillId": ID.format(name)} for name in ("default", "beta")}
    path.write_text(json.dumps({"profiles": {**profiles, "begun": {}}}), encoding="utf-8")
    monkeypatch.setattr(deployed, "STATES", path)
    for name in ("SKILL_ID", "ASK_DEFAULT_PROFILE", "AWS_ACCESS_KEY_ID"):
        monkeypatch.delenv(name, raising=False)
    return path


def test_it_is_the_skill_that_the_profile_deployed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert deployed.target(ROOT) == ("default", ID.format("default"))
    assert deployed.target(ROOT, "beta") == ("beta", ID.format("beta"))
    monkeypatch.setenv("ASK_DEFAULT_PROFILE", "beta")
    assert deployed.target(ROOT) == ("beta", ID.format("beta"))
    assert deployed.target(ROOT).written == ID.format("beta")
    assert deployed.target(ROOT).lack == ""


def test_an_id_that_is_set_goes_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKILL_ID", ID.format("set"))
    assert deployed.target(ROOT, "begun").skill_id == ID.format("set")


@pytest.mark.parametrize("profile", ["begun", "never"])
def test_without_a_deployment_the_file_and_a_line_say_what_to_put_in(profile: str) -> None:
    target = deployed.target(ROOT, profile)
    assert target.skill_id is None
    assert target.written in target.lack
    assert f"the profile {profile}" in target.lack


@pytest.mark.parametrize("text", ["{", "[]", '{"profiles": []}', '{"profiles": {"default": 1}}'])
def test_a_broken_file_counts_as_no_deployment(states: Path, text: str) -> None:
    states.write_text(text, encoding="utf-8")
    assert deployed.target(ROOT).skill_id is None
    states.unlink()
    assert deployed.target(ROOT).skill_id is None
