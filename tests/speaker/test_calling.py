from __future__ import annotations

import numpy as np
import pytest

from simulator.speaker.calling import Calling
from simulator.speaker.ears import Ears
from simulator.speaker.endpoint import BLOCK
from simulator.speaker.house import MODEL
from simulator.speaker.kokoro import Kokoro
from simulator.speaker.moonshine import RATE
from simulator.speaker.settings import settings
from simulator.speaker.thinking import Thinking
from simulator.speaker.voices import Joe, Pico, Voice
from simulator.speaker.wake import Wake
from tools.listening.wake_bench import called

SURE = 0.9


@pytest.fixture(scope="module")
def calling(ears: Ears) -> Calling:
    return Calling(ears, Thinking(settings().turn), settings().wake)


def calls(calling: Calling, *sounds: np.ndarray) -> list[str]:
    """The calls heard in some sounds with a second of quiet around each."""
    calling.reset()
    return [call for block in blocks(*sounds) if (call := calling.take(block)) is not None]


def blocks(*sounds: np.ndarray) -> list[np.ndarray]:
    whole = np.concatenate([np.pad(sound, RATE) for sound in sounds])
    return [whole[at : at + BLOCK] for at in range(0, len(whole) - BLOCK + 1, BLOCK)]


def chance(*sounds: np.ndarray) -> float:
    """What the word's own model makes of sounds."""
    wake = Wake()
    return max(wake.take(block) for block in blocks(*sounds))


@pytest.mark.parametrize("voice", [Joe(), Pico("en-GB")], ids=["joe", "pico"])
def test_it_is_called_by_its_word_or_its_name(calling: Calling, voice: Voice) -> None:
    assert calls(calling, voice.say("Alexa.")) == [""]
    (call,) = calls(calling, voice.say("open leg cramp guide"))
    assert "leg cramp guide" in call.lower()


@pytest.mark.parametrize("voice", [Joe(), Pico("en-GB")], ids=["joe", "pico"])
def test_both_in_a_breath_call_it_once(calling: Calling, voice: Voice) -> None:
    assert len(calls(calling, voice.say("Alexa, open leg cramp guide."))) == 1


def test_the_name_is_told_where_it_was_written_down(calling: Calling) -> None:
    (call,) = calls(calling, Joe().say("Alexa, open leg cramp guide."))
    assert "guide" in call


@pytest.mark.parametrize(
    ("voice", "said"),
    [(Joe(), "I wet myself"), (Kokoro("af_aoede", MODEL), "I've been sick")],
    ids=["joe", "aoede"],
)
def test_what_only_sounds_like_its_word_does_not_call_it(calling: Calling, voice: Voice, said: str) -> None:
    sound = voice.say(said)
    assert chance(sound) > SURE, "this voice's no longer sounds like it: find another"
    assert calls(calling, sound) == []


def test_what_sounded_like_its_word_before_counts_for_nothing(calling: Calling) -> None:
    before, unheard = Joe().say("I wet myself"), Pico("en-US").say("Alexa.")
    assert chance(before) > SURE
    assert chance(unheard) < settings().wake.likely, "the word of this voice is heard now: find another"
    assert calls(calling, before, unheard) == []


@pytest.mark.parametrize(
    ("chance", "written", "sure"),
    [
        pytest.param(0.29, 0.0, False, id="its own model hears nothing"),
        pytest.param(0.5, -1.0, True, id="the recogniser makes up for it"),
        pytest.param(0.5, -5.0, False, id="both are in doubt"),
        pytest.param(0.98, -6.0, True, id="its own model makes up for it"),
        pytest.param(1.0, -9.0, True, id="it is certain"),
        pytest.param(1.0, -11.0, False, id="the recogniser hears something else"),
    ],
)
def test_the_less_sure_the_one_the_surer_the_other(chance: float, written: float, sure: bool) -> None:  # noqa: FBT001
    assert settings().wake.is_sure(chance, written) is sure


def test_the_bench_counts_hours_and_names_what_called_it(calling: Calling) -> None:
    said = [(text, Joe().say(text)) for text in ("Alexa.", "Open the window.")]
    calling.reset()
    hours, texts = called(calling, said, 40.0)
    assert texts == ["Alexa."]
    assert hours == pytest.approx(sum(len(sound) for _, sound in said) / RATE / 3600)
