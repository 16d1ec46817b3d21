"""The real ASK CLI deploys the skill to an Amazon on loopback, and talks to what it deployed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.deploy import project
from tests.deploy.cli import COMMAND, Cli
from tests.deploy.smapi import SKILL_ID, Smapi
from tools import conversations, pythons
from tools.aws_on_loopback import aws_on_loopback
from tools.package import runtime

REPLAYED = "emergency_saddle_numbness_volunteered_mid_check"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (COMMAND.exists() and shutil.which("node")),
        reason="the ASK CLI is not here; with Node.js and npm installed, `make cli` gets it",
    ),
    pytest.mark.skipif(
        pythons.find(runtime()) is None, reason=f"no Python {runtime()} here, which the skill runs on"
    ),
]


class Deployment(NamedTuple):
    folder: Path
    cli: Cli
    amazon: Smapi
    found: project.Deployed
    said: str


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """One deployment from nothing, as a first-time deployer makes it."""
    folder = project.make(tmp_path_factory.mktemp("project"))
    with ExitStack() as running:
        log = tmp_path_factory.mktemp("aws") / "log.txt"
        cloud = running.enter_context(aws_on_loopback(log))
        found = project.Deployed(folder, cloud, running)
        amazon = running.enter_context(Smapi(found.skill_at))
        cli = Cli(folder, tmp_path_factory.mktemp("home"), amazon.url, cloud)
        done = cli.run("deploy")
        assert done.returncode == 0, done.stdout + log.read_text(encoding="utf-8")
        yield Deployment(folder, cli, amazon, found, done.stdout)


def test_the_skill_is_enabled_and_its_id_written_down(deployment: Deployment) -> None:
    assert "The skill has been enabled." in deployment.said
    assert deployment.found.states()["skillId"] == SKILL_ID


def test_every_interaction_model_arrives_as_it_is_written(deployment: Deployment) -> None:
    written = {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in (project.ROOT / "interaction_models").glob("*-*.json")
    }
    assert written
    assert deployment.amazon.models == written


def test_every_endpoint_is_a_function_that_knows_its_skill(deployment: Deployment) -> None:
    custom = deployment.amazon.manifest["manifest"]["apis"]["custom"]
    endpoints = [custom["endpoint"]["uri"]]
    endpoints += [region["endpoint"]["uri"] for region in custom.get("regions", {}).values()]
    assert endpoints
    for endpoint in endpoints:
        told = deployment.found.function(endpoint)
        assert told["Environment"]["Variables"]["SKILL_ID"] == SKILL_ID
        assert told["Runtime"] == f"python{runtime()}"


def test_what_is_deployed_is_what_was_packaged(deployment: Deployment) -> None:
    """Bytecode included: the CLI drops it where it builds the code itself."""
    tree = deployment.folder / "build" / "lambda"
    packaged = {
        path.relative_to(tree).as_posix(): path.read_bytes() for path in tree.rglob("*") if path.is_file()
    }
    assert any(name.endswith(".pyc") for name in packaged)
    assert deployment.found.code() == packaged


def test_a_conversation_with_the_deployed_skill(deployment: Deployment, tmp_path: Path) -> None:
    path = conversations.FOLDER / "en-US" / f"{REPLAYED}.toml"
    played = list(conversations.play(conversations.read(path)))
    name = "open leg cramp guide"
    said = [name if turn["user"] == conversations.LAUNCH else turn["user"] for turn, _ in played]
    replay, log = tmp_path / "replay.json", tmp_path / "io.json"
    replay.write_text(
        json.dumps({"skillId": SKILL_ID, "locale": "en-US", "type": "text", "userInput": [*said, ".quit"]}),
        encoding="utf-8",
    )
    done = deployment.cli.run("dialog", "--replay", str(replay), "--save-skill-io", str(log))
    assert done.returncode == 0, done.stdout
    alexa = "Alexa > "
    heard = [line.removeprefix(alexa) for line in done.stdout.splitlines() if line.startswith(alexa)]
    assert heard == [turn.text for _, turn in played]
    answered = json.loads(log.read_text(encoding="utf-8"))["invocations"]
    assert len(answered) == len(played)


def test_a_manifest_that_amazon_refuses_stops_the_deployment(
    deployment: Deployment, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("broken")
    for part in (*project.PARTS, "build"):
        source = deployment.folder / part
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / part)
    manifest = folder / "build" / "skill-package" / "skill.json"
    broken = json.loads(manifest.read_text(encoding="utf-8"))
    broken["manifest"]["publishingInformation"]["colour"] = "red"
    manifest.write_text(json.dumps(broken), encoding="utf-8")
    done = deployment.cli.in_folder(folder).run("deploy")
    assert done.returncode != 0
    assert "colour" in done.stdout


def test_new_code_is_published_as_a_new_version_behind_the_same_endpoint(deployment: Deployment) -> None:
    """That the alias then names the version is tests/infra's; here it is the CLI that updates."""
    endpoint = deployment.amazon.manifest["manifest"]["apis"]["custom"]["endpoint"]["uri"]
    before = deployment.found.versions(endpoint)
    handler = deployment.folder / "build" / "lambda" / "lambda_function.py"
    handler.write_bytes(handler.read_bytes() + b"# changed\n")
    done = deployment.cli.run("deploy")
    assert done.returncode == 0, done.stdout
    assert deployment.amazon.manifest["manifest"]["apis"]["custom"]["endpoint"]["uri"] == endpoint
    assert deployment.found.code()["lambda_function.py"].endswith(b"# changed\n")
    after = deployment.found.versions(endpoint)
    assert before.items() < after.items(), "older versions stay, to go back to"
    assert len(set(after.values())) == len(before) + 1
