"""A line that has no words is an error that is heard and logged, and never silence."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crampguide.dialogue.intents import move
from crampguide.dialogue.offers import load_guide
from crampguide.dialogue.replies import Reply, reply
from crampguide.dialogue.state import State
from crampguide.dialogue.turn import Slots, Turn
from crampguide.speech import Catalogue, Line, catalogue_for, rules, to_ssml
from crampguide.triage import Level, level_of, load_protocol
from tests.dialogue.states import a_state
from tests.speech.turns import every_turn
from tools.words import sayable

GUIDE = load_guide()

LAMBDA = Path(__file__).parents[2] / "lambda"
GOOD = catalogue_for("en-US")
ALL = dict(GOOD.lines)
SORRY, SAFETY = GOOD.say("error.line"), GOOD.say("net.line")
Json = dict[str, Any]


def lacking(*keys: str) -> Catalogue:
    return Catalogue("en-US", {key: said for key, said in ALL.items() if key not in keys})


def spoken(text: str) -> str:
    return to_ssml(text)


@cache
def a_turn_for() -> Mapping[str, Turn]:
    """For each key one turn that says it, asks it or names it; a recap where there is one."""
    found: dict[str, Turn] = {}
    for turn in every_turn():
        lines = (*turn.lines, *((turn.ask,) if turn.ask else ()))
        names = (f"sign.{name}" for line in lines for name in line.names if line.key.startswith("because."))
        for key in (*(line.key for line in lines), *names):
            found.setdefault(key, turn)
    return found


def test_without_any_one_line_every_reply_still_says_what_to_do() -> None:
    """Exhaustive over the keys: what is left of a turn that says the line, and an apology in its place."""
    wrong = []
    for key, whole in a_turn_for().items():
        if key not in ALL:
            continue
        turn, answer = said_with(lacking(key), key, whole)
        if problem := _problem(key, turn, answer) or ("" if answer.missing else "is not told to be missing"):
            wrong.append((key, problem, answer.speech))
    assert wrong == []
    assert len(a_turn_for()) > len(ALL) / 2


def said_with(catalogue: Catalogue, key: str, turn: Turn) -> tuple[Turn, Reply]:
    """The piece of a long reply that a line belongs to, and what is said of it."""
    answer = reply(GUIDE, catalogue, turn)
    if key not in {line.key for line in answer.turn.state.rest}:
        return turn, answer
    return said_with(catalogue, key, move(GUIDE, answer.turn.state, "AMAZON.YesIntent", Slots()))


def _problem(key: str, turn: Turn, answer: Reply) -> str:
    said = (*answer.turn.lines, *answer.turn.state.rest)
    if key != "error.line" and Line("error.line") not in said:
        return "has no apology"
    if any(key in (line.key, *_named(line)) for line in said):
        return "says what has no words"
    if turn.ask and (turn.ask.key == key or turn.state.offer == "recap") != (answer.turn.ask is None):
        return "ends without need, or asks what nobody heard"
    if [line for line in turn.lines if key not in (line.key, *_named(line)) and line not in said]:
        return "loses what could be said"
    return _unsafe(key, said, answer)


def _named(line: Line) -> set[str]:
    return {f"sign.{name}" for name in line.names} if line.key.startswith("because.") else set()


def _unsafe(key: str, said: Sequence[Line], answer: Reply) -> str:
    """In an emergency that ends here the number is said, whatever is missing; else the warning signs are."""
    emergency = level_of(load_protocol(), answer.turn.state.counted_answers()) is Level.EMERGENCY
    last = "goodbye.emergency" if emergency and answer.turn.ask is None else "net.line"
    return "" if key == last or Line(last) in said else "does not say when to call for help"


def test_a_recap_that_cannot_be_said_whole_is_not_asked_to_be_confirmed() -> None:
    turn = Turn(a_state(offer="recap"), (Line("recap.yes", ("pain_down_leg",)),), Line("ask.recap"))
    for key in ("recap.yes", "sign.pain_down_leg"):
        answer = reply(GUIDE, lacking(key), turn)
        assert (answer.turn.ask, answer.reprompt, answer.turn.state.offer) == (None, None, None)
        assert answer.speech.startswith(SORRY)


def test_a_missing_reprompt_is_the_question_once_more() -> None:
    answer = reply(GUIDE, lacking("reprompt.check"), Turn(a_state(offer="check"), (), Line("ask.check")))
    assert answer.reprompt == answer.speech == spoken(GOOD.say("ask.check"))
    assert answer.missing == (None,)


def test_what_may_be_silent_and_what_is_spared_is_no_error() -> None:
    assert "meaning.pain_below_knee" not in ALL
    asked = Line("reword.pain_below_knee")
    assert reply(GUIDE, GOOD, Turn(State(), (Line("meaning.pain_below_knee"),), asked)).turn.lines == ()
    for key in rules().brief:
        assert reply(GUIDE, GOOD, Turn(a_state(brief=True), (Line(key),), asked)).turn.lines == ()
        assert reply(GUIDE, GOOD, Turn(State(), (Line(key),), asked)).turn.lines == (Line(key),)
        assert reply(GUIDE, GOOD, Turn(State(), (Line(key),), asked)).missing == ()


def test_where_nothing_is_left_to_say_it_is_an_error_and_not_silence() -> None:
    with pytest.raises(KeyError):
        reply(
            GUIDE,
            Catalogue("en-US", {}),
            Turn(a_state(offer="check"), (Line("welcome.first"),), Line("ask.check")),
        )


def test_a_region_without_its_number_says_what_it_can() -> None:
    answer = reply(
        GUIDE,
        lacking("region.emergency_number"),
        Turn(a_state(offer="check"), (Line("net.line"),), Line("ask.check")),
    )
    assert answer.speech == spoken(f"{SORRY} {GOOD.say('ask.check')}")


def test_only_keys_that_tell_nothing_about_anybody_are_logged() -> None:
    told = set()
    for key in sorted(sayable.keys() & ALL.keys()):
        line = Line(key, ("pain_down_leg",) if "{signs}" in ALL[key][0] else ())
        turn = Turn(a_state(offer="check"), (line,), Line("ask.check"))
        told |= {missing or "" for missing in reply(GUIDE, lacking(key), turn).missing}
    groups = {key.partition(".")[0] for key in told - {""}}
    assert groups == rules().logged
    ids = {*load_protocol().questions, *load_protocol().combinations, *(level.id for level in Level)}
    assert {key for key in told if key.partition(".")[2] in ids} == set()


_HEARD = """
import json, sys
from lambda_function import lambda_handler
attributes, said = None, []
for step in json.loads(sys.argv[1]):
    request = {"requestId": "r", "locale": "en-US", **step}
    event = {"version": "1.0", "context": {}, "request": request,
             "session": {"new": False, "sessionId": "s", "attributes": attributes, "application": {}}}
    answer = lambda_handler(event, None)
    attributes = answer["sessionAttributes"]
    response = answer["response"]
    said.append([response["outputSpeech"]["ssml"], response["shouldEndSession"]])
