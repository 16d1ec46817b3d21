"""Deploy the skill with the ASK CLI, after seeing that everything it needs is there.

Says what is missing and what to do about it, all at once, before anything is sent anywhere.
"""

from __future__ import annotations

import argparse
import configparser
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from simulator.device import deployed
from simulator.files import BrokenFileError, read_json
from tools.release import package

ROOT = Path(__file__).parents[2]
PINNED = ROOT / "build" / "cli" / "node_modules" / ".bin" / "ask"
RESOURCES = ROOT / "ask-resources.json"
MANIFEST = ROOT / "build" / "skill-package" / "skill.json"
CHECKS = (("validate",), ("models", "--check"), ("icons", "--check"))
Json = dict[str, Any]


def cli() -> str | None:
    """The command of the ASK CLI: the pinned one, else one that is installed on this machine."""
    return str(PINNED) if PINNED.exists() else shutil.which("ask")


def missing(profile: str) -> Iterator[str]:
    """Everything a profile of the CLI still lacks, each as a sentence that says what to do."""
    if cli() is None:
        yield "The ASK CLI is not here. Install Node.js 22 (nodejs.org), then run: make cli"
    if profile == deployed.ENVIRONMENT:
        return
    configure = f"{cli() or PINNED} configure"
    if profile != deployed.DEFAULT:
        configure += f" --profile {profile}"
    settings = ask_settings(profile)
    if settings is None:
        yield f"The ASK CLI is not logged in to Amazon with the profile {profile}. Run: {configure}"
        return
    if not settings.get("vendor_id"):
        yield f"The login has no vendor id, so it was not finished. Run again: {configure}"
    aws_profile = settings.get("aws_profile")
    if not aws_profile:
        yield f"The ASK CLI knows no AWS account. Run: {configure}, and link one when it asks"
    elif aws_profile not in aws_profiles():
        yield (
            f"The ASK CLI uses the AWS profile {aws_profile}, which is not in ~/.aws/credentials. "
            f"Create an access key in the AWS console (docs/deploying.md), then run: {configure}"
        )


def ask_settings(profile: str) -> Json | None:
    """The ASK CLI's note of a profile's login; ``None`` without one."""
    try:
        written = read_json(Path.home() / ".ask" / "cli_config")
    except BrokenFileError:
        return None
    found: Json | None = written.get("profiles", {}).get(profile)
    return found


def aws_profiles() -> set[str]:
    """The names of the AWS profiles on this machine."""
    places = {"AWS_SHARED_CREDENTIALS_FILE": "credentials", "AWS_CONFIG_FILE": "config"}
    found = configparser.RawConfigParser(default_section="\n", strict=False)
    for variable, name in places.items():
        found.read(os.environ.get(variable) or Path.home() / ".aws" / name, encoding="utf-8")
    return {section.removeprefix("profile ") for section in found.sections()}


def add_settings(profile: str) -> bool:
    """Give a profile that ask-resources.json does not know the settings of the default one.

    The CLI deploys no profile without. Whether any were added; they are written as the CLI writes them.
    """
    resources = read_json(RESOURCES)
    if profile in resources["profiles"]:
        return False
    resources["profiles"][profile] = resources["profiles"][deployed.DEFAULT]
    RESOURCES.write_text(json.dumps(resources, indent=2, ensure_ascii=False), encoding="utf-8")
    return True


def keep_endpoints(profile: str) -> None:
    """Put the endpoints of the profile's last deployment into the manifest that is about to be sent.

    The CLI sends the manifest first and adds the endpoints at the end. Without them the testers' skill would
    be dead in the minutes between, and stay so if AWS refused the new code.
    """
    try:
        regions = deployed.state(ROOT, profile)["skillInfrastructure"]["@ask-cli/cfn-deployer"]["deployState"]
    except KeyError:
        return
    manifest = read_json(MANIFEST)
    custom = manifest["manifest"]["apis"]["custom"]
    for region, stack in regions.items():
        for output in (stack or {}).get("outputs", ()):
            if output["OutputKey"] == "SkillEndpoint":
                home = (
                    custom if region == "default" else custom.setdefault("regions", {}).setdefault(region, {})
                )
                home["endpoint"] = {"uri": output["OutputValue"]}
    MANIFEST.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def say(message: str) -> None:
    """Tell the person where we are, before the command that follows speaks."""
    print(f"\n== {message}", flush=True)


def run(*command: str) -> bool:
    """Run a command in the project's folder; true if it went well. It speaks for itself."""
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0  # noqa: S603 - our own, and the CLI


def prepare(profile: str) -> bool:
    """The checks and the packages: all that can be done without Amazon."""
    say("Checking the questions, the words, the models and the icons")
    if not all(run(sys.executable, "-m", "tools", *check) for check in CHECKS):
        return False
    if add_settings(profile):
        say(f"ask-resources.json has settings for the profile {profile} now, those of {deployed.DEFAULT}")
        print("Change there what should differ, and commit it.", flush=True)
    say("Making the packages (build/)")
    if package.main(["--python", package.runtime(profile)]) != 0:
        return False
    keep_endpoints(profile)
    return True


def main(argv: list[str]) -> int:
    """Deploy; 1 if something is missing or a step failed. Nothing is sent before all checks are passed."""
    parser = argparse.ArgumentParser(prog="python -m tools deploy", description="Deploy with the ASK CLI.")
    parser.add_argument(
        "--profile",
        help="of the ASK CLI: each deploys a skill of its own (default: ASK_DEFAULT_PROFILE, or default)",
    )
    parser.add_argument("--dry-run", action="store_true", help="stop before anything is sent to Amazon")
    options = parser.parse_args(argv)
    profile = deployed.profile_name(options.profile)
    lacking = list(missing(profile))
    if lacking:
        print("Not deployed, because something is missing:", *lacking, sep="\n- ", file=sys.stderr)
        print("docs/deploying.md explains each step from the beginning.", file=sys.stderr)
        return 1
    if not prepare(profile):
        print("Not deployed, because of the problem above.", file=sys.stderr)
        return 1
    if options.dry_run:
        print("Ready to deploy; nothing was sent.")
        return 0
    say("Sending the skill to Alexa and the code to AWS; the first time takes about ten minutes")
    if not run(str(cli()), "deploy", *(("--profile", profile) if options.profile else ())):
        print(
            "The ASK CLI stopped; its own words are above, common ones are in docs/deploying.md.",
            file=sys.stderr,
        )
        return 1
    say("Deployed. On a device of your own account, in the skill's language: “Alexa, open leg cramp guide”")
    return 0
