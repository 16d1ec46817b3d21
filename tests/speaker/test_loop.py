from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import Any

import pytest

from simulator.speaker.doubt import WORDS, Evidence, Understood
from simulator.speaker.ears import Ears
from simulator.speaker.endpoint import SECONDS
from simulator.speaker.loop import NOT_TAKEN
from tests.speaker.conftest import Room, seconds_between
from tools import conversations
from tools.simulated.roles import SIGN

Talk = Callable[..., Any]


def test_an_emergency_is_heard_and_answered(talk: Talk) -> None:
    screen, _ = talk("yes", "yes")
    assert "you    Yes." in screen
    assert "Call 911 now" in screen


def test_a_sign_in_own_words_in_the_middle_of_the_check(talk: Talk) -> None:
    screen, _ = talk("yes", "no", "I can't feel my foot")
    assert "Call 911 now" in screen


def test_a_vague_answer_is_asked_about_and_a_yes_makes_it_so(talk: Talk) -> None:
    screen, _ = talk("yes", "I have", "yes")
    asked, _, after = screen.partition("Did you say yes?")
    assert "not taken)" in asked
    assert "Call 911 now" not in asked
    assert "Call 911 now" in after


def test_a_recap_wants_its_yes_as_plain_as_a_question_does(talk: Talk) -> None:
    turns = conversations.read(
        conversations.FOLDER / "en-US" / "ordinary_cramp_in_thirteen_questions.toml"
    ).turns
    at = next(number for number, turn in enumerate(turns) if turn.get("offer") == "recap")
    screen, _ = talk(*(f">{turn['user']}" for turn in turns[1 : at + 1]), "I have", ">stop")
    assert "Did you say yes?" in screen


def test_a_sign_in_doubt_is_read_back_and_a_yes_makes_it_so(talk: Talk) -> None:
    screen, _ = talk("yes", "one calf is swollen", "yes")
    _, asked, after = screen.partition("Did you say: One calf is swollen?")
    assert asked
    assert "noted: a leg that looks different" in after


def test_a_sign_that_was_not_said_counts_for_nothing(talk: Talk) -> None:
    screen, _ = talk("yes", "one calf is swollen", "no")
    _, asked, after = screen.partition("Did you say: One calf is swollen?")
    assert asked
    assert "missed that" in after
    assert "noted" not in after


@pytest.mark.parametrize("answer", ["no", ">no"])
def test_whatever_is_no_yes_leaves_the_question_open(talk: Talk, answer: str) -> None:
    screen, _ = talk("yes", "I have", answer)
    _, _, after = screen.partition("Did you say yes?")
    assert "chest pain" in after
    assert "Call 911 now" not in after
    assert "No to chest" not in after


def test_what_is_said_instead_is_taken_as_it_is(talk: Talk) -> None:
    screen, _ = talk("yes", "I have", "stop")
    assert "Okay, stopping here" in screen


def test_a_typed_yes_makes_it_so_too(talk: Talk) -> None:
    screen, _ = talk("yes", "I have", ">yes")
    assert "Call 911 now" in screen


def test_eight_seconds_of_silence_bring_the_reprompt_and_then_the_end(talk: Talk) -> None:
    screen, room = talk("...", "...")
    assert screen.count("(listening)") == 2
    assert "one yes or no question at a time" in screen
    assert room.lines == []


def test_the_name_opens_the_skill(talk: Talk) -> None:
    screen, _ = talk("stop", "open leg cramp guide", "stop")
    assert screen.count("Leg Cramp Guide: information") == 2


@pytest.mark.parametrize("call", ["Alexa", "Alexa, open leg cramp guide"])
def test_the_word_that_wakes_it_opens_the_skill_once(talk: Talk, call: str) -> None:
    screen, _ = talk("stop", call, "stop")
    assert screen.count("Leg Cramp Guide: information") == 2


def test_other_talk_does_not_open_it(talk: Talk) -> None:
    screen, _ = talk("stop", "what a lovely day", "start the car")
    assert screen.count("Leg Cramp Guide: information") == 1


def test_what_is_typed_counts_as_said(talk: Talk) -> None:
    screen, _ = talk(">yes", ">yes")
    assert "Call 911 now" in screen


def test_stop_is_heard_in_the_pauses_of_an_exercise(talk: Talk) -> None:
    screen, _ = talk("my calf is cramping right now", "~stop")
    assert "you    Stop." in screen
    assert "Okay, stopping here" in screen


def test_with_a_headset_stop_is_heard_at_any_time(talk: Talk) -> None:
    screen, _ = talk("!stop", deaf=0)
    assert "you    Stop." in screen
    assert "Okay, stopping here" in screen


@pytest.mark.parametrize(("deaf", "heard"), [(0.5, True), (4.0, False)])
def test_a_canceller_is_trusted_once_it_has_heard_the_voice_for_a_while(
    talk: Talk,
    deaf: float,
    heard: bool,  # noqa: FBT001
) -> None:
    screen, _ = talk("!stop", deaf=deaf)
    assert ("you    Stop." in screen) is heard


def test_with_a_headset_an_answer_to_half_a_question_is_not_taken(talk: Talk) -> None:
    screen, _ = talk("yes", "!no", deaf=0)
    assert "you    No." not in screen


@pytest.mark.parametrize(("deaf", "at_once"), [(0, True), (0.5, False)])
def test_its_own_words_out_of_a_canceller_make_it_listen_and_are_not_taken(
    talk: Talk,
    deaf: float,
    at_once: bool,  # noqa: FBT001
) -> None:
    screen, _ = talk("yes", "!trouble breathing", "...", deaf=deaf)
    assert ("Call 911 now" in screen) is at_once


