"""Conversations held with the dialogue alone: no request, no response, no session attributes of Alexa's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from crampguide.dialogue import Reply, Slots, State, load_guide, move, reply
from crampguide.speech import Catalogue, catalogue_for, to_plain
from crampguide.triage import QuestionId

GUIDE = load_guide()
LAMBDA = Path(__file__).parents[2] / "lambda"
CALF, SADDLE = QuestionId("one_calf_swollen"), QuestionId("saddle_numbness")


class Talk:
    """Somebody and the guide, with nothing between them."""

    def __init__(self, locale: str = "en-US") -> None:
        self.catalogue: Catalogue = catalogue_for(locale)
        self.state = State()
        self.last: Reply | None = None

    def says(self, intent: str, **slots: tuple[str, ...]) -> str:
        """The words of the reply."""
        turn = move(GUIDE, self.state, intent, Slots(**slots))  # type: ignore[arg-type] # ids by any name
        self.last = reply(GUIDE, self.catalogue, turn)
        self.state = self.last.turn.state
        return to_plain(self.last.speech)

    def denies_all(self) -> None:
        """No to every question, up to the recap."""
        while self.state.asking is not None:
            self.says("AMAZON.NoIntent")


@pytest.mark.parametrize(
    ("locale", "number"), [("en-US", "911"), ("en-GB", "999"), ("en-AU", "000"), ("en-IN", "112")]
)
def test_a_sign_of_an_emergency_gets_its_advice_at_once(locale: str, number: str) -> None:
    talk = Talk(locale)
    talk.says("CheckIntent")
    assert talk.state.asking == "chest_or_breathing"
    said = talk.says("SymptomIntent", signs=(SADDLE,))
    assert number in said
    assert (talk.state.level, talk.state.offer) == ("emergency", "heard_right")
    assert talk.state.answers == {SADDLE: "yes"}


def test_a_check_goes_through_its_recap_to_advice_and_tips() -> None:
    talk = Talk()
    talk.says("AMAZON.NavigateHomeIntent")
    assert talk.state.offer == "check"
    talk.says("AMAZON.YesIntent")
    talk.denies_all()
    assert talk.state.offer == "recap"
    talk.says("AMAZON.YesIntent")
    assert (talk.state.level, talk.state.offer) == ("routine", "more"), "a cramp that lets go was denied too"
    talk.says("AMAZON.YesIntent")
    assert (talk.state.level, talk.state.offer) == ("routine", "tips")
    talk.says("AMAZON.YesIntent")
    talk.denies_all()
    told = [line.key for line in talk.state.said]
    assert any(key.startswith("tip.") for key in told)
    assert talk.state.offer == "more_tips"


def test_an_urgent_sign_is_recapped_and_sends_for_help_today() -> None:
    talk = Talk()
    talk.says("SymptomIntent", signs=(CALF,))
    talk.denies_all()
    assert talk.state.offer == "recap"
    talk.says("AMAZON.YesIntent")
    assert (talk.state.level, talk.state.offer) == ("urgent", "hear_again")
    talk.says("ExerciseIntent")
    assert [line.key for line in talk.state.said] == ["tips.not_now", "goodbye.urgent", "ask.hear_again"]


def test_a_stop_closes_with_what_must_not_be_forgotten() -> None:
    talk = Talk()
    talk.says("CheckIntent")
    talk.says("AMAZON.StopIntent")
    assert talk.state.open is None
    assert talk.last is not None
    assert talk.last.reprompt is None
    assert "net.line" in {line.key for line in talk.state.said}


def test_the_words_of_a_reply_are_those_that_are_spoken() -> None:
    talk = Talk()
    for intent in ("CheckIntent", "AMAZON.HelpIntent", "WhyIntent", "UnsureIntent", "AMAZON.NoIntent"):
        said = talk.says(intent)
        assert talk.last is not None
        assert " ".join(each.text for each in talk.last.worded) == said
        assert tuple(each.line for each in talk.last.worded) == talk.state.said


def test_the_dialogue_loads_nothing_of_alexa() -> None:
    code = (
        "import sys, crampguide.dialogue;"
        "print([name for name in sys.modules if name.startswith(('ask_sdk', 'crampguide.alexa'))])"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=LAMBDA, capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
