"""The packaged skill answers under AWS's own runtime client as it does here, on every supported Python."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from simulator.device.echo import SkillError
from simulator.skill import Handler
from tests.fakes.lambda_host import SNAP_START, START_KIND, LambdaHost, RuntimeFailedError
from tools import conversations
from tools.setup.runtimes import SUPPORTED, python_with_client

pytestmark = pytest.mark.slow

PLAYED = (
    "en-US/self_care_ordinary_cramp",
    "en-US/emergency_saddle_numbness_volunteered_mid_check",
    "en-US/relief_cramp_release",
    "en-US/learn_after_advice",
    "en-GB/urgent_swollen_calf",
)
NOTED = {"request", "type", "intent", "asks", "ms"}
Packaged = Callable[[str], Path]


def responses(name: str, handler: Handler | None = None) -> list[Mapping[str, Any]]:
    """All that is sent back in a conversation, except that the SDK names the Python it runs on."""
    conversation = conversations.read(conversations.FOLDER / f"{name}.toml")
    played = conversations.play(conversation, handler)
    return [{**turn.response, "userAgent": None} for _, turn in played]


@pytest.mark.parametrize("version", SUPPORTED)
def test_whole_conversations_sound_the_same_on_lambda(version: str, packaged: Packaged) -> None:
    with LambdaHost(python_with_client(version), packaged(version)) as host:
        heard = {name: responses(name, host.invoke) for name in PLAYED}
    assert heard == {name: responses(name) for name in PLAYED}
    assert_quiet(host.log)


@pytest.mark.parametrize("version", [version for version in SUPPORTED if version >= "3.12"])
def test_a_start_from_a_snapshot_answers_too(version: str, packaged: Packaged) -> None:
    with LambdaHost(python_with_client(version), packaged(version), {START_KIND: SNAP_START}) as host:
        assert responses(PLAYED[1], host.invoke) == responses(PLAYED[1])
    assert_quiet(host.log)


def assert_quiet(log: str) -> None:
    """One line of JSON for each request and nothing else: no warning, no word of what was said."""
    assert log
    assert [set(json.loads(line)) for line in log.splitlines()] == [NOTED] * log.count("\n")


def test_another_skill_is_refused(packaged: Packaged) -> None:
    version = SUPPORTED[-1]
    with (
        LambdaHost(python_with_client(version), packaged(version), {"SKILL_ID": "ours"}) as host,
        pytest.raises(SkillError, match="this request is for another skill"),
    ):
        responses(PLAYED[0], host.invoke)


def test_a_package_that_cannot_start_says_why(packaged: Packaged, tmp_path: Path) -> None:
    python = python_with_client(SUPPORTED[-1])
    packaged(SUPPORTED[-1])
    (tmp_path / "lambda_function.py").write_text("raise RuntimeError('no words')\n", encoding="utf-8")
    with pytest.raises(RuntimeFailedError, match="no words"), LambdaHost(python, tmp_path):
        pass
