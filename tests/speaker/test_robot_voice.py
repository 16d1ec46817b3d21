from __future__ import annotations

import re
import tomllib

import numpy as np
import pytest

from simulator.speaker.espeak import pronounced
from tools.listening.lessons import data
from tools.listening.robot_voice import ACCENT, SOUNDS, Foreigner

LANGUAGES = ("de-DE", "es-ES", "fr-FR", "it-IT")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_foreigner_has_a_sound_for_each_that_is_to_be_said(language: str) -> None:
    known = tomllib.loads(SOUNDS.read_text(encoding="utf-8"))
    sounds = {**known["both"], **known[language]}
    longest = "|".join(map(re.escape, sorted(sounds, key=len, reverse=True)))
    texts = [
        text for course in (data(), *data()["later"]) for group in course["words"].values() for text in group
    ]
    said = {word for text in texts for word in text.split()}
    left = {letter for word in said for letter in re.sub(longest, "", pronounced(word, ACCENT))}
    assert left <= set("ˈˌ^ ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_sound_alike_are_told_apart(language: str) -> None:
    who = Foreigner(language)
    said = [who.say(word) for word in ("no", "nose", "know how", "yes", "yet")]
    assert len({sound.tobytes() for sound in said}) == len(said)
    assert all(len(sound) > 1000 for sound in said)
    assert np.array_equal(who.say("no"), said[0])
