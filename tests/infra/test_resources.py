"""ask-resources.json, held against the template, the handler and the manifest's own schema."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import Any

from cfnlint.decode import decode

from tools.models.strict import MANIFEST, violations
from tools.release import package

ROOT = Path(__file__).parents[2]
WRITTEN = (ROOT / "ask-resources.json").read_text(encoding="utf-8")
PROFILE: dict[str, Any] = json.loads(WRITTEN)["profiles"]["default"]
USER_CONFIG: dict[str, Any] = PROFILE["skillInfrastructure"]["userConfig"]
FILLED_BY_THE_CLI = {"SkillId", "LambdaRuntime", "LambdaHandler", "CodeBucket", "CodeKey", "CodeVersion"}


def test_the_file_is_as_the_cli_writes_it_back() -> None:
    """Else every deployment would leave a change to commit; tests/deploy sees that with the CLI itself."""
    assert json.dumps(json.loads(WRITTEN), indent=2, ensure_ascii=False) == WRITTEN


def test_the_way_to_the_skill_package_says_how_to_make_it() -> None:
    way = PurePosixPath(PROFILE["skillMetadata"]["src"])
    assert way.parts == ("build", package.REMINDER, "..", "skill-package")


def test_each_part_of_the_world_has_an_endpoint_near_it() -> None:
    assert set(PROFILE["code"]) == {"default", "NA", "EU", "FE"}
    regions = {part: settings["awsRegion"] for part, settings in USER_CONFIG["regionalOverrides"].items()}
    assert regions == {"NA": "us-east-1", "EU": "eu-west-1", "FE": "us-west-2"}
    assert USER_CONFIG["awsRegion"] in regions.values()


def test_the_parameters_are_those_of_the_template() -> None:
    template, _ = decode(str(ROOT / USER_CONFIG["templatePath"]))
    assert set(USER_CONFIG["cfn"]["parameters"]) == set(template["Parameters"]) - FILLED_BY_THE_CLI
    assert "SkillEndpoint" in template["Outputs"]


def test_nothing_is_remembered_or_traced_unless_someone_asks() -> None:
    assert USER_CONFIG["cfn"]["parameters"]["Memory"] == "off"
    assert USER_CONFIG["cfn"]["parameters"]["Tracing"] == "off"


def test_the_handler_is_there() -> None:
    module, _, function = USER_CONFIG["handler"].partition(".")
    source = (ROOT / "lambda" / f"{module}.py").read_text(encoding="utf-8")
    assert f"\n{function} = " in source


def test_the_events_that_the_cli_subscribes_to_are_ones_that_alexa_knows() -> None:
    manifest = json.loads((ROOT / "skill.json").read_text(encoding="utf-8"))
    names = USER_CONFIG["skillEvents"]["subscriptions"]
    assert "SKILL_DISABLED" in names
    manifest["manifest"]["events"] = {
        "endpoint": {"uri": "arn:aws:lambda:us-east-1:123456789012:function:guide:live"},
        "subscriptions": [{"eventName": name} for name in names],
    }
    assert violations(manifest, MANIFEST) == []
