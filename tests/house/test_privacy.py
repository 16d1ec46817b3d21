"""The witness of the whole run sees what it is there to see: each leak below is one on purpose."""

from __future__ import annotations

import json
import logging

import pytest

from crampguide.memory.deadline import Deadline
from crampguide.memory.dynamodb import Table
from simulator.device.echo import Device
from simulator.skill import here
from tests.privacy import Witness

LINE = {"request": "r", "type": "IntentRequest", "intent": "AMAZON.YesIntent", "asks": "question", "ms": 1.0}


@pytest.mark.parametrize(
    "said",
    [
        "saddle_numbness was answered",
        json.dumps({**LINE, "level": "emergency"}),
        json.dumps({**LINE, "answer": "yes"}),
        json.dumps({**LINE, "message": "it hurts"}),
        json.dumps({**LINE, "complaint": "saddle_numbness was told to call"}),
        json.dumps({**LINE, "intent": "chest_or_breathing"}),
        json.dumps({"error": "amzn1.ask.account.SOMEBODY"}),
        "it hurts",
    ],
)
def test_a_leak_into_the_log_is_seen(witness: Witness, said: str) -> None:
    logging.getLogger("crampguide.anywhere").warning(said)
    assert said in "".join(witness.take())


def test_a_leak_in_a_traceback_is_seen(witness: Witness) -> None:
    error = ValueError("one_calf_swollen")
    logging.getLogger("crampguide").error(json.dumps({"error": "ValueError"}), exc_info=error)
    assert "one_calf_swollen" in "".join(witness.take())


def test_a_line_of_ids_and_timing_is_none(witness: Witness) -> None:
    logging.getLogger("crampguide").warning(json.dumps(LINE))
    assert witness.take() == []


@pytest.mark.parametrize(
    "item", [{"id": {"S": "k"}, "level": {"S": "urgent"}}, {"id": {"S": "amzn1.ask.account.SOMEBODY"}}]
)
def test_a_leak_into_the_table_is_seen(witness: Witness, item: dict[str, dict[str, str]]) -> None:
    with pytest.raises(TimeoutError):
        Table("nowhere").save(item, 0, Deadline(0))
    assert "stored" in "".join(witness.take())


def test_a_card_that_nobody_agreed_to_is_seen(witness: Witness) -> None:
    witness.answered(
        {"session": {"attributes": {"offer": "tips"}}}, {"response": {"card": {"type": "Simple"}}}
    )
    assert witness.take() == ["a card that nobody agreed to"]


def test_every_reply_of_the_skill_passes_the_witness(
    witness: Witness, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []
    monkeypatch.setattr(witness, "answered", lambda event, response: seen.append((event, response)))
    device = Device(here().handler)
    device.launch()
    device.intent("AMAZON.YesIntent")
    assert len(seen) == 2
