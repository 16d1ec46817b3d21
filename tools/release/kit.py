"""Build the kit for testing skills as a wheel; with --try, install it where nothing is, and use it."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.setup import environment, installer
from tools.setup.locks import SetupError

ROOT = Path(__file__).parents[2]
BUILT = ROOT / "build" / "kit"
SAMPLE = ROOT / "tests" / "kit" / "skills" / "how_to"
_BUILD = "import sys; from setuptools import build_meta; print(build_meta.build_wheel(sys.argv[1]))"
_TEST = """\
from simulator.testing import certify


def test_a_ladder(echo):
    echo.open().expects(asks=True)
    echo.say("how do i make a ladder").expects(intent="RecipeIntent", says="seven sticks", ends=True)
"""
_TALK = """\
name = "A torch"
locale = "de-DE"
why = "German is understood."
turns = [
  { user = "LAUNCH", asks = true },
  { user = "wie baue ich eine fackel", slots = { Item = "TORCH" }, says = ["Stück Kohle"], ends = true },
]
"""
_SETTINGS = '[tool.pytest.ini_options]\nconversations = ["tests"]\n'


def build(folder: Path = BUILT) -> Path:
    """The wheel, made anew from the files of ``simulator/``.

    Raises ``subprocess.CalledProcessError`` where it cannot be built.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "simulator"
        unwanted = shutil.ignore_patterns("__pycache__", "speaker")
        shutil.copytree(ROOT / "simulator", source, ignore=unwanted)
        shutil.copy(ROOT / "LICENSE", source)
        command = [sys.executable, "-W", "ignore", "-c", _BUILD, str(folder.resolve())]
        subprocess.run(  # noqa: S603 - our own command
            command, cwd=source, check=True, stdout=subprocess.DEVNULL
        )
    (wheel,) = folder.glob("*.whl")
    return wheel


def use(wheel: Path, folder: Path) -> str:
    """Install the wheel into an empty environment, test a sample with it there, and return what pytest says.

    ``folder`` gets the environment and the sample. What the wheel needs comes as the lock pins it, through
    pip's own settings. Raises ``SetupError`` or ``subprocess.CalledProcessError`` where something fails.
    """
    shutil.rmtree(folder, ignore_errors=True)
    environment.ensure(folder / "env", "kit")
    python = environment.python_in(folder / "env").absolute()
    installer.add_built(python, wheel)
    sample = folder / "sample"
    shutil.copytree(SAMPLE, sample)
    (sample / "tests").mkdir()
    (sample / "pyproject.toml").write_text(_SETTINGS, encoding="utf-8")
    (sample / "tests" / "test_ladder.py").write_text(_TEST, encoding="utf-8")
    (sample / "tests" / "torch.toml").write_text(_TALK, encoding="utf-8")
    resolved = _run([str(python), "-m", "simulator", "resolve"], cwd=sample, said="how do i build a torch\n")
    return resolved + _run([str(python), "-m", "pytest", "-q"], cwd=sample)


def _run(command: list[str], cwd: Path | None = None, said: str = "") -> str:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST"))}
    done = subprocess.run(  # noqa: S603 - our own command
        command, cwd=cwd, env=env, input=said, text=True, stdout=subprocess.PIPE, check=True
    )
    return done.stdout


def main(argv: list[str]) -> int:
    """Build it and say where it is; with ``--try``, use it too. Exits with 1 where that fails."""
    parser = argparse.ArgumentParser(prog="python -m tools kit", description=__doc__)
    parser.add_argument(
        "--try", action="store_true", dest="tried", help="install it and test a sample with it"
    )
    given = parser.parse_args(argv)
    try:
        wheel = build()
        print(wheel.relative_to(ROOT).as_posix())
        if given.tried:
            print(use(wheel, BUILT / "tried"), end="")
    except (SetupError, subprocess.CalledProcessError) as failed:
        print(f"{getattr(failed, 'stdout', None) or ''}python -m tools kit: {failed}", file=sys.stderr)
        return 1
    return 0
