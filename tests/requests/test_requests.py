"""Requests as devices, the console and the store send them, through the handler that AWS Lambda calls.

Each file beside this one holds one request and what must come of it; `seen` names a public report of it.
"""

from __future__ import annotations

import json
import logging
import runpy
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ask_sdk_core.exceptions import AskSdkException

from crampguide.speech import catalogue_for, to_plain
from simulator.device.replies import read_reply
from simulator.device.ssml import plain

Json = dict[str, Any]
Handler = Callable[[Json, object], Json]

FILES = sorted(Path(__file__).parent.glob("*.json"))
POINT = Path(__file__).parents[2] / "lambda" / "lambda_function.py"
KNOWN = {
    "refused", "silent", "can_fulfill", "asking", "offer", "level", "answers", "wanted",
    "only", "says", "says_one_of", "never", "logged", "screen",
}  # fmt: skip
LOGGED = {"request", "type", "intent", "asks", "ms"}


@cache
def handler(skill_id: str) -> Handler:
    """`lambda_handler` of a process that was started with this skill id."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SKILL_ID", skill_id)
        found: Handler = runpy.run_path(str(POINT))["lambda_handler"]
    return found


def lines(caplog: pytest.LogCaptureFixture) -> Iterator[Json]:
    for record in caplog.records:
        if record.name == "crampguide":
            yield json.loads(record.getMessage())


def words(key: str, locale: str) -> set[str]:
    """Every phrasing of a line, as it is heard."""
    catalogue = catalogue_for(locale)
    return {to_plain(catalogue.say(key, number)) for number in range(len(catalogue.lines[key]))}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_comes_of_a_request(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    case = json.loads(file.read_text(encoding="utf-8"))
    event, expected = case["event"], case["expect"]
    assert case["about"]
    assert expected.keys() <= KNOWN
    call = handler(case.get("skill_id", ""))
    with caplog.at_level(logging.INFO, logger="crampguide"):
        if expected.get("refused"):
            with pytest.raises(AskSdkException):
                call(event, None)
            return
        response = json.loads(json.dumps(call(json.loads(json.dumps(event)), None)))
    check_log(list(lines(caplog)), expected.get("logged", {}), caplog.text)
    attributes = response.get("sessionAttributes", {})
    for field in expected.keys() & {"asking", "offer", "level", "answers", "wanted"}:
        assert attributes.get(field) == expected[field], field
    if "can_fulfill" in expected:
        assert response["response"] == {"canFulfillIntent": expected["can_fulfill"]}
    elif expected.get("silent"):
        assert response["response"] == {}
    else:
        check_speech(event, expected, response)


def check_log(logged: list[Json], told: Json, text: str) -> None:
    """One line for the request, which says what it may and no more, and none about an error of ours."""
    assert len(logged) == 1
    assert logged[0].keys() == LOGGED | told.keys()
    assert {field: logged[0][field] for field in told} == told
    assert "saddle" not in text


def check_speech(event: Json, expected: Json, response: Json) -> None:
    reply = read_reply(response)
    said, locale = plain(reply.speech), event["request"].get("locale")
    locale = locale if isinstance(locale, str) else ""
    assert said.endswith("?")
    assert reply.should_end is False
    assert reply.reprompt
    assert not any(apology in said for apology in words("error.line", locale))
    assert all(part in said for part in expected.get("says", ()))
    assert not any(part in json.dumps(response) for part in expected.get("never", ()))
    if key := expected.get("says_one_of"):
        assert any(line in said for line in words(key, locale))
    if only := expected.get("only"):
        rest = said
        for key in only:
            line = next((line for line in words(key, locale) if rest.startswith(line)), None)
            assert line is not None, (key, rest)
            rest = rest.removeprefix(line).lstrip()
        assert not rest
    assert bool(reply.directives) == expected.get("screen", False)


def test_a_provenance_names_a_thread_and_no_address() -> None:
    for file in FILES:
        seen = json.loads(file.read_text(encoding="utf-8")).get("seen", "a/b#1")
        owner, _, thread = seen.partition("/")
        assert owner
        assert thread.partition("#")[2].isdecimal(), file.name
