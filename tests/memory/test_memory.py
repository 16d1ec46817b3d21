"""What is remembered and forgotten: the real handler, the real boto3, a real table."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import boto3
import pytest

from crampguide.alexa.skill import build_skill
from crampguide.dialogue.codec import LEVELS, write_state
from crampguide.dialogue.offers import load_guide
from crampguide.dialogue.state import State
from crampguide.memory import Preferences, open_memory, preferences
from crampguide.memory.record import MONTH, YEAR
from crampguide.speech import catalogue_for, spoken
from crampguide.triage import ANSWERS, Level, load_protocol
from simulator.device.echo import Device, Exchange
from tests.memory.conftest import Rows

ANNA, BEN = "amzn1.ask.account.ANNA", "amzn1.ask.account.BEN"
FIELDS = {"id", "introduced", "pace", "brief", "version", "expires"}


def device(rows: Rows, user: str = ANNA, **env: str) -> Device:
    """A device of the user's, with a process of the skill to itself."""
    return Device(build_skill({"MEMORY_TABLE": rows.name} | env).lambda_handler(), user_id=user)


def line(key: str) -> str:
    return catalogue_for("en-US").say(key)


def trouble(error: Exception) -> None:
    raise AssertionError from error


def person(rows: Rows, user: str = ANNA, **env: str) -> Any:  # noqa: ANN401 - a Person, or the test is wrong
    memory = open_memory({"MEMORY_TABLE": rows.name} | env)
    assert memory
    return memory.person(user, trouble)


def test_someone_who_returns_gets_the_short_welcome_on_any_device(rows: Rows) -> None:
    assert line("welcome.first") in device(rows).launch().text
    again = device(rows).launch()
    assert line("welcome.returning") in again.text
    assert again.attributes["offer"] == "check"
    assert line("welcome.first") in device(rows, BEN).launch().text


def test_without_a_table_everyone_is_a_stranger() -> None:
    handler = build_skill({}).lambda_handler()
    for _ in range(2):
        assert line("welcome.first") in Device(handler).launch().text


def test_pace_and_brevity_are_kept(rows: Rows) -> None:
    first = device(rows)
    first.launch()
    first.intent("SlowerIntent")
    first.intent("BrieferIntent")
    second = device(rows)
    assert 'rate="80%"' in second.launch().speech
    second.intent("AMAZON.YesIntent")
    assert second.intent("UnsureIntent").text == line("recheck.chest_or_breathing"), "no courtesy before it"
    second.intent("FasterIntent")
    second.intent("FullerIntent")
    third = device(rows)
    assert "prosody" not in third.launch().speech
    third.intent("AMAZON.YesIntent")
    assert third.intent("AMAZON.NoIntent").text != line("question.bladder_or_bowel_change")


def test_a_pace_chosen_in_a_one_shot_is_kept(rows: Rows) -> None:
    one_shot = device(rows)
    one_shot.intent("CheckIntent")
    one_shot.intent("SlowerIntent")
    launched = device(rows).launch()
    assert 'rate="80%"' in launched.speech
    assert "Leg Cramp Guide" in launched.text, "they have not heard the introduction yet"


def test_home_and_start_over_keep_how_to_talk(rows: Rows) -> None:
    for intent in ("AMAZON.NavigateHomeIntent", "AMAZON.StartOverIntent"):
        at = device(rows, f"{ANNA}.{intent}")
        at.launch()
        at.intent("BrieferIntent")
        turn = at.intent(intent)
        assert turn.attributes["brief"] is True
        assert turn.attributes["introduced"] is True


def test_the_row_is_written_only_when_something_changed(rows: Rows) -> None:
    def version() -> int:
        return int(rows.only()["version"]["N"])

    at = device(rows)
    at.launch()
    assert version() == 1
    for intent in ("AMAZON.YesIntent", "AMAZON.NoIntent", "AMAZON.RepeatIntent"):
        at.intent(intent)
    at.launch()
    assert version() == 1
    at.intent("SlowerIntent")
    at.intent("SlowerIntent")
    assert version() == 2


def test_use_prolongs_it_to_a_year_but_writes_once_a_month(rows: Rows, now: float) -> None:
    device(rows).launch()
    assert 0 <= int(rows.only()["expires"]["N"]) - int(now) - YEAR < 3600
    for age, renewed in ((MONTH - 3600, False), (MONTH + 3600, True)):
        written = int(now) + YEAR - age
        rows.change(expires={"N": str(written)})
        assert line("welcome.returning") in device(rows).launch().text
        assert (int(rows.only()["expires"]["N"]) != written) is renewed


