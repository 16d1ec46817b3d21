from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from typing import Any

import numpy as np
import pytest

from simulator.device.ssml import SsmlError
from simulator.speaker.endpoint import BLOCK
from simulator.speaker.moonshine import RATE
from simulator.speaker.mouth import Mouth

SPEECH = "<speak>One. Two. Three. Four.</speak>"


class Tone:
    """Says a text as a second at the height of its place."""

    identity = "tone"

    def __init__(self) -> None:
        self.begun: list[str] = []

    def say(self, text: str, rate: float = 1.0) -> np.ndarray:
        self.begun.append(text)
        return np.full(round(RATE / rate), len(self.begun) / 10, dtype=np.float32)


class Late(Future[Any]):
    """Is made only when it is waited for."""

    def __init__(self, make: Callable[[], Any]) -> None:
        super().__init__()
        self._make = make

    def result(self, timeout: float | None = None) -> Any:  # noqa: ANN401 - as the library has it
        if not self.done():
            self.set_result(self._make())
        return super().result(timeout)


class Slow(Executor):
    """Has nothing ready; `ready` has everything ready instead."""

    def __init__(self, *, ready: bool = False) -> None:
        self._ready = ready

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401
        late = Late(lambda: fn(*args, **kwargs))
        if self._ready:
            late.result()
        return late


def counted(done: list[int]) -> Iterator[None]:
    """Three chores, which note their number."""
    for number in range(3):
        done.append(number)
        yield


def test_sentences_and_pauses_follow_each_other() -> None:
    waits: list[None] = []
    mouth = Mouth(Tone(), lambda: waits.append(None))
    sound = np.concatenate(list(mouth.blocks('<speak>One.<break time="1s"/> Two.</speak>')))
    mouth.close()
    assert len(sound) == -(-3 * RATE // BLOCK) * BLOCK
    seconds = [float(sound[round((at + 0.5) * RATE)]) for at in range(3)]
    assert seconds == pytest.approx([0.1, 0.0, 0.2])


def test_one_sentence_is_made_ahead_and_no_more() -> None:
    voice = Tone()
    blocks = Mouth(voice, lambda: None, makers=(Slow(ready=True), Slow())).blocks(SPEECH)
    next(blocks)
    assert voice.begun == ["One.", "Two."]


@pytest.mark.parametrize(("ready", "waits"), [(True, 0), (False, 4)])
def test_it_tells_when_it_had_to_be_waited_for(ready: bool, waits: int) -> None:  # noqa: FBT001 - a column
    told: list[None] = []
    mouth = Mouth(Tone(), lambda: told.append(None), makers=(Slow(ready=ready), Slow()))
    list(mouth.blocks(SPEECH))
    assert len(told) == waits


def test_chores_are_done_in_turn_and_only_when_idle() -> None:
    done: list[int] = []
    mouth = Mouth(Tone(), lambda: None, counted(done), (Slow(ready=True), Slow(ready=True)))
    list(mouth.blocks("<speak>One.</speak>"))
    assert done == []
    for count in (1, 2, 3, 3):
        mouth.idle()
        assert done == list(range(count))


def test_a_chore_waits_for_the_one_before_and_speech_for_none() -> None:
    done: list[int] = []
    mouth = Mouth(Tone(), lambda: None, counted(done), (Slow(ready=True), Slow()))
    for _ in range(5):
        mouth.idle()
    assert len(list(mouth.blocks(SPEECH))) > 4 * RATE // BLOCK
    assert done == []


def test_broken_speech_is_refused() -> None:
    mouth = Mouth(Tone(), lambda: None)
    with pytest.raises(SsmlError):
        list(mouth.blocks("<speak>One"))
    mouth.close()
