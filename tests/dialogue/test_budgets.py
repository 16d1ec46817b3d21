"""Every reply of the check, in the longest words that any locale has: how long it is and how it is made.

Exhaustive over the states of the check: what is said depends on the state, the move and the phrasing, and
the walk takes every state that the proof of the check finds, every move, and every phrasing in turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from xml.etree import ElementTree

import pytest

from crampguide.dialogue import flow
from crampguide.dialogue.codec import read_state, write_state
from crampguide.dialogue.intents import INTENTS, move
from crampguide.dialogue.offers import load_guide
from crampguide.dialogue.replies import reply
from crampguide.dialogue.state import State
from crampguide.dialogue.turn import Slots, Turn
from crampguide.speech import Catalogue, Line, catalogue_for, words
from crampguide.triage import Ask, Protocol, Recap, Step, load_protocol, next_question, next_step
from crampguide.triage.model import Answers
from tests.dialogue.states import a_state, changed
from tools.protocol.state_space import explore
from tools.words.budgets import LONGEST_PIECE, LONGEST_TURN
from tools.words.speech_lint import languages, longest

GUIDE = load_guide()

STEPS: dict[object, Step] = {}
PARTS = 4
"""How many tests share the walk of one set of subjects."""

LONG = (
    "advice.", "because.", "net.", "tips.", "learn.", "cramp_now.", "summary.", "error.",
    "course.", "crisis.", "goodbye.", "tip.", "intro.", "step.", "again.", "coach.",
)  # fmt: skip
"""Lines of advice and information, the number to call again among them.

A reply that holds one may take as long as a piece of advice.
"""
POSITIONAL = (
    "AMAZON.YesIntent",
    "AMAZON.NoIntent",
    "HedgedYesIntent",
    "HedgedNoIntent",
    "WorseIntent",
    "UnsureIntent",
    "AMAZON.NextIntent",
    "DoneIntent",
    "SummaryIntent",
    "CourseIntent",
)
"""Moves whose reply depends on the answers so far; any other depends on what is open, and on the advice."""
SLOTLESS = sorted(INTENTS.keys() - {"SymptomIntent", "NoSymptomIntent", "OpenTopicIntent", "CorrectIntent"})


@cache
def situations(opened: frozenset[str]) -> tuple[State, ...]:
    """The state of the session at every state of the check: a question open, a recap, or advice given."""
    protocol = load_protocol()
    found = []
    for state in explore(protocol, opened).states:
        history = tuple(state.answers)
        base = State(answers=dict(state.answers), history=history, opened=opened, turn=len(history) + 1)
        if isinstance(state.step, Ask):
            recheck = protocol.questions[state.step.question].recheck
            found.append(changed(base, asking=state.step.question))
            found += [changed(base, asking=state.step.question, form="recheck")] if recheck else []
            confirm = protocol.questions[state.step.question].confirm_no
            found += [changed(base, asking=state.step.question, form="confirm_no")] if confirm else []
        else:
            found.append(changed(base, offer="recap"))
    return tuple(found)


def turns(protocol: Protocol, opened: frozenset[str], part: int) -> Iterator[Turn]:
    """Every turn out of every situation, and what follows the advice; each set of lines of the first once.

    A part holds every so many of the questions with all that is said at them; the first holds the recaps too.
    """
    asked = [None, *protocol.questions][part::PARTS]
    seen: set[object] = set()
    for situation in (each for each in situations(opened) if each.asking in asked):
        place = situation.open
        for intent in SLOTLESS if place not in seen else POSITIONAL:
            turn = move(GUIDE, situation, intent, Slots())
            if (key := said(turn)) not in seen:
                yield turn
            advised = (turn.state.level, turn.state.pattern, turn.state.offer)
            if turn.state.level is not None and advised not in seen:
                yield from (move(GUIDE, turn.state, name, Slots()) for name in SLOTLESS)
            seen |= {key, advised}
        seen.add(place)


def said(turn: Turn) -> object:
    return turn.lines, turn.ask, turn.reprompt


@cache
def turns_of(opened: frozenset[str], part: int) -> tuple[Turn, ...]:
    with pytest.MonkeyPatch.context() as patch:
        for module in (next_question, flow):
            patch.setattr(module, "next_step", remembered)
        return tuple(turns(load_protocol(), opened, part))


def all_turns(opened: frozenset[str]) -> Iterator[Turn]:
    return chain.from_iterable(turns_of(opened, part) for part in range(PARTS))


def remembered(
    protocol: Protocol, answers: Answers, opened: frozenset[str] = frozenset(), *, confirmed: bool = False
) -> Step:
    """The engine's next step, worked out once for the same answers.

    Many moves lead to them, and what is left to ask follows them to their end each time.
    """
    key = frozenset(answers.items()), opened
    if key not in STEPS:
        STEPS[key] = next_step(protocol, answers, opened)
    step = STEPS[key]
    return next_step(protocol, answers, opened, confirmed=True) if confirmed and type(step) is Recap else step


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("everything", [False, True], ids=["nothing opened", "everything opened"])
def test_every_reply_keeps_its_budget_and_its_form(language: str, everything: bool, part: int) -> None:  # noqa: FBT001
    opened = load_protocol().opens if everything else frozenset[str]()
    catalogue = longest(language)
    problems = []
    for turn in turns_of(opened, part):
        for number in range(max((len(catalogue.lines.get(line.key, "")) for line in turn.lines), default=1)):
            answer = reply(GUIDE, catalogue, turn._replace(state=turn.state._replace(turn=number)))
            text = " ".join(words(catalogue, line, number) for line in answer.turn.state.said)
            said = answer.turn
            if problem := kept_back(said) or wrong(catalogue, said, answer.speech, answer.reprompt, text):
                problems.append(f"{problem}: {text}")
    assert problems[:5] == []


def kept_back(turn: Turn) -> str | None:
    """A part of an emergency's advice that is left for later is lost on whoever does not ask for it."""
    kept = turn.state.offer == "more" and turn.state.level == "emergency"
    return "keeps a part of an emergency's advice for later" if kept else None