def test_what_has_expired_is_not_known_even_before_dynamodb_removes_it(rows: Rows, now: float) -> None:
    first = device(rows)
    first.launch()
    first.intent("SlowerIntent")
    rows.change(expires={"N": str(int(now) - 1)})
    launched = device(rows).launch()
    assert line("welcome.first") in launched.text
    assert "prosody" not in launched.speech
    assert rows.only()["pace"] == {"S": "normal"}
    assert line("welcome.returning") in device(rows).launch().text


@pytest.mark.parametrize(
    "damage", [{"pace": {"S": "sideways"}}, {"brief": {"S": "yes"}}, {"introduced": {"N": "1"}}]
)
def test_a_damaged_row_is_that_of_a_stranger_and_mends(rows: Rows, damage: dict[str, Any]) -> None:
    device(rows).launch()
    rows.change(**damage)
    assert line("welcome.first") in device(rows).launch().text
    assert line("welcome.returning") in device(rows).launch().text


def test_forget_me_erases_and_keeps_nothing_after_it(rows: Rows) -> None:
    at = device(rows)
    at.launch()
    device(rows, BEN).launch()
    told = at.intent("ForgetMeIntent")
    assert line("forget.erased") in told.text
    at.intent("SlowerIntent")
    at.intent("AMAZON.NavigateHomeIntent")
    assert len(rows.all()) == 1, "only Ben is remembered"
    assert line("welcome.first") in device(rows).launch().text


def event(kind: str, user: str = ANNA) -> dict[str, Any]:
    """A skill event, which has no session."""
    request = {"type": kind, "requestId": "request", "timestamp": "2026-01-01T12:00:00Z"}
    system = {"application": {"applicationId": "skill"}, "user": {"userId": user}}
    return {"version": "1.0", "context": {"System": system}, "request": request}


def test_disabling_the_skill_erases(rows: Rows) -> None:
    for user in (ANNA, BEN):
        device(rows, user).launch()
    handler = build_skill({"MEMORY_TABLE": rows.name}).lambda_handler()
    for kind in ("AlexaSkillEvent.SkillEnabled", "AlexaSkillEvent.SomethingNew", "SkillDisabled"):
        assert handler(event(kind), None) == {"version": "1.0", "response": {}}
    assert len(rows.all()) == 2
    for _ in range(2):
        assert handler(event("AlexaSkillEvent.SkillDisabled"), None) == {"version": "1.0", "response": {}}
    assert len(rows.all()) == 1
    assert line("welcome.returning") in device(rows, BEN).launch().text


def test_two_devices_do_not_undo_each_other(rows: Rows) -> None:
    kitchen, bedroom = person(rows), person(rows)
    before = kitchen.recall()
    assert before == bedroom.recall() == Preferences()
    assert kitchen.keep(before, before._replace(introduced=True, pace="slow"))
    assert bedroom.keep(before, before._replace(introduced=True, brief=True))
    assert person(rows).recall() == Preferences(introduced=True, pace="slow", brief=True)
    kitchen, bedroom = person(rows), person(rows)
    before = kitchen.recall()
    bedroom.recall()
    assert kitchen.keep(before, before._replace(pace="fast"))
    assert bedroom.keep(before, before._replace(brief=False))
    assert person(rows).recall() == Preferences(introduced=True, pace="fast", brief=False)


def test_what_another_device_erased_in_the_meantime_stays_erased(rows: Rows) -> None:
    first = person(rows)
    assert first.keep(Preferences(), Preferences(introduced=True))
    kitchen, bedroom = person(rows), person(rows)
    before = kitchen.recall()
    assert bedroom.forget() == "erased"
    assert kitchen.keep(before, before._replace(pace="slow"))
    assert rows.all() == []


def test_the_key_is_a_salted_hash(rows: Rows) -> None:
    for env in ({}, {"MEMORY_SALT": "salt"}, {"MEMORY_SALT": "pepper"}):
        assert person(rows, **env).recall() == Preferences()
        assert person(rows, **env).keep(Preferences(), Preferences(introduced=True))
        assert person(rows, **env).recall() == Preferences(introduced=True)
    keys = {row["id"]["S"] for row in rows.all()}
    assert len(keys) == 3
    assert hashlib.sha256(ANNA.encode()).hexdigest() not in keys
    assert "ANNA" not in json.dumps(rows.all())


