from __future__ import annotations

import numpy as np
import pytest

from simulator.speaker.doubt import FAR, Evidence
from simulator.speaker.ears import Ears
from simulator.speaker.house import MODEL
from simulator.speaker.judge import Chances
from simulator.speaker.kokoro import Kokoro
from simulator.speaker.moonshine import RATE, Written
from simulator.speaker.settings import settings
from simulator.speaker.voices import Joe, Pico, Voice
from simulator.understanding.resolve import FALLBACK, NO, YES
from tools.listening.voice_bench import cut_out
from tools.simulated.reading import understood
from tools.simulated.roles import DENIAL, SIGN, UNSURE


class Recorded:
    """A voice as the speaker records it, with some quiet before and after."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice

    def say(self, text: str) -> np.ndarray:
        recording = cut_out(np.pad(self._voice.say(text), (RATE // 2, RATE)))
        assert recording is not None
        return recording


@pytest.fixture(scope="module", params=["joe", "pico"])
def voice(request: pytest.FixtureRequest) -> Recorded:
    return Recorded(Joe() if request.param == "joe" else Pico("en-GB"))


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("yes", YES),
        ("no", NO),
        ("I don't know", UNSURE),
        ("I can't feel my foot", SIGN),
        ("I have chest pain and I can't breathe", SIGN),
        ("stop", "AMAZON.StopIntent"),
        ("go back", "AMAZON.PreviousIntent"),
    ],
)
def test_what_is_said_plainly_is_taken(ears: Ears, voice: Recorded, said: str, intent: str) -> None:
    heard = ears.understand(voice.say(said), asked=True)
    assert heard.intent == intent
    assert not heard.doubt or heard.about == "no", "only a no may have to be asked about first"


def test_a_denial_is_taken_where_it_is_plain(ears: Ears) -> None:
    heard = ears.understand(Recorded(Joe()).say("I don't have a fever"), asked=True)
    assert (heard.intent, heard.doubt) == (DENIAL, "")


@pytest.mark.parametrize("said", ["I have", "I haven't", "it is", "it isn't", "sure"])
def test_what_is_easily_swapped_is_asked_again_at_a_question(ears: Ears, voice: Recorded, said: str) -> None:
    assert ears.understand(voice.say(said), asked=True).doubt


def test_the_same_words_will_do_where_no_question_of_the_check_is_open(ears: Ears) -> None:
    heard = ears.understand(Recorded(Joe()).say("sure"), asked=False)
    assert (heard.intent, heard.doubt) == (YES, "")


@pytest.mark.parametrize("said", ["what a lovely day", "guitar monkey", "my dog has fleas"])
def test_other_talk_is_not_taken_for_anything(ears: Ears, voice: Recorded, said: str) -> None:
    assert ears.understand(voice.say(said), asked=True).doubt


def test_a_word_that_sounds_like_an_answer_is_asked_about(ears: Ears) -> None:
    evidence = ears.weigh(Recorded(Joe(0.8)).say("snow"))
    assert evidence.intent == NO, "this voice's is no longer taken for a no"
    assert evidence.other_word == evidence.rival == "Snow,"
    assert ears.doubter.taken(evidence._replace(other_word="", lead=FAR), asked=True).doubt == ""
    for reason in (evidence._replace(lead=FAR), evidence._replace(other_word="")):
        assert ears.doubter.taken(reason, asked=True).about == "no"


def test_two_words_that_sound_like_one_are_compared_with_it(ears: Ears) -> None:
    evidence = ears.weigh(Recorded(Kokoro("am_santa", MODEL)).say("Norway"))
    assert (evidence.intent, evidence.rival[:6]) == (NO, "Norway"), "find another voice's"
    assert evidence.chances.no > settings().answers.limits_of["no way"]["clear"]
    assert ears.doubter.taken(evidence, asked=True).about == "no"


def test_silence_is_not_an_answer(ears: Ears) -> None:
    assert ears.understand(np.zeros(16000, dtype=np.float32), asked=True).doubt


def test_the_name_is_recognised_and_other_talk_is_not(ears: Ears, voice: Recorded) -> None:
    assert "leg cramp guide" in ears.called(voice.say("open leg cramp guide")).words.lower()
    assert ears.called(voice.say("open the window")).words == ""


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ("Alexa", -1, 0),
        ("Alexa, open leg cramp guide", 0, 0),
        ("Um, Alexa, my leg", 0, 0),
        ("Alexander is here", -FAR, -3),
        ("I wet myself", -FAR, -10),
    ],
)
def test_how_likely_the_word_that_wakes_it_was_said(ears: Ears, said: str, least: float, most: float) -> None:
    assert least <= ears.called(Recorded(Joe()).say(said)).word <= most


def test_a_sign_that_is_written_down_wrongly_is_asked_about(ears: Ears) -> None:
    heard = ears.understand(Recorded(Joe()).say("I have chest pain"), asked=True)
    assert heard.doubt, "Joe's is written down otherwise: find another voice where it no longer is"
    assert (heard.words, heard.about) == ("I have chest pain.", "words")


def test_only_a_yes_that_was_asked_about_may_be_as_doubtful_again(
    ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = np.zeros(16000, dtype=np.float32)
    no = Evidence("No.", NO, freely=True, score=-0.1, chances=Chances(no=0.5, other=0.5))
    yes = no._replace(intent=YES, words="Yes.", chances=Chances(yes=0.5, other=0.5))
    for given, doubt in ((yes, ""), (no, "unlikely")):
        monkeypatch.setattr(ears, "weigh", lambda _, given=given: given)
        first = ears.understand(nothing, asked=True)
        assert first.about
        second = ears.understand(nothing, asked=True, doubtful=first)
        assert (second.doubt, second.about) == (doubt, "")


@pytest.mark.parametrize(
    ("wordings", "chances", "chosen"),
    [
        pytest.param(
            {"Now it isn't.": -1.0, "No, it isn't.": -2.5}, Chances(no=0.95, other=0.05), "No, it isn't.",
            id="the likelier one is vague",
        ),
        pytest.param(
            {"It isn't.": -1.0, "Stop.": -2.0}, Chances(no=0.95, other=0.05), "It isn't.",
            id="there is no explicit one",
        ),
        pytest.param(
            {"Oh yeah.": -1.0, "No.": -2.0}, Chances(no=0.5, other=0.5), "Oh yeah.",
            id="the judge is not sure",
        ),
        pytest.param(
            {"Stop.": -1.0, "No, it isn't.": -2.0}, Chances(no=0.9, other=0.1), "No, it isn't.",
            id="sure enough for a no like which nothing sounds",
        ),
        pytest.param(
            {"Stop.": -1.0, "No way.": -2.0}, Chances(no=0.78, other=0.22), "Stop.",
            id="and not for what may be Norway",
        ),
        pytest.param(
            {"Not sure.": -1.0, "Not really.": -2.0}, Chances(no=0.95, other=0.05), "Not sure.",
            id="a no that was written as not being sure",
        ),
        pytest.param(
            {"I feel vary anno.": -1.0, "I feel very unwell.": -1.5, "I don't know.": -7.0},
            Chances(unsure=0.9, other=0.1), "I feel very unwell.", id="a sign, far likelier",
        ),
        pytest.param(
            {"I feel vary anno.": -1.0, "I feel very unwell.": -1.5, "I don't know.": -6.0},
            Chances(unsure=0.9, other=0.1), "I don't know.", id="a sign, hardly likelier",
        ),
        pytest.param(
            {"Yellow.": -1.0, "Yup.": -5.5}, Chances(yes=0.95, other=0.05), "Yup.",
            id="a sign only perhaps",
        ),
        pytest.param(
            {"Yellow.": -1.0, "Yup.": -6.5}, Chances(yes=0.95, other=0.05), "Yellow.",
            id="a sign perhaps, and far likelier",
        ),
        pytest.param(
            {"Yellow.": -1.0, "It is.": -1.5}, Chances(yes=0.95, other=0.05), "Yellow.",
            id="a sign perhaps, and a vague answer",
        ),
        pytest.param(
            {"She isn't.": -1.8, "No, it isn't.": -1.5}, Chances(no=0.95, other=0.05), "No, it isn't.",
            id="a cry for help, in words that the recogniser itself finds less likely",
        ),
        pytest.param(
            {"She isn't.": -1.8, "No, it isn't.": -1.9}, Chances(no=0.95, other=0.05), "She isn't.",
            id="a cry for help, in the likeliest words",
        ),
        pytest.param(
            {"No feeling in my bottom.": -1.0, "No.": -1.5}, Chances(no=0.95, other=0.05),
            "No feeling in my bottom.", id="a sign for sure",
        ),
        pytest.param(
            {"No feeling in my bottom.": -1.5, "No.": -1.0}, Chances(no=0.95, other=0.05),
            "No feeling in my bottom.", id="a sign for sure that is less likely",
        ),
        pytest.param(
            {"No fever.": -1.5, "No.": -1.0}, Chances(no=0.95, other=0.05), "No fever.",
            id="the denial of one that is less likely",
        ),
        pytest.param(
            {"I can't feel much at all in my foot.": -1.0, "No.": -1.5}, Chances(no=0.95, other=0.05),
            "I can't feel much at all in my foot.", id="a sign for sure in own words",
        ),
    ],
)  # fmt: skip
def test_which_wording_is_weighed(
    ears: Ears, wordings: dict[str, float], chances: Chances, chosen: str
) -> None:
    ways = [(Written(text, (), score), understood(ears.resolver, text)) for text, score in wordings.items()]
    assert ears.nearest(ways, chances)[0].text == chosen


@pytest.mark.parametrize(
    ("said", "score"), [("yellow", 0.0), ("I can't feel much at all in my foot", 1.0), ("I give up", 1.0)]
)
def test_how_sure_the_skill_is_of_own_words(ears: Ears, said: str, score: float) -> None:
    found = understood(ears.resolver, said)
    assert (found.intent != FALLBACK, found.score) == (True, score)
