"""What only a device has, and the end of a conversation."""

from __future__ import annotations

import pytest

from mcp_server.relay import Relay
from mcp_server.results import Result
from tests.mcp_server.people import broken_rules, unhurried


@pytest.fixture
def relay() -> Relay:
    return unhurried()


def advised(relay: Relay, sign: str = "it's numb down there") -> Result:
    """After the advice for a sign."""
    talk = relay.conversations.find(relay.start("", "en-US").conversation, "")
    return relay.own_words(talk, sign)


def test_the_card_of_an_app_is_refused_with_a_sentence(relay: Relay) -> None:
    talk = relay.conversations.find(advised(relay).conversation, "")
    result = relay.own_words(talk, "give me a summary for my doctor")
    assert result.note
    assert result.level == "emergency"
    assert [*broken_rules(result.model_dump())] == []


def test_to_be_forgotten_no_app_is_named(relay: Relay) -> None:
    talk = relay.conversations.find(advised(relay).conversation, "")
    result = relay.own_words(talk, "forget me")
    assert not result.note
    assert [*broken_rules(result.model_dump())] == []


def test_the_last_words_in_an_emergency_are_said_exactly_and_carry_the_number(relay: Relay) -> None:
    talk = relay.conversations.find(advised(relay).conversation, "")
    result = relay.ask(talk, "AMAZON.StopIntent")
    assert result.ended
    assert result.verbatim
    assert "911" in result.say
    assert len(relay.conversations) == 0


def test_a_goodbye_before_any_sign_may_be_put_otherwise(relay: Relay) -> None:
    talk = relay.conversations.find(relay.start("", "en-US").conversation, "")
    assert not relay.ask(talk, "AMAZON.StopIntent").verbatim


@pytest.mark.parametrize("words", ["yes", "it's numb down there"])
def test_own_words_that_go_on_are_taken(relay: Relay, words: str) -> None:
    talk = relay.conversations.find(relay.start("", "en-US").conversation, "")
    before = relay.again(talk).open
    result = relay.own_words(talk, words)
    assert result.open != before
    assert not result.note


def test_own_words_that_would_end_the_check_are_asked_about(relay: Relay) -> None:
    talk = relay.conversations.find(relay.start("", "en-US").conversation, "")
    before = relay.again(talk).open
    result = relay.own_words(talk, "no")
    assert result.open == before
    assert "Not counted" in result.note
