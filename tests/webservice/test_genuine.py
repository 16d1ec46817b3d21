"""What Alexa really sends is answered, exactly as Lambda answers it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from simulator.device.echo import Device
from simulator.device.requests import FixedClock
from simulator.skill import here
from simulator.understanding.resolve import Resolver
from tests.fakes.certificate_server import GOOD, HOST, encoded, sign, written
from tests.fakes.hosting import PATIENCE, Service, launch
from tools import conversations
from webservice.gate import check_time
from webservice.refusal import RefusedError

Json = dict[str, Any]
PLAYED = [
    "en-GB/emergency_chest_pain_asked",
    "en-GB/self_care_cramp",
    "en-US/cramp_right_now",
    "en-GB/misunderstood_three_times",
    "en-US/undo_emergency_with_go_back",
]
FILES = {f"{path.parent.name}/{path.stem}": path for path in conversations.paths()}
HUB: Json = {"Alexa.Presentation.APL": {"runtime": {"maxVersion": "2024.1"}}}


@pytest.mark.parametrize("interfaces", [{}, HUB], ids=["speaker", "hub"])
@pytest.mark.parametrize("name", [name for name in PLAYED if name in FILES])
def test_a_whole_conversation_is_what_it_is_on_lambda(service: Service, name: str, interfaces: Json) -> None:
    lambda_handler, exchanges = here().handler, []

    def both(event: Json, context: object) -> Json | None:
        exchanges.append((lambda_handler(json.loads(json.dumps(event)), context), service.answer(event)))
        return exchanges[-1][0]

    play(FILES[name], both, interfaces)
    assert len(exchanges) >= 4
    for on_lambda, hosted in exchanges:
        assert hosted == on_lambda


@cache
def resolver(locale: str) -> Resolver:
    return here().resolver(locale)


def play(path: Path, handler: Callable[[Json, object], Json | None], interfaces: Json) -> None:
    conversation = conversations.read(path)
    device = Device(
        handler,
        conversation.locale,
        resolver=resolver(conversation.locale),
        interfaces=interfaces,
        clock=FixedClock(datetime.now(UTC), 0.1),
    )
    acts = {conversations.LAUNCH: device.launch, conversations.SILENCE: device.silence}
    for turn in conversation.turns:
        acts.get(turn["user"], lambda words=turn["user"]: device.say(words))()
    device.end()


def test_every_conversation_played_here_exists() -> None:
    assert set(PLAYED) <= set(FILES)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"type": "Some.Request.Nobody.Knows"}, id="unknown request"),
        pytest.param({"type": "SessionEndedRequest", "reason": "USER_INITIATED"}, id="the end of a session"),
        pytest.param({"type": "IntentRequest", "intent": {"name": "Nonsense"}}, id="unknown intent"),
        pytest.param({"type": "IntentRequest"}, id="no intent"),
        pytest.param({"newProperty": {"of": ["tomorrow"]}}, id="unknown property"),
    ],
)
def test_what_is_odd_gets_the_answer_that_lambda_gives(service: Service, changed: Json) -> None:
    event = launch(**changed)
    assert service.answer(event) == here().handler(event, None)


def test_a_session_names_the_skill_where_no_context_does(service: Service) -> None:
    event = launch()
    del event["context"]
    assert service.answer(event) == here().handler(event, None)


def test_damaged_attributes_get_the_apology_that_lambda_gives(service: Service) -> None:
    event = launch(type="IntentRequest", intent={"name": "AMAZON.YesIntent"})
    event["session"]["attributes"] = {"v": "broken", "answers": 7}
    answered = service.answer(event)
    assert answered == here().handler(event, None)
    assert answered["response"]["shouldEndSession"] is False


@pytest.mark.parametrize(
    "url",
    [
        pytest.param(HOST + GOOD, id="as it is sent today"),
        pytest.param(HOST + ":443" + GOOD, id="port"),
        pytest.param("HTTPS://S3.AmazonAWS.com" + GOOD, id="scheme and host in capitals"),
        pytest.param(HOST + "/echo.api/.." + GOOD, id="out of the folder and in again"),
        pytest.param(HOST + GOOD.replace("api/", "api/./"), id="dot"),
    ],
)
def test_every_form_of_amazons_address_is_read(service: Service, url: str) -> None:
    before = service.amazon.asked.total()
    body = encoded(launch())
    assert service.send(body, sign(body, service.amazon.key, url))[0] == 200
    assert set(service.amazon.asked) >= {GOOD}
    assert service.amazon.asked.total() - before <= 1, "the same chain under another name is fetched again"


@pytest.mark.parametrize(
    ("kind", "seconds"),
    [
        pytest.param("LaunchRequest", -60, id="a minute old"),
        pytest.param("LaunchRequest", 140, id="a clock that is 140 seconds ahead"),
        pytest.param("AlexaSkillEvent.SkillDisabled", -3300, id="skill event sent again within the hour"),
        pytest.param("AlexaSkillEvent.ProactiveSubscriptionChanged", -3300, id="any skill event"),
    ],
)
def test_what_was_sent_in_time_is_answered(service: Service, kind: str, seconds: int) -> None:
    event = launch(type=kind, timestamp=written(datetime.now(UTC) + timedelta(seconds=seconds)))
    if kind.startswith("AlexaSkillEvent"):
        del event["session"]
    assert service.answer(event) == here().handler(event, None)


@pytest.mark.parametrize(
    ("kind", "oldest"), [("LaunchRequest", 150), ("AlexaSkillEvent.SkillDisabled", 3600)]
)
def test_in_time_is_so_to_the_second(kind: str, oldest: int) -> None:
    """Without a server, whose clock goes on while a busy machine gets there."""
    sent = {"type": kind, "timestamp": "2026-01-01T00:00:00Z"}
    at = datetime(2026, 1, 1, tzinfo=UTC)
    for seconds in (oldest, -150):
        check_time(sent, at + timedelta(seconds=seconds))
    for seconds in (oldest + 1, -151):
        with pytest.raises(RefusedError):
            check_time(sent, at + timedelta(seconds=seconds))


def test_a_time_in_another_zone_with_fractions_is_read(service: Service) -> None:
    zone = datetime.now(UTC).astimezone().isoformat(timespec="milliseconds")
    assert service.send_signed(launch(timestamp=zone))[0] == 200


def test_a_chain_may_hold_its_root(service: Service) -> None:
    amazon = service.amazon
    url = amazon.serve("with-root.pem", amazon.signer.chain + amazon.root.pem)
    body = encoded(launch())
    assert service.send(body, sign(body, amazon.key, url))[0] == 200


def test_letters_of_any_script_are_signed_as_bytes(service: Service) -> None:
    assert service.send_signed(launch(note="Wadenkrämpfe 痙攣 🦵"))[0] == 200


def test_header_names_may_be_written_anyhow(service: Service) -> None:
    body = encoded(launch())
    headers = {name.lower(): value for name, value in sign(body, service.amazon.key).items()}
    assert service.send(body, headers)[0] == 200


def test_health_tells_that_it_is_there(service: Service) -> None:
    connection = HTTPConnection("127.0.0.1", service.port, timeout=PATIENCE)
    connection.request("GET", "/health")
    response = connection.getresponse()
    assert (response.status, json.loads(response.read())) == (200, {"status": "ok"})
    connection.close()


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/", 405), ("PUT", "/", 405), ("POST", "/x", 404)]
)
def test_other_doors_are_closed(service: Service, method: str, path: str, status: int) -> None:
    connection = HTTPConnection("127.0.0.1", service.port, timeout=PATIENCE)
    connection.request(method, path, b"{}")
    response = connection.getresponse()
    response.read()
    connection.close()
    assert response.status == status
