"""The real ASK CLI deploys the skill to an Amazon on loopback, and talks to what it deployed."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest

from simulator.device import deployed
from simulator.device.echo import Device
from simulator.skill import here
from simulator.terminal.conversation import Conversation
from simulator.terminal.paper import Paper
from simulator.web.app import create_app
from tests.deploy import project
from tests.deploy.cli import COMMAND, Cli
from tests.deploy.smapi import SKILL_ID, Smapi
from tests.fakes.aws_on_loopback import aws_on_loopback
from tools import conversations
from tools.release.package import runtime
from tools.setup import pythons

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


def test_a_deployment_leaves_nothing_to_commit(deployment: Deployment) -> None:
    assert project.git(deployment.folder, "status", "--porcelain") == ""


def test_without_a_package_the_cli_says_how_to_make_one(deployment: Deployment, tmp_path: Path) -> None:
    folder = project.clone(tmp_path)
    done = deployment.cli.in_folder(folder).run("deploy")
    assert done.returncode != 0
    assert "run-make-package-first" in done.stdout
    assert project.git(folder, "status", "--porcelain") == ""


def test_the_pages_show_commands_and_options_that_the_cli_has(deployment: Deployment) -> None:
    shown = [
        line
        for page in ("README.md", "docs/deploying.md")
        for line in re.findall(
            r"^(?:.*/)?ask ([a-z].*?)(?: +#.*)?$",
            (project.ROOT / page).read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    ]
    commands = {re.match(r"(?:smapi )?[a-z-]+", line)[0]: "" for line in shown}  # type: ignore[index]
    assert {"dialog", "run", "smapi profile-nlu", "configure"} <= commands.keys()
    for command in commands:
        commands[command] = deployment.cli.run(*command.split(), "--help").stdout
    for line in shown:
        command = next(name for name in commands if line.startswith(name))
        for option in re.findall(r"(?<= )--?[a-z][a-z-]*", line):
            assert re.search(rf"(?<![\w-]){option}\b", commands[command]), line


def test_a_skill_that_exists_is_taken_over_by_its_id(deployment: Deployment, tmp_path: Path) -> None:
    """With the very lines of docs/deploying.md."""
    guide = (project.ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")
    lines = re.search(r"```json\n(\{.*?askcliStatesVersion.*?)```", guide, re.DOTALL)
    assert lines
    folder = project.clone(tmp_path)
    shutil.copytree(deployment.folder / "build", folder / "build")
    states = json.loads(lines[1])
    states["profiles"]["default"]["skillId"] = SKILL_ID
    (folder / ".ask").mkdir()
    (folder / ".ask" / "ask-states.json").write_text(json.dumps(states), encoding="utf-8")
    before = len(deployment.amazon.calls)
    done = deployment.cli.in_folder(folder).run("deploy", "--target", "skill-metadata")
    assert done.returncode == 0, done.stdout
    assert f"POST /v1/skills/{SKILL_ID}/imports" in deployment.amazon.calls[before:]


@pytest.fixture
def states(deployment: Deployment, monkeypatch: pytest.MonkeyPatch) -> None:
    """The simulator finds what the CLI wrote down, and nothing in the environment says otherwise."""
    monkeypatch.setattr(deployed, "STATES", deployment.folder / ".ask" / "ask-states.json")
    for name in ("SKILL_ID", "ASK_DEFAULT_PROFILE", "AWS_ACCESS_KEY_ID"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("states")
def test_a_conversation_saved_in_the_terminal_runs_with_the_deployed_skill(
    deployment: Deployment, tmp_path: Path
) -> None:
    path = conversations.FOLDER / "en-US" / f"{REPLAYED}.toml"
    played = list(conversations.play(conversations.read(path)))
    replay, log = tmp_path / "replay.json", tmp_path / "io.json"
    talk = Conversation(
        Device(here().handler, "en-US", resolver=here().resolver("en-US")), Paper(io.StringIO())
    )
    talk.open()
    for turn, _ in played[1:]:
        talk.take(turn["user"])
    talk.take(f":save {replay}")
    done = deployment.cli.run("dialog", "-r", str(replay), "--save-skill-io", str(log))
    assert done.returncode == 0, done.stdout
    assert heard(done.stdout) == [turn.text for _, turn in played]
    answered = json.loads(log.read_text(encoding="utf-8"))["invocations"]
    assert len(answered) == len(played)


@pytest.mark.usefixtures("states")
def test_a_conversation_saved_on_the_page_runs_with_the_deployed_skill(
    deployment: Deployment, tmp_path: Path
) -> None:
    page = create_app(here(), "the id that the page talks to").test_client()
    name = page.post("/talks", json={"locale": "en-GB", "device": "medium"}).get_json()["talk"]
    said = [
        page.post(f"/talks/{name}/{act}", json=given).get_json()["text"]
        for act, given in (("launch", {}), ("say", {"words": "my chest hurts"}))
    ]
    kept = page.post(f"/talks/{name}/replay", json={}).get_json()
    assert kept["lack"] == ""
    replay = tmp_path / "replay.json"
    replay.write_text(kept["text"], encoding="utf-8")
    done = deployment.cli.run("dialog", "-r", str(replay))
    assert done.returncode == 0, done.stdout
    assert heard(done.stdout) == said


def heard(printed: str) -> list[str]:
    """What the CLI printed of what Alexa said."""
    alexa = "Alexa > "
    return [line.removeprefix(alexa) for line in printed.splitlines() if line.startswith(alexa)]


def test_a_manifest_that_amazon_refuses_stops_the_deployment(
    deployment: Deployment, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = project.clone(tmp_path_factory.mktemp("broken"))
    shutil.copytree(deployment.folder / "build", folder / "build")
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
