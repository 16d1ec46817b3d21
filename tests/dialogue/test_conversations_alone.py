"""The conversations of tests/conversations, held with the dialogue alone: no request, no handler, no session.

What was said is understood once, when the file is collected; each conversation then takes milliseconds, so
that thousands of changes to the dialogue can be tried on all of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from crampguide.alexa.slots import reading_of, slots_of
from crampguide.dialogue import Slots, State, load_guide, move, read_state, reply, write_state
from crampguide.dialogue.check import launch
from crampguide.dialogue.help import forget_me
from crampguide.dialogue.turn import Situation, Turn
from crampguide.speech import catalogue_for
from simulator.device.echo import Exchange, slots_heard
from simulator.device.requests import RequestFactory
from simulator.device.ssml import plain
from simulator.skill import here
from simulator.testing.expectations import problems as unmet
from simulator.understanding.resolve import Resolver
from tools import conversations
from tools.simulated.expectations import OWN

GUIDE = load_guide()


class Said(NamedTuple):
    """What was understood of one turn: an intent, or "" for silence and for what ends on the device."""

    intent: str
    slots: Slots = Slots()
    new: bool = False
    """True where the skill was called by its name, which opens a session."""


@cache
def resolver(locale: str) -> Resolver:
    return here().resolver(locale)


@cache
def understood(locale: str, words: str) -> Said:
    if words in {conversations.LAUNCH, conversations.SILENCE}:
        return Said("LaunchRequest" if words == conversations.LAUNCH else "", new=True)
    heard = resolver(locale).spoken(words)
    request = RequestFactory(locale).intent(heard.intent, slots_heard(heard), {})
    slots = slots_of(request, GUIDE)._replace(reading=reading_of(request, locale))
    return Said(heard.intent, slots, heard.named)


def made(state: State, said: Said) -> Turn:
    here = Situation(GUIDE, state, said.slots)
    if said.intent == "LaunchRequest":
        return launch(here)
    if said.intent == "ForgetMeIntent":
        return forget_me(here)
    return move(GUIDE, state, said.intent, said.slots)


def held(path: Path) -> Iterator[str]:
    """Every expectation of the file that is not met."""
    conversation, state = conversations.read(path), State()
    catalogue = catalogue_for(conversation.locale)
    for number, expected in enumerate(conversation.turns, 1):
        said = understood(conversation.locale, expected["user"])
        if not said.intent or not (said.new or state.open):
            continue
        answer = reply(GUIDE, catalogue, made(State() if said.new else state, said))
        written = write_state(answer.turn.state)
        state = read_state(json.loads(json.dumps(written)), GUIDE)
        turn = Exchange(
            speech=answer.speech,
            text=plain(f"<speak>{answer.speech}</speak>"),
            reprompt=plain(f"<speak>{answer.reprompt or ''}</speak>"),
            attributes=written,
            ended=answer.reprompt is None,
        )
        problems = [f"has no words for {key or 'a line'}" for key in answer.missing]
        problems += unmet(
            {key: value for key, value in expected.items() if key != "user"}, turn, OWN, conversation.locale
        )
        yield from (f"turn {number}: {problem}" for problem in problems)


@pytest.mark.parametrize("path", conversations.paths(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_conversation_goes_the_same_way_without_a_device(path: Path) -> None:
    assert [*held(path)] == []
