"""Skills that know nothing of the kit: three public samples, rebuilt with their layout and their mistakes."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.__main__ import main
from simulator.skill import Skill
from simulator.testing import Budgets, Echo, answer_real_requests, certify
from simulator.testing.certification import problems
from tests.memory.servers import moto

SKILLS = Path(__file__).parent / "skills"


@pytest.fixture(scope="session", params=["space_facts", "how_to"])
def sample(request: pytest.FixtureRequest) -> Skill:
    return Skill.at(SKILLS / request.param)


@pytest.fixture
def facts() -> Skill:
    return Skill.at(SKILLS / "space_facts")


@pytest.fixture
def how_to() -> Skill:
    return Skill.at(SKILLS / "how_to")


@pytest.mark.parametrize(
    ("name", "title", "locales"),
    [
        ("space_facts", "Space Facts", ["en-US"]),
        ("how_to", "How To Workshop", ["de-DE", "en-US"]),
        ("high_low", "High Low Game", ["en-US"]),
    ],
)
def test_every_layout_is_found(name: str, title: str, locales: list[str]) -> None:
    skill = Skill.at(SKILLS / name)
    assert (skill.title, skill.locales) == (title, locales)


def test_the_old_layout_talks(facts: Skill) -> None:
    echo = Echo(facts)
    echo.open().expects(says="Here's one.", asks=False, card=True, ends=True)
    echo.say("alexa ask space facts for a fact").expects(intent="NewFactIntent", ends=True)
    echo.say("alexa ask space facts for help").expects(asks="Which would you like", ends=False)
    echo.silent().expects(says="Would you like a fact?", ends=False)
    echo.silent().expects(ends=True)


@pytest.mark.parametrize(
    ("locale", "words", "says"),
    [
        ("en-US", "how do i make a ladder", "seven sticks"),
        ("en-US", "how do I build a torch?", "piece of coal"),
        ("de-DE", "wie baue ich eine Leiter", "sieben Stöcken"),
    ],
)
def test_slots_are_heard_in_every_language(how_to: Skill, locale: str, words: str, says: str) -> None:
    echo = Echo(how_to, locale)
    echo.open().expects(asks=True, reprompts="?")
    echo.say(words).expects(intent="RecipeIntent", says=says, card=says, ends=True)


def test_the_same_value_has_the_same_id_in_every_language(how_to: Skill) -> None:
    for locale, words in (("en-US", "a ladder"), ("de-DE", "eine stiege")):
        echo = Echo(how_to, locale)
        echo.open()
        echo.say(words).expects(slots={"Item": "LADDER"})


def test_german_is_heard_in_other_words_too(how_to: Skill) -> None:
    echo = Echo(how_to, "de-DE")
    echo.open()
    echo.say("kannst du mir bitte sagen: was kann ich sagen").expects(intent="AMAZON.HelpIntent")
    echo.say("bitte hilf mir").expects(intent="AMAZON.HelpIntent", asks="Was soll es sein")
    echo.say("stopp").expects(says="Bis bald", ends=True)


FOUND = {
    "space_facts": ["en-US, the model: has no AMAZON.FallbackIntent"],
    "how_to": ["listens without having asked anything: 'Sorry, I did not get that. Please say it again.'"],
}


def test_what_would_not_be_certified_is_found(sample: Skill) -> None:
    with pytest.raises(AssertionError) as failed:
        certify(sample)
    for each in FOUND[sample.root.name]:
        assert each in str(failed.value)


def test_a_session_that_stays_open_on_a_display_is_found(sample: Skill) -> None:
    found = problems(sample, "en-US", kind="medium")
    assert any("then AMAZON.StopIntent: does not end the session" in each for each in found)
    assert not any("does not end the session" in each for each in problems(sample, "en-US"))


def test_what_is_too_long_is_found(how_to: Skill) -> None:
    found = problems(how_to, "en-US", budgets=Budgets(asking=3, telling=1, question=2))
    assert any("a reply that asks may take 3" in each for each in found)
    assert any("a reply that asks nothing may take 1" in each for each in found)
    assert any("its question has" in each for each in found)


def test_a_locale_without_texts_breaks_a_sample_and_is_found(facts: Skill) -> None:
    with pytest.raises(AssertionError) as failed:
        answer_real_requests(facts)
    assert "en-US, locale_without_a_model: the skill raised KeyError: 'texts'" in str(failed.value)
    assert "alexa-samples/skill-sample-nodejs-highlowgame#1" in str(failed.value)


def test_what_the_real_world_does_to_the_other_is_found(how_to: Skill) -> None:
    with pytest.raises(AssertionError) as failed:
        answer_real_requests(how_to)
    named = {line.split(": ")[0].partition(", ")[2] for line in str(failed.value).splitlines()[1::2]}
    assert named == {
        "locale_missing",
        "slot_new_enumerations",
        "request_of_a_new_type",
        "viewport_of_a_new_kind",
        "session_ended_for_a_new_reason",
        "exception_encountered",
    }


def test_another_skill_is_resolved_and_talked_to(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("eine Fackel\nhilfe\n"))
    assert main(["resolve", "--skill", str(SKILLS / "how_to"), "--locale", "de-DE"]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["slots"] == {"Item": {"value": "fackel", "id": "TORCH"}}
    assert second["intent"] == "AMAZON.HelpIntent"


@pytest.fixture(scope="module")
def game() -> Iterator[Skill]:
    """The game, whose table lies on the loopback."""
    with moto() as address, pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "AWS_ENDPOINT_URL": address,
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_EC2_METADATA_DISABLED": "true",
        }.items():
            patch.setenv(name, value)
        skill = Skill(SKILLS / "high_low")
        yield skill


@pytest.mark.slow
def test_a_game_is_kept_in_the_table(game: Skill) -> None:
    echo = Echo(game)
    echo.open().expects(says="played 0 times", asks="Would you like to play")
    number = int(echo.say("yes").attributes["number"])
    wrong = "7" if number != 7 else "eight"
    echo.say(f"is it {wrong}").expects(intent="GuessIntent", slots={"number": wrong.replace("eight", "8")})
    echo.say(str(number)).expects(says=f"it was {number}", asks="play again")
    echo.say("no").expects(ends=True)
    Echo(game).open().expects(says="played 1 times")


@pytest.mark.slow
def test_what_is_wrong_with_the_game_is_found(game: Skill) -> None:
    found = problems(game, "en-US")
    assert any("then AMAZON.HelpIntent: help ends in no question" in each for each in found)
    with pytest.raises(AssertionError) as failed:
        answer_real_requests(game)
    assert "exception_encountered: Alexa would refuse" in str(failed.value)