print(json.dumps(said))
"""
LAUNCH = {"type": "LaunchRequest"}
YES = {"type": "IntentRequest", "intent": {"name": "AMAZON.YesIntent"}}
NO = {"type": "IntentRequest", "intent": {"name": "AMAZON.NoIntent"}}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    shutil.copytree(LAMBDA, tmp_path / "lambda", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "lambda"


def heard(house: Path, *steps: Json) -> tuple[list[tuple[str, bool]], list[Json]]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _HEARD, json.dumps(steps)],
        cwd=house,
        capture_output=True,
        text=True,
        check=True,
    )
    log = [json.loads(line) for line in done.stderr.splitlines()]
    return [(ssml, ended) for ssml, ended in json.loads(done.stdout)], log


def take_out(house: Path, key: str) -> None:
    group, _, name = key.partition(".")
    file = {"question": "questions", "advice": "advice"}.get(group, "lines")
    if file == "questions":
        group, name = name, group
    path = house / "crampguide" / "speech" / "en" / f"{file}.toml"
    before, head, after = path.read_text(encoding="utf-8").partition(f"[{group}]\n")
    lines, mark, rest = after.partition("\n[")
    kept = [line for line in lines.splitlines() if not line.startswith(f"{name} = ")]
    assert len(kept) < len(lines.splitlines())
    path.write_text(before + head + "\n".join(kept) + mark + rest, encoding="utf-8")


def test_the_welcome_without_its_words_is_an_apology_and_the_question(house: Path) -> None:
    take_out(house, "welcome.first")
    ((ssml, ended),), log = heard(house, LAUNCH)
    assert ssml == f"<speak>{spoken(f'{SORRY} {SAFETY}')} {GOOD.say('ask.check')}</speak>"
    assert not ended
    assert log[0] == {"error": "missing line", "line": "welcome.first"}


@pytest.mark.parametrize(
    ("key", "answers"), [("advice.emergency_ambulance", (YES,)), ("advice.emergency", (NO, YES))]
)
def test_an_emergency_is_one_whatever_line_is_missing(
    house: Path, key: str, answers: tuple[Json, ...]
) -> None:
    take_out(house, key)
    (*_, (ssml, ended)), log = heard(house, LAUNCH, YES, *answers)
    assert ssml.startswith(f"<speak>{spoken(f'{SORRY} {SAFETY}')}")
    assert spoken(GOOD.say("advice.emergency_again")) in ssml
    assert not ended
    assert {"error": "missing line"} in log


def test_a_question_that_cannot_be_asked_is_not_taken_for_answered(house: Path) -> None:
    take_out(house, "question.bladder_or_bowel_change")
    (*_, (ssml, ended)), _ = heard(house, LAUNCH, YES, NO)
    assert ended
    assert "?" not in ssml
    assert spoken(f"{SORRY} {SAFETY}") in ssml


def test_a_broken_file_is_named_in_the_log(house: Path) -> None:
    with (house / "crampguide" / "relief" / "tips.toml").open("a", encoding="utf-8") as tips:
        tips.write("\nwhat is this")
    tips_asked = {"type": "IntentRequest", "intent": {"name": "TipsIntent", "slots": {}}}
    (_, (ssml, ended)), log = heard(house, LAUNCH, tips_asked)
    assert SORRY in ssml
    assert not ended
    (line,) = (line for line in log if "error" in line)
    assert line["error"] == "ReliefError"
    assert line["problems"][0].startswith("crampguide/relief/tips.toml: not valid TOML: ")
