from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

import numpy as np
import pytest

from simulator.speaker.endpoint import BLOCK, Endpoint
from simulator.speaker.moonshine import RATE
from simulator.speaker.settings import settings
from simulator.speaker.voices import Joe, Pico, Voice
from tools.listening.rooms import music
from tools.listening.whisper import whispered


def recordings(*sounds: np.ndarray, whispers: bool = True, audible: float = 0.0) -> list[np.ndarray]:
    endpoint = Endpoint(settings().turn)
    endpoint.reset(whispers=whispers, audible=audible)
    return [taken for block in blocks(*sounds) if (taken := endpoint.take(block)) is not None]


def blocks(*sounds: np.ndarray) -> Iterator[np.ndarray]:
    sound = np.concatenate(sounds)
    return (sound[at : at + BLOCK] for at in range(0, len(sound) - BLOCK + 1, BLOCK))


def silence(seconds: float) -> np.ndarray:
    return np.zeros(int(seconds * RATE), dtype=np.float32)


def lengths(found: Iterable[np.ndarray]) -> list[float]:
    return [len(recording) / RATE for recording in found]


@pytest.fixture(scope="module", params=[Joe, partial(Pico, "en-GB")], ids=["joe", "pico"])
def voice(request: pytest.FixtureRequest) -> Voice:
    made: Voice = request.param()
    return made


@pytest.mark.parametrize("text", ["Yes.", "No.", "I have chest pain, and I can't breathe."])
def test_an_utterance_is_recorded_whole(voice: Voice, text: str) -> None:
    said = voice.say(text)
    (recorded,) = lengths(recordings(silence(1), said, silence(1.5)))
    assert len(said) / RATE <= recorded + 0.1
    assert recorded <= len(said) / RATE + 1.0


def test_two_utterances_are_two_recordings() -> None:
    said = Pico().say("Yes.")
    assert len(recordings(silence(1), said, silence(1.5), said, silence(1.5))) == 2


@pytest.mark.parametrize("text", ["No.", "Yes.", "No, it hasn't."])
def test_a_whisper_is_recorded_whole(text: str) -> None:
    for seed in range(3):
        said = whispered(Joe().say(text), np.random.default_rng(seed)).astype(np.float32)
        (recorded,) = lengths(recordings(silence(1), said, silence(1.5)))
        assert len(said) / RATE <= recorded + 0.2


def test_who_is_fainter_than_is_audible_has_not_begun_to_speak(voice: Voice) -> None:
    endpoint, said = Endpoint(settings().turn), voice.say("I have chest pain.")
    for block in blocks(said, silence(1.5)):
        endpoint.take(block)
    audible = endpoint.power / 10
    (whole,) = lengths(recordings(silence(1), said, silence(1.5)))
    (loud,) = lengths(recordings(said / 10, silence(1.5), said, silence(1.5), audible=audible))
    assert loud == pytest.approx(whole, abs=0.15)
    (joined,) = lengths(recordings(said / 10, said, silence(1.5), audible=audible))
    assert joined == pytest.approx(whole, abs=0.3)


def test_while_it_speaks_itself_a_voice_counts_and_a_whisper_does_not(voice: Voice) -> None:
    said = voice.say("Wait.")
    whisper = whispered(Joe().say("No."), np.random.default_rng(1)).astype(np.float32)
    around = silence(1), silence(1.5)
    assert len(recordings(around[0], said, around[1], said, around[1], whispers=False)) == 2
    assert recordings(around[0], whisper, around[1], whispers=False) == []
    assert len(recordings(around[0], whisper, around[1])) == 1


@pytest.mark.parametrize("level", [0.003, 0.03, 0.1])
def test_noise_is_no_speech(level: float) -> None:
    noise = np.random.default_rng(7).standard_normal(RATE * 6).astype(np.float32) * level
    assert recordings(noise) == []


def breaths(seconds: int) -> np.ndarray:
    draw, breath = np.random.default_rng(3), np.hanning(RATE)
    low = np.convolve(draw.standard_normal(seconds * RATE), np.ones(8) / 8, "same")
    return low * np.tile(np.concatenate([breath, np.zeros(RATE)]), seconds // 2) * 0.2


def knocks(seconds: int) -> np.ndarray:
    draw, fading = np.random.default_rng(3), np.exp(-np.arange(RATE // 2) / (RATE / 50))
    return draw.standard_normal(seconds * RATE) * np.tile(fading, 2 * seconds) * 0.4


@pytest.mark.parametrize("sound", [breaths(20), knocks(20), music(20 * RATE) * 0.05, music(20 * RATE) * 0.3])
def test_a_breath_a_knock_and_music_are_no_whisper(sound: np.ndarray) -> None:
    assert recordings(sound.astype(np.float32)) == []


def test_somebody_who_does_not_stop_is_cut_off() -> None:
    endless = np.concatenate([Pico().say("and then my leg and then my back")] * 12)
    first = recordings(silence(0.5), endless)[0]
    assert len(first) / RATE <= settings().turn.longest + 1


def test_others_who_talk_further_away_do_not_keep_it_waiting() -> None:
    said = Pico("en-GB").say("not really")
    talk = Pico().say("We watched the match with the neighbours until the second half of it.")
    talks = sum(np.roll(np.resize(talk, 6 * RATE), at * RATE // 3) for at in range(5))
    others = (talks / np.std(talks) * np.std(said) * 0.2).astype(np.float32)
    heard = np.pad(said, (RATE // 2, len(others) - len(said) - RATE // 2)) + others
    first = recordings(heard)[0]
    assert len(said) / RATE <= len(first) / RATE <= len(said) / RATE + 1.5


@pytest.mark.parametrize("text", ["Yes.", "I have chest pain, and I can't breathe."])
def test_at_a_pause_the_whole_is_known_before_its_end(voice: Voice, text: str) -> None:
    endpoint, paused, ended = Endpoint(settings().turn), [], None
    sound = np.concatenate([silence(1), voice.say(text), silence(1.5)])
    for at, start in enumerate(range(0, len(sound) - BLOCK + 1, BLOCK)):
        whole = endpoint.take(sound[start : start + BLOCK])
        if endpoint.paused is not None:
            paused.append((at, endpoint.paused))
        ended = ended or (whole is not None and (at, whole))
    assert ended
    at, known = paused[-1]
    assert np.array_equal(known, ended[1])
    assert at < ended[0] - 8
