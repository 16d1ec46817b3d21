"""Any skill's folder will do: what is in it is found, and what is not is said with what to do."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.__main__ import main
from simulator.skill import MODELS, NoSkillError, Skill

MODEL = {
    "interactionModel": {
        "languageModel": {
            "invocationName": "door keeper",
            "intents": [{"name": "KnockIntent", "samples": ["knock knock"]}, {"name": "AMAZON.StopIntent"}],
        }
    }
}
HANDLER = """\
import words

def lambda_handler(event, context):
    kind = event["request"]["type"]
    said = words.HELLO if kind == "LaunchRequest" else event["request"].get("intent", {}).get("name", "")
    body = {"outputSpeech": {"type": "PlainText", "text": said}, "shouldEndSession": "Stop" in said}
    return {"version": "1.0", "response": body if kind != "SessionEndedRequest" else {}}
"""


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., Path]:
    def make(models: str = "models", hello: str = "Who is there?", source: str = "lambda") -> Path:
        root = tmp_path / hello.partition(" ")[0]
        for folder in (models, source):
            (root / folder).mkdir(parents=True, exist_ok=True)
        (root / models / "en-US.json").write_text(json.dumps(MODEL), encoding="utf-8")
        (root / source / "lambda_function.py").write_text(HANDLER, encoding="utf-8")
        (root / source / "words.py").write_text(f"HELLO = {hello!r}\n", encoding="utf-8")
        return root

    return make


@pytest.fixture(autouse=True)
def own_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is imported here stays here."""
    monkeypatch.setattr(sys, "modules", sys.modules.copy())
    monkeypatch.setattr(sys, "path", [*sys.path])


@pytest.mark.parametrize("models", MODELS)
def test_models_are_found_in_every_layout(made: Callable[..., Path], models: str) -> None:
    skill = Skill(made(models))
    assert skill.locales == ["en-US"]
    assert skill.resolver("en-US").resolve("open door keeper").intent == "LaunchRequest"
    assert skill.name("en-US") == "Door Keeper"


@pytest.mark.parametrize("source", ["lambda", "lambda/py", "."])
def test_the_handler_is_found_in_every_layout(
    made: Callable[..., Path],
    source: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = made(source=source)
    monkeypatch.setattr(sys, "stdin", io.StringIO("knock knock\n:state\nstop\n"))
    assert main(["talk", "--skill", str(root)]) == 0
    said = capsys.readouterr().out
    assert "skill  Who is there?\n" in said
    assert "skill  KnockIntent\n" in said
    assert "asking" not in said, "what another skill hands in says nothing of this one"


def test_two_skills_do_not_mix_up_their_modules(made: Callable[..., Path]) -> None:
    launch = {"request": {"type": "LaunchRequest"}}
    texts = [
        (Skill(made(hello=hello)).handler(launch, None) or {})["response"]["outputSpeech"]["text"]
        for hello in ("One here?", "Two here?")
    ]
    assert texts == ["One here?", "Two here?"]


def test_a_handler_may_be_named(made: Callable[..., Path]) -> None:
    root = made()
    (root / "lambda" / "lambda_function.py").rename(root / "lambda" / "door.py")
    assert Skill(root, "door:lambda_handler").handler({"request": {"type": "LaunchRequest"}}, None)
    with pytest.raises(NoSkillError, match=r"looked for lambda/lambda_function\.py, .*--handler module:name"):
        _ = Skill(root).handler
    with pytest.raises(NoSkillError, match=r"door has no 'nobody'; name the handler with --handler"):
        _ = Skill(root, "door:nobody").handler


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--skill", "nowhere"], "nowhere: no such folder; --skill takes the one that holds the skill"),
        (["--skill", "."], "no interaction models (looked in interaction_models/, models/, "),
        (["--skill", ".", "--handler", "door"], "'door' names no handler: write it as module:name, such as "),
    ],
)
def test_what_is_not_there_is_said(
    arguments: list[str],
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["resolve", *arguments]) == 2
    assert told in capsys.readouterr().err


def test_a_skill_without_a_manifest_says_so_only_where_one_is_needed(made: Callable[..., Path]) -> None:
    skill = Skill(made())
    assert skill.listing("en-US") == {}
    with pytest.raises(NoSkillError, match=r"no manifest \(looked for skill\.json, .*ask init"):
        _ = skill.manifest


def test_an_outcome_is_told_of_any_skill(
    made: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("knock knock\n"))
    assert main(["outcome", "--skill", str(made())]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "utterance": "knock knock", "intent": "KnockIntent", "ended": False, "reply": "KnockIntent",
    }  # fmt: skip