@pytest.mark.parametrize(
    ("deaf", "line", "heard"), [(0.5, "!wait", True), (0.5, "!-wait", False), (0, "!-wait", True)]
)
def test_what_is_far_fainter_than_the_person_is_what_a_canceller_left(
    talk: Talk,
    deaf: float,
    line: str,
    heard: bool,  # noqa: FBT001
) -> None:
    screen, _ = talk("yes", line, "...", ">stop", deaf=deaf)
    assert ("Take your time" in screen) is heard


def spoken(room: Room) -> float:
    """The seconds that the speaker has talked."""
    return SECONDS * sum(bool(block.any()) for block in room.played)


@pytest.fixture(scope="module")
def uninterrupted(talk: Talk) -> float:
    """The seconds that the speaker talks where its welcome is heard to the end and a stop is typed."""
    _, room = talk("...", ">stop", deaf=0)
    return spoken(room)


@pytest.mark.parametrize("deaf", [0, 0.5])
def test_a_sign_that_was_half_heard_is_asked_about_at_once(talk: Talk, deaf: float) -> None:
    screen, _ = talk("yes", "!one calf is swollen", ">yes", deaf=deaf)
    _, asked, after = screen.partition("Did you say: One calf is swollen?")
    assert asked
    assert "noted: a leg that looks different" in after


@pytest.fixture
def half_heard(ears: Ears, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Make the first so many wordings doubtful."""
    taken = ears.doubter.taken

    def doubt(times: int) -> None:
        left = iter([True] * times)

        def doubtful_at_first(evidence: Evidence, *, asked: bool) -> Understood:
            heard = taken(evidence, asked=asked)
            if not next(left, False):
                return heard
            return heard._replace(doubt="unlikely", about=WORDS if heard.intent == SIGN else "")

        monkeypatch.setattr(ears.doubter, "taken", doubtful_at_first)

    return doubt


@pytest.mark.parametrize(("deaf", "asked"), [(0, True), (0.5, False)])
def test_a_canceller_may_have_left_what_is_half_a_sign_and_none_that_it_knows(
    talk: Talk,
    half_heard: Callable[[int], None],
    deaf: float,
    asked: bool,  # noqa: FBT001
) -> None:
    half_heard(1)
    screen, _ = talk("!it's working", "...", ">stop", deaf=deaf)
    assert ("Did you say: It's working?" in screen) is asked


@pytest.mark.parametrize(("said", "reply"), [("wait", "Take your time"), ("repeat that", "Leg Cramp Guide")])
def test_what_harms_nothing_is_done_though_its_voice_drowns_half_of_it(
    talk: Talk, half_heard: Callable[[int], None], said: str, reply: str
) -> None:
    half_heard(1)
    screen, _ = talk(f"!{said}", ">stop", deaf=0)
    assert reply in screen.partition(f"you    {said.capitalize()}")[2]
    assert NOT_TAKEN not in screen


@pytest.mark.parametrize(("answer", "doubtful"), [("yes", 1), ("stop", 1), ("stop", 2)])
def test_a_stop_that_was_half_heard_is_asked_about(
    talk: Talk, half_heard: Callable[[int], None], uninterrupted: float, answer: str, doubtful: int
) -> None:
    half_heard(doubtful)
    screen, room = talk("!stop", answer, deaf=0)
    assert "Okay, stopping here" in screen.partition("Do you want to stop?")[2]
    assert spoken(room) < uninterrupted


@pytest.mark.parametrize(
    ("answer", "reply"), [("no", "Leg Cramp Guide: information"), ("I can't feel my foot", "Call 911 now")]
)
def test_it_goes_on_where_no_stop_was_meant(
    talk: Talk, half_heard: Callable[[int], None], answer: str, reply: str
) -> None:
    half_heard(1)
    screen, _ = talk("!stop", answer, deaf=0)
    after = screen.partition("Do you want to stop?")[2]
    assert reply in after
    assert "missed that" not in after
    assert "Okay, stopping here" not in after


def test_a_sign_told_into_its_last_words_is_not_lost(talk: Talk) -> None:
    screen, _ = talk("stop", "!I can't feel my foot", deaf=0)
    assert "Okay, stopping here" in screen
    assert "Call 911" in screen.partition("Okay, stopping here")[2]


@pytest.mark.parametrize("noise", [0.01, 0.03])
def test_noise_alone_is_silence_and_no_answer(talk: Talk, noise: float) -> None:
    screen, _ = talk("...", "...", noise=noise)
    assert "you    Yes" not in screen
    assert "you    No" not in screen


def test_nothing_is_written_anywhere(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    opened: list[str] = []
    watching = True

    def hook(event: str, given: tuple[Any, ...]) -> None:
        if watching and event == "open" and isinstance(given[1], str) and set(given[1]) & set("wax+"):
            opened.append(str(given[0]))

    talk("stop")  # whatever is loaded once has been loaded
    sys.addaudithook(hook)
    talk("yes", "I can't feel my foot")
    watching = False
    assert opened == []
    assert "foot" not in caplog.text.lower()


def test_the_pauses_of_an_exercise_are_real(talk: Talk) -> None:
    """As the speech has them: 0.6 seconds between the counts, two and three around the stretch."""
    _, room = talk("my calf is cramping right now")
    pauses = [round(gap, 1) for gap in seconds_between(room.played)]
    assert sum(0.6 <= gap <= 0.7 for gap in pauses) >= 19
    assert sum(2.0 <= gap <= 2.1 for gap in pauses) == 1
    assert sum(3.0 <= gap <= 3.1 for gap in pauses) >= 1
