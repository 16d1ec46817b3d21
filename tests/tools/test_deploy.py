"""What `make deploy` says and does before the ASK CLI takes over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulator.device import deployed
from tools.models.strict import MANIFEST, violations
from tools.release import deploy, package

ROOT = Path(__file__).parents[2]
ENVIRONMENT = ("ASK_REFRESH_TOKEN", "ASK_VENDOR_ID", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
ELSEWHERE = ("ASK_ACCESS_TOKEN", "ASK_DEFAULT_PROFILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE")
ARN = "arn:aws:lambda:{region}:123456789012:function:guide:live"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's own folder on a machine that has nothing."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(deploy, "PINNED", tmp_path / "pinned" / "ask")
    monkeypatch.setattr(deploy, "RESOURCES", tmp_path / "ask-resources.json")
    put(tmp_path / "ask-resources.json", (ROOT / "ask-resources.json").read_text(encoding="utf-8"))
    for name in (*ENVIRONMENT, *ELSEWHERE):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def put(path: Path, text: str, mode: int = 0o644) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)


def log_in(home: Path, profile: str = "default", **settings: str) -> None:
    put(home / ".ask" / "cli_config", json.dumps({"profiles": {profile: settings}}))


def have_cli(home: Path) -> None:
    put(home / "pinned" / "ask", '#!/bin/sh\necho "$@" > "$HOME/asked"\n', 0o755)


def test_with_nothing_at_all_every_lack_is_named_at_once(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert deploy.main([]) == 1
    said = capsys.readouterr().err
    assert "make cli" in said
    assert f"{home}/pinned/ask configure" in said
    assert "docs/deploying.md" in said


@pytest.mark.parametrize(
    ("settings", "lack"),
    [
        ({}, "no vendor id"),
        ({"vendor_id": "M1"}, "no AWS account"),
        ({"vendor_id": "M1", "aws_profile": "skills"}, "AWS profile skills, which is not in"),
    ],
)
def test_a_login_that_is_not_finished_is_told_from_one_that_is(
    home: Path, settings: dict[str, str], lack: str
) -> None:
    have_cli(home)
    log_in(home, **settings)
    assert any(lack in line for line in deploy.missing("default"))


def test_a_broken_settings_file_counts_as_no_login(home: Path) -> None:
    have_cli(home)
    put(home / ".ask" / "cli_config", "{")
    assert any("not logged in" in line for line in deploy.missing("default"))


@pytest.mark.parametrize(("file", "section"), [("credentials", "skills"), ("config", "profile skills")])
def test_nothing_is_missing_with_a_login_and_its_aws_profile(home: Path, file: str, section: str) -> None:
    have_cli(home)
    log_in(home, vendor_id="M1", aws_profile="skills")
    put(home / ".aws" / file, f"[{section}]\naws_access_key_id = any\n")
    assert list(deploy.missing("default")) == []


def test_environment_variables_stand_for_the_login(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    have_cli(home)
    for name in ENVIRONMENT:
        monkeypatch.setenv(name, "any")
    profile = deployed.profile_name()
    assert list(deploy.missing(profile)) == []
    assert deployed.profile_name("beta") == "beta", "a profile that is named goes before"
    monkeypatch.delenv("ASK_REFRESH_TOKEN")
    monkeypatch.setenv("ASK_DEFAULT_PROFILE", "beta")
    assert deployed.profile_name() == "beta", "half of an environment is none"
    assert any("the profile beta" in line for line in deploy.missing("beta"))


def test_a_profile_is_looked_up_by_its_own_name(home: Path) -> None:
    have_cli(home)
    log_in(home, "beta", vendor_id="M1", aws_profile="skills")
    put(home / ".aws" / "credentials", "[skills]\naws_access_key_id = any\n")
    assert list(deploy.missing("beta")) == []
    assert any(f"{home}/pinned/ask configure" in line for line in deploy.missing("default"))
    assert any("configure --profile gamma" in line for line in deploy.missing("gamma"))


@pytest.mark.usefixtures("home")
def test_a_new_profile_gets_the_settings_of_the_default_one_as_the_cli_would_write_them() -> None:
    before = json.loads(deploy.RESOURCES.read_text(encoding="utf-8"))["profiles"]
    assert deploy.add_settings("beta") is True
    after = json.loads(deploy.RESOURCES.read_text(encoding="utf-8"))["profiles"]
    assert after == {**before, "beta": before["default"]}
    written = deploy.RESOURCES.read_bytes()
    assert deploy.add_settings("beta") is False
    assert deploy.add_settings("default") is False
    assert deploy.RESOURCES.read_bytes() == written


@pytest.fixture
def ready(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    have_cli(home)
    for name in ENVIRONMENT:
        monkeypatch.setenv(name, "any")
    monkeypatch.setattr(deploy, "prepare", lambda _: True)
    return home


def test_a_dry_run_sends_nothing(ready: Path) -> None:
    assert deploy.main(["--dry-run"]) == 0
    assert not (ready / "asked").exists()


def test_the_cli_is_asked_to_deploy(ready: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert deploy.main([]) == 0
    assert (ready / "asked").read_text(encoding="utf-8") == "deploy\n"
    assert "open leg cramp guide" in capfd.readouterr().out


def test_a_profile_that_is_named_is_named_to_the_cli(ready: Path) -> None:
    log_in(ready, "beta", vendor_id="M1", aws_profile="skills")
    put(ready / ".aws" / "credentials", "[skills]\naws_access_key_id = any\n")
    assert deploy.main(["--profile", "beta"]) == 0
    assert (ready / "asked").read_text(encoding="utf-8") == "deploy --profile beta\n"


def test_a_cli_that_fails_fails_the_deployment(ready: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put(ready / "pinned" / "ask", "#!/bin/sh\nexit 3\n", 0o755)
    assert deploy.main([]) == 1
    assert "The ASK CLI stopped" in capfd.readouterr().err


def test_a_failed_check_ends_it_before_anything_is_made(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deploy, "CHECKS", (("no-such-verb",),))
    monkeypatch.setattr(deploy, "MANIFEST", home / "skill.json")
    assert deploy.prepare("default") is False


def test_the_last_endpoints_stay_in_the_manifest(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    regions = {"default": "us-east-1", "NA": "us-east-1", "EU": "eu-west-1", "FE": "us-west-2"}
    outputs = {
        region: {"outputs": [{"OutputKey": "SkillEndpoint", "OutputValue": ARN.format(region=where)}]}
        for region, where in regions.items()
    }
    state = {"skillInfrastructure": {"@ask-cli/cfn-deployer": {"deployState": outputs}}}
    put(home / "states.json", json.dumps({"profiles": {"default": {}, "beta": state}}))
    put(home / "skill.json", (ROOT / "skill.json").read_text(encoding="utf-8"))
    monkeypatch.setattr(deployed, "STATES", home / "states.json")
    monkeypatch.setattr(deploy, "MANIFEST", home / "skill.json")
    deploy.keep_endpoints("beta")
    manifest = json.loads((home / "skill.json").read_text(encoding="utf-8"))
    custom = manifest["manifest"]["apis"]["custom"]
    assert custom["endpoint"] == {"uri": ARN.format(region="us-east-1")}
    assert custom["regions"]["EU"]["endpoint"] == {"uri": ARN.format(region="eu-west-1")}
    assert set(custom["regions"]) == {"NA", "EU", "FE"}
    assert violations(manifest, MANIFEST) == []


def test_a_profile_gets_its_own_runtime_settings_and_endpoints(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stack = {"outputs": [{"OutputKey": "SkillEndpoint", "OutputValue": ARN.format(region="eu-west-1")}]}
    state = {"skillInfrastructure": {"@ask-cli/cfn-deployer": {"deployState": {"default": stack}}}}
    put(home / "states.json", json.dumps({"profiles": {"beta": state}}))
    resources = json.loads(deploy.RESOURCES.read_text(encoding="utf-8"))
    resources["profiles"]["default"]["skillInfrastructure"]["userConfig"]["runtime"] = "python3.99"
    put(deploy.RESOURCES, json.dumps(resources))
    asked: list[list[str]] = []

    def packaged(words: list[str]) -> int:
        asked.append(words)
        put(home / "skill.json", (ROOT / "skill.json").read_text(encoding="utf-8"))
        return 0

    monkeypatch.setattr(deploy, "CHECKS", ())
    monkeypatch.setattr(deployed, "STATES", home / "states.json")
    monkeypatch.setattr(deploy, "MANIFEST", home / "skill.json")
    monkeypatch.setattr(package, "RESOURCES", deploy.RESOURCES)
    monkeypatch.setattr(package, "main", packaged)
    assert deploy.prepare("beta") is True
    assert asked == [["--python", "3.99"]]
    assert "beta" in json.loads(deploy.RESOURCES.read_text(encoding="utf-8"))["profiles"]
    manifest = json.loads((home / "skill.json").read_text(encoding="utf-8"))
    assert manifest["manifest"]["apis"]["custom"]["endpoint"] == {"uri": ARN.format(region="eu-west-1")}


def test_a_first_deployment_has_no_endpoints_to_keep(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(home / "skill.json", "untouched")
    monkeypatch.setattr(deployed, "STATES", home / "states.json")
    monkeypatch.setattr(deploy, "MANIFEST", home / "skill.json")
    deploy.keep_endpoints("default")
    assert (home / "skill.json").read_text(encoding="utf-8") == "untouched"


def test_what_the_cli_writes_down_stays_out_of_git() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert {"/.ask/", "/build/"} <= set(ignored)
