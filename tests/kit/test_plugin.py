"""The pytest plugin, used as somebody else's tests use it."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.skill import here
from simulator.testing.conversations import ConversationError, check, read
from simulator.testing.echo import Echo, UnmetError

HEAD = 'name = "n"\nlocale = "en-US"\nwhy = "w"\n'


@pytest.fixture
def door() -> Echo:
    return Echo(here())


def test_a_turn_is_held_to_what_is_expected(echo: Echo) -> None:
    echo.open().expects(ends=False, screen=False, offer="check").expects(says="not a diagnosis", avoids="leg")
    echo.say("yes").expects(intent="AMAZON.YesIntent", asks="chest_or_breathing")
    echo.silent().expects(ends=False)
    echo.say("i can't pee").expects(
        intent="SymptomIntent", slots={"symptom": "bladder_or_bowel_change"}, level="emergency"
    )
    echo.say("stop").expects(ends=True)


@pytest.mark.parametrize("device", ["medium"])
def test_a_device_may_have_a_display(echo: Echo) -> None:
    shown = echo.open().expects(screen=True).turn.directives[0]["datasources"]["guide"]["turn"]
    echo.touch("check", shown).expects(asks="chest_or_breathing")
    assert "(touches check, " in echo.transcript


@pytest.mark.parametrize("locale", ["en-GB"])
def test_a_locale_may_be_another(echo: Echo) -> None:
    echo.open().expects(says="call 999")


@pytest.mark.parametrize(
    ("expected", "told"),
    [
        ({"intent": "AMAZON.NoIntent"}, "intent: expected AMAZON.NoIntent, understood AMAZON.YesIntent"),
        ({"ends": True}, "ends: the session is still open"),
        ({"screen": True}, "screen: expected something to be shown"),
        ({"card": True}, "card: expected one, got ''"),
        ({"slots": {"symptom": "fever"}}, "slots: symptom is empty, expected fever"),
        ({"says": "banana"}, "says: 'banana' is not said"),
        (
            {"says": "Since this began, any knee pain, trouble walking,"},
            "differs  Since this began, any -[knee] +[chest] pain, trouble -[walking,] +[breathing,]",
        ),
        ({"avoids": "chest"}, "must not say 'chest'"),
        ({"asks": "fever"}, "asks: expected fever, got chest_or_breathing"),
        ({"level": "emergency"}, "level: expected emergency, got none"),
    ],
)
def test_a_difference_is_told_with_the_transcript(door: Echo, expected: dict[str, object], told: str) -> None:
    door.open()
    said = door.say("yes")
    with pytest.raises(UnmetError) as failed:
        said.expects(**expected)
    assert told in str(failed.value)
    assert "  1  you:   LAUNCH\n     skill: Leg Cramp Guide: information" in str(failed.value)
    assert "  2  you:   yes  (AMAZON.YesIntent)\n     skill: Since this began" in str(failed.value)


def test_what_nothing_checks_is_no_expectation(door: Echo) -> None:
    with pytest.raises(TypeError, match="nothing checks say"):
        door.open().expects(say="911")


def test_to_talk_to_nobody_is_told(door: Echo) -> None:
    with pytest.raises(UnmetError, match="nobody listens: no session is open"):
        door.say("yes")


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        ('[{ user = "LAUNCH", say = ["911"] }]', r"talk\.toml, turn 1: nothing checks say"),
        ("[{ ends = true }]", r"talk\.toml, turn 1: says nothing of the user"),
    ],
)
def test_a_misspelt_expectation_is_refused(tmp_path: Path, turns: str, told: str) -> None:
    (tmp_path / "talk.toml").write_text(f"{HEAD}turns = {turns}\n", encoding="utf-8")
    with pytest.raises(ConversationError, match=told):
        read(tmp_path / "talk.toml", here())


def test_a_conversation_goes_on_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "talk.toml").write_text(f'{HEAD}turns = [{{ user = "LAUNCH" }}]\n', encoding="utf-8")
    with pytest.raises(UnmetError, match="stops before the session does"):
        check(read(tmp_path / "talk.toml", here()), here())