def everything_about_health() -> list[Any]:
    protocol = load_protocol()
    ids = [
        *protocol.questions,
        *ANSWERS,
        *(level.id for level in Level),
        *LEVELS,
        *load_guide().offers,
        "sciatica",
        "cramp",
    ]
    return [*ids, dict.fromkeys(protocol.questions, "yes"), ("saddle_numbness",), 1, None]


@pytest.mark.parametrize("field", Preferences._fields)
def test_no_field_takes_anything_about_health(rows: Rows, field: str) -> None:
    memory = open_memory({"MEMORY_TABLE": rows.name})
    assert memory
    refused: list[str] = []
    for value in everything_about_health():
        someone = memory.person(ANNA, lambda error: refused.append(type(error).__name__))
        assert not someone.keep(Preferences(), Preferences()._replace(**{field: value}))
    assert refused == ["ValueError"] * len(everything_about_health())
    assert rows.all() == []


def test_no_conversation_leaves_anything_but_how_to_talk(rows: Rows) -> None:
    """Every sign, every answer, every field of the state: the row has its six fields and their values."""
    at = device(rows)
    handler = build_skill({"MEMORY_TABLE": rows.name}).lambda_handler()
    at.launch()
    protocol = load_protocol()
    filled = {
        "answers": dict.fromkeys(protocol.questions, "yes"),
        "history": " ".join(protocol.questions),
        "opened": " ".join(sorted(protocol.opens)),
        "unheard": "one_calf_swollen",
        "level": "emergency",
        "pattern": "sciatica",
        "offer": "hear_again",
        "confirmed": True,
        "misheard": 1,
        "already_told": "cramp_release",
        "exercise": "cramp_release",
        "beat": 1,
        "interrupted_question": "pain_down_leg",
        "wanted": "cramp_release",
        "advised": "2026-01-01T12:00:00Z",
        "turn": 9,
    }
    for intent in ("SlowerIntent", "BrieferIntent", "AMAZON.HelpIntent", "ForgetMeIntent", "FasterIntent"):
        request = _request(at, intent, write_state(State()) | filled)
        assert handler(request, None)["sessionAttributes"]["answers"] == filled["answers"]
        for row in rows.all():
            assert row.keys() == FIELDS
            assert row["pace"]["S"] in get_args(preferences.Pace)
            assert all(set(row[flag]) == {"BOOL"} for flag in ("introduced", "brief"))
            assert all(set(row[number]) == {"N"} for number in ("version", "expires"))
            assert len(row["id"]["S"]) == 64


def _request(at: Device, intent: str, attributes: dict[str, Any]) -> dict[str, Any]:
    turn: Exchange = at.launch()
    request = {"type": "IntentRequest", "intent": {"name": intent, "confirmationStatus": "NONE"}}
    event = json.loads(json.dumps(dict(turn.request)))
    event["session"] |= {"new": False, "attributes": attributes}
    event["request"] = {**event["request"], **request}
    return dict(event)


def test_the_memory_knows_the_paces_that_are_spoken() -> None:
    assert get_args(preferences.Pace) == get_args(spoken.Pace)


def test_the_client_is_made_once_and_not_before_it_is_needed(
    rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    make = boto3.session.Session.client

    def counted(session: object, *args: object, **kwargs: object) -> object:
        made.append(session)
        return make(session, *args, **kwargs)

    monkeypatch.setattr(boto3.session.Session, "client", counted)
    handler = build_skill({"MEMORY_TABLE": rows.name}).lambda_handler()
    Device(handler).intent("CheckIntent")
    assert made == []
    for user in (ANNA, BEN, ANNA):
        Device(handler, user_id=user).launch()
    assert len(made) == 1


@pytest.mark.parametrize("table", ["", "table"])
def test_importing_the_handler_loads_no_boto3_and_without_a_table_no_memory(table: str) -> None:
    code = "import sys, lambda_function; print(*sys.modules)"
    env = {"MEMORY_TABLE": table, "AWS_DEFAULT_REGION": "eu-west-1"}
    folder = Path(__file__).parents[2] / "lambda"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=env, capture_output=True, text=True, check=True
    ).stdout.split()
    assert {"boto3", "botocore"}.isdisjoint(loaded)
    assert ("crampguide.memory.known" in loaded) is bool(table)
