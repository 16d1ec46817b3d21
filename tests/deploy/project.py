"""A copy of all that `make deploy` hands to the ASK CLI, and the skill that came out of it."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import boto3

from simulator.skill import Handler
from tests.fakes.lambda_host import LambdaHost
from tools.release import package
from tools.setup.runtimes import python_with_client

ROOT = Path(__file__).parents[2]
PARTS = (".gitignore", "ask-resources.json", "infra", "interaction_models", "skill.json")


def clone(folder: Path) -> Path:
    """The project as git holds it, and all of it committed."""
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part)
        else:
            shutil.copy(source, folder / part)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "The project")
    return folder


def make(folder: Path) -> Path:
    """The project as it is deployed: as git holds it, and the packages as `make package` makes them."""
    clone(folder)
    package.package(folder / "build", package.runtime())
    return folder


def git(folder: Path, *words: str) -> str:
    """What git says to `git WORDS` in a folder."""
    nobody = ("-c", "user.name=nobody", "-c", "user.email=nobody@localhost", "-c", "commit.gpgsign=false")
    return subprocess.run(
        ["git", *nobody, *words], cwd=folder, capture_output=True, text=True, check=True
    ).stdout


class Deployed:
    """What the CLI left behind in a project and at AWS. Skills that are started end with the `with` block."""

    def __init__(self, project: Path, aws: str, running: ExitStack) -> None:
        self._project, self._aws, self._running = project, aws, running

    def client(self, service: str, region: str = "us-east-1") -> Any:  # noqa: ANN401 - boto3 makes its classes at run time
        """AWS's own client for one of the services on loopback."""
        return boto3.client(
            service,
            region_name=region,
            endpoint_url=self._aws,
            aws_access_key_id="loopback",
            aws_secret_access_key="loopback",  # noqa: S106 - opens nothing
        )

    def states(self) -> dict[str, Any]:
        """What the CLI wrote down about the deployment."""
        written = (self._project / ".ask" / "ask-states.json").read_text(encoding="utf-8")
        found: dict[str, Any] = json.loads(written)["profiles"]["default"]
        return found

    def code(self, region: str = "default") -> dict[str, bytes]:
        """The files in the code package that AWS was given."""
        stored = self.states()["skillInfrastructure"]["@ask-cli/cfn-deployer"]["deployState"][region]["s3"]
        held = self.client("s3").get_object(Bucket=stored["bucket"], Key=stored["key"])["Body"].read()
        with zipfile.ZipFile(io.BytesIO(held)) as files:
            return {name: files.read(name) for name in files.namelist() if not name.endswith("/")}

    def function(self, arn: str) -> dict[str, Any]:
        """How AWS was told to run the version behind an endpoint, which is an alias of a function."""
        *_, region, _account, _kind, name, alias = arn.split(":")
        functions = self.client("lambda", region)
        version = functions.get_alias(FunctionName=name, Name=alias)["FunctionVersion"]
        found: dict[str, Any] = functions.get_function_configuration(FunctionName=name, Qualifier=version)
        return found

    def versions(self, arn: str) -> dict[str, str]:
        """The hash of the code of each version published of the function behind an endpoint."""
        region, name = arn.split(":")[3], arn.split(":")[6]
        listed = self.client("lambda", region).list_versions_by_function(FunctionName=name)["Versions"]
        return {found["Version"]: found["CodeSha256"] for found in listed if found["Version"] != "$LATEST"}

    def skill_at(self, arn: str) -> Handler:
        """The deployed code, running as AWS was told to."""
        told = self.function(arn)
        folder = self._project / "unpacked"
        for name, content in self.code().items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        python = python_with_client(told["Runtime"].removeprefix("python"))
        env = told.get("Environment", {}).get("Variables", {})
        return self._running.enter_context(LambdaHost(python, folder, env, told["Handler"])).invoke