def wrong(catalogue: Catalogue, turn: Turn, speech: str, reprompt: str | None, text: str) -> str | None:
    """What is wrong with a reply, if anything."""
    long = any(line.key.startswith(LONG) for line in turn.lines)
    # A recap is said again after an aside; each of the two keeps to what a reply may take.
    aside = turn.state.offer == "recap" and not turn.lines[0].key.startswith("recap.")
    budget = LONGEST_PIECE if long or turn.ask is None else LONGEST_TURN * (1 + aside)
    if (took := catalogue.seconds(text)) > budget:
        return f"takes {took:.1f} seconds, at most {budget:.0f}"
    spoken, again = heard(speech), heard(reprompt or "")
    if re.search(r"[{}_]|\b[a-z]+\.[a-z]", spoken):
        return "leaks a key or a placeholder"
    if turn.ask is None:
        return "asks although it closes" if "?" in spoken or again else None
    if spoken.count("?") != 1 or not spoken.endswith("?"):
        return "does not end in its one question"
    if not again.endswith("?") or again == spoken or again.count("?") != 1:
        return f"has no reprompt in other words ({again})"
    return None


def heard(ssml: str) -> str:
    """The words of SSML, which must parse."""
    return "".join(ElementTree.fromstring(f"<speak>{ssml}</speak>").itertext())


def test_a_long_reply_is_caught() -> None:
    line = Line("net.cauda_equina")
    turn = Turn(a_state(offer="check"), (line, line, line, line), Line("ask.check"))
    catalogue = catalogue_for("en-US")
    text = " ".join(catalogue.say(each.key) for each in (*turn.lines, Line("ask.check")))
    assert "takes" in (wrong(catalogue, turn, text, "Another?", text) or "")


def test_the_state_of_every_turn_survives_the_session_attributes() -> None:
    protocol = load_protocol()
    for turn in all_turns(protocol.opens):
        assert read_state(write_state(turn.state), GUIDE) == turn.state


def test_advice_that_is_too_long_goes_on_when_asked() -> None:
    _protocol, catalogue = load_protocol(), catalogue_for("en-US")
    cut = 0
    for turn in all_turns(frozenset()):
        answer = reply(GUIDE, catalogue, turn)
        if answer.turn.state.offer == "more":
            cut += 1
            going_on = move(GUIDE, answer.turn.state, "AMAZON.YesIntent", Slots())
            assert [*answer.turn.lines, *going_on.lines] == list(turn.lines)
    assert cut
