from __future__ import annotations

from pathlib import Path

import numpy as np

from simulator.speaker.kept import Kept


class Counting:
    """A voice of one tone that counts what it has said."""

    def __init__(self, identity: str) -> None:
        self.identity = identity
        self.said: list[tuple[str, float]] = []

    def say(self, text: str, rate: float = 1.0) -> np.ndarray:
        self.said.append((text, rate))
        return np.full(round(100 / rate), len(text) / 10, dtype=np.float32)


def test_a_text_is_said_once_and_kept(tmp_path: Path) -> None:
    voice = Counting("tone 1")
    sounds = [Kept(voice, tmp_path).say("yes") for _ in range(3)]
    assert voice.said == [("yes", 1.0)]
    assert all(sound.dtype == np.float32 and np.allclose(sound, 0.3, atol=1e-4) for sound in sounds)
    assert [file.suffix for file in tmp_path.rglob("*") if file.is_file()] == [".npy"]


def test_another_text_rate_or_version_is_another_sound(tmp_path: Path) -> None:
    voice, newer = Counting("tone 1"), Counting("tone 2")
    kept = Kept(voice, tmp_path)
    assert not kept.has("yes")
    assert [len(kept.say(text, rate)) for text, rate in [("yes", 1.0), ("no", 1.0), ("yes", 2.0)]] == [
        100,
        100,
        50,
    ]
    assert kept.has("yes", 2.0)
    assert not Kept(newer, tmp_path).has("yes")
    Kept(newer, tmp_path).say("yes")
    assert (len(voice.said), len(newer.said)) == (3, 1)
