"""The pytest plugin: the fixture ``echo``, and conversations in TOML files collected as tests.

Enable it with ``pytest_plugins``, or ``-p``; where this package was installed, it is enabled already.
"""

from __future__ import annotations

import traceback
from pathlib import Path
from types import ModuleType

import pytest

from simulator.files import BrokenFileError
from simulator.skill import Skill
from simulator.testing.conversations import ConversationError, check, read
from simulator.testing.echo import Echo, UnmetError


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the skill's folder, its handler, and the folders of conversations from the settings of pytest."""
    parser.addini(
        "skill", "the folder of the skill, from pytest's root (default: the root itself)", default=""
    )
    parser.addini("skill_handler", "its handler, as module:name (default: lambda_function:lambda_handler)")
    parser.addini("conversations", "folders with conversations in TOML files", type="args", default=[])
    group = parser.getgroup("skill")
    group.addoption("--skill", default="", metavar="FOLDER", help="the folder of the skill")
    group.addoption("--locale", default="", help="the locale of the fixture `echo`, such as en-GB")


def skill_of(config: pytest.Config) -> Skill:
    """The skill that the settings name; without any, the one in pytest's root."""
    named = str(config.getoption("skill") or config.getini("skill"))
    return Skill.at(config.rootpath / named, str(config.getini("skill_handler") or ""))


@pytest.fixture(scope="session")
def skill(pytestconfig: pytest.Config) -> Skill:
    """The skill under test; a test or a conftest may have another one."""
    return skill_of(pytestconfig)


@pytest.fixture
def locale(pytestconfig: pytest.Config, skill: Skill) -> str:
    """The locale of `echo`: that of ``--locale``, else American English, else the first that there is."""
    named = str(pytestconfig.getoption("locale"))
    return named or ("en-US" if "en-US" in skill.locales else skill.locales[0])


@pytest.fixture
def device() -> str:
    """The kind of device that `echo` is; one without a display, unless a test has another."""
    return "speaker"


@pytest.fixture
def echo(skill: Skill, locale: str, device: str) -> Echo:
    """An Echo with the skill, in `locale` and of the kind `device`, to which nothing has been said."""
    return Echo(skill, locale, device)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect what lies in a folder of conversations."""
    if file_path.suffix != ".toml":
        return None
    folders = (parent.config.rootpath / name for name in parent.config.getini("conversations"))
    if not any(file_path.is_relative_to(folder) for folder in folders):
        return None
    return ConversationFile.from_parent(parent, path=file_path)


class ConversationFile(pytest.Module):
    """A file that holds one conversation: a module with one test, so that fixtures see it like any other."""

    def _getobj(self) -> ModuleType:
        path = self.path

        def test_conversation(skill: Skill) -> None:
            try:
                check(read(path, skill), skill)
            except (UnmetError, ConversationError, BrokenFileError) as wrong:
                pytest.fail(f"{_raised(wrong)}{wrong}", pytrace=False)

        module = ModuleType(path.stem)
        module.__dict__[test_conversation.__name__] = test_conversation
        return module


def _raised(wrong: BaseException) -> str:
    """The skill's own trace, where it raised; empty where it did not."""
    cause = wrong.__cause__.__cause__ if wrong.__cause__ else None
    return "".join(traceback.format_exception(cause)) if cause else ""
