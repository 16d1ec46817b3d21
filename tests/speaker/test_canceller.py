from __future__ import annotations

from collections.abc import Sequence

import miniaudio
import pytest

from simulator.speaker.canceller import Canceller, canceller

Named = Sequence[tuple[str, str]]
PLAIN = [("Built-in Audio", "alsa.pci.stereo"), ("Monitor of Built-in Audio", "alsa.pci.stereo.monitor")]
"""Devices by their description and their name, as a sound server lists them."""


class Server:
    """The devices of a sound server."""

    def __init__(self, captures: Named, playbacks: Named, backend: str = "PulseAudio") -> None:
        self._captures, self._playbacks, self.backend = captures, playbacks, backend

    def get_captures(self) -> list[dict[str, object]]:
        return [self._device(*each) for each in self._captures]

    def get_playbacks(self) -> list[dict[str, object]]:
        return [self._device(*each) for each in self._playbacks]

    @staticmethod
    def _device(description: str, name: str) -> dict[str, object]:
        made = miniaudio.ffi.new("ma_device_id *")
        miniaudio.ffi.buffer(made)[: len(name)] = name.encode()
        return {"name": description, "id": made}


def found(monkeypatch: pytest.MonkeyPatch, server: Server) -> Canceller | None:
    monkeypatch.setattr(miniaudio, "Devices", lambda: server)
    return canceller()


PULSE = (
    [*PLAIN, ("Built-in Audio (echo cancelled with Built-in Audio)", "alsa.pci.stereo.echo-cancel")],
    [*PLAIN[:1], ("Built-in Audio (echo cancelled with Built-in Audio)", "alsa.pci.stereo.echo-cancel")],
)
NAMED = [("Clean (echo cancelled with Built-in Audio)", "clean")]
PIPEWIRE = [("Echo-Cancel Source", "echo-cancel-source")], [("Echo-Cancel Sink", "echo-cancel-sink")]


@pytest.mark.parametrize(
    ("captures", "playbacks"), [PULSE, (NAMED, NAMED), PIPEWIRE], ids=["pulse", "named", "pipewire"]
)
def test_both_sides_of_a_canceller_are_taken(
    monkeypatch: pytest.MonkeyPatch, captures: Named, playbacks: Named
) -> None:
    taken = found(monkeypatch, Server(captures, playbacks))
    assert taken is not None
    assert taken.name == captures[-1][0]
    assert taken.loudspeaker is not None


def test_one_that_listens_to_the_usual_loudspeaker_leaves_it(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = found(monkeypatch, Server(PIPEWIRE[0], PLAIN[:1]))
    assert taken is not None
    assert taken.loudspeaker is None


MONITOR = [("Monitor of Speakers (echo cancelled with Microphone)", "speakers.echo-cancel.monitor")]


@pytest.mark.parametrize(
    "server",
    [Server(PLAIN, PLAIN), Server(MONITOR, PLAIN), Server(*PIPEWIRE, backend="ALSA")],
    ids=["none", "only what listens in on it", "another sound system"],
)
def test_elsewhere_there_is_none(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    assert found(monkeypatch, server) is None
