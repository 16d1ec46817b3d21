"""The summary for a clinician: said back, and as a card in the companion app for those who agree to it."""

from __future__ import annotations

import re
from typing import NamedTuple

from crampguide.speech import Catalogue, to_plain
from crampguide.triage import Answer, Level, Protocol, level_of
from crampguide.voice.advice import urgent_sign_open, with_offer
from crampguide.voice.asides import resume
from crampguide.voice.recap import answered
from crampguide.voice.state import Line, State
from crampguide.voice.turn import Heard, Turn, make_offer

LONGEST_CARD = 8000
"""Characters that Alexa takes, title and text together."""
_GIVES_WAY = frozenset(
    {
        None,
        "tips",
        "wanted",
        "hear_again",
        "more",
        "check_again",
        "more_tips",
        "another",
        "learn_more",
        "card",
    }
)
"""Offers that may be put off; an exercise keeps its place."""
_MOST_NAMED = 22
"""Answers named in one reply, which is more than a check has that nothing was added to."""
_ORDER: tuple[Answer, ...] = ("yes", "unsure", "no")
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?Z")


class Card(NamedTuple):
    """A simple card: plain text, no markup."""

    title: str
    text: str


def summary(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Says back the answers so far; after advice offers to hand them over in writing."""
    if not state.answers:
        return resume(protocol, state, Line("summary.none"))
    if state.level is not None and state.asking is None and state.offer in _GIVES_WAY:
        return _offer_card(protocol, state)
    lines = _answers(protocol, state)
    if state.offer == "recap":
        return make_offer(state, "recap", *lines)
    return resume(protocol, state, Line("summary.lead"), *lines)


def send(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """The card, now that the person has agreed."""
    return _back(protocol, state, Line("summary.sent"))._replace(card=True)


def do_not_send(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """No card; back to what the advice offered."""
    return _back(protocol, state, Line("summary.not_sent"))


def stamped(before: State, turn: Turn, at: str) -> Turn:
    """The turn with the time of its advice, as the request gave it, where the advice is new."""
    if turn.state.level == before.level:
        return turn
    known = at if turn.state.level is not None and _TIME.fullmatch(at) else ""
    return turn._replace(state=turn.state._replace(advised=known))


def card_of(catalogue: Catalogue, protocol: Protocol, state: State) -> Card:
    """The summary in writing: the advice and its time, then every question with its answer."""
    head = [catalogue.say("card.lead"), "", *_advice(catalogue, protocol, state), ""]
    answers = [line for said in _ORDER for line in _section(catalogue, protocol, state, said)]
    text = "\n".join(to_plain(line) for line in (*head, *answers, catalogue.say("card.close")))
    title = catalogue.say("card.title")
    return Card(title, text[: LONGEST_CARD - len(title)])


def _offer_card(protocol: Protocol, state: State) -> Turn:
    urgent = level_of(protocol, state.heard()) is Level.EMERGENCY
    lines = (*_first(protocol, state), *_answers(protocol, state), Line("summary.for_clinician"))
    return make_offer(state, "card", *lines, reprompt="reprompt.card_emergency" if urgent else None)


def _back(protocol: Protocol, state: State, line: Line) -> Turn:
    """Goes on with the advice: what had not been said of it, and its offer."""
    return with_offer(state._replace(rest=()), *_first(protocol, state), line, *state.rest)


def _first(protocol: Protocol, state: State) -> tuple[Line, ...]:
    """In an emergency the number comes before any summary."""
    urgent = level_of(protocol, state.heard()) is Level.EMERGENCY
    return (Line("goodbye.emergency"),) if urgent else ()


def _advice(catalogue: Catalogue, protocol: Protocol, state: State) -> list[str]:
    lines = [f"{catalogue.say('card.advice')} {catalogue.say(f'card.{state.level}')}"]
    if level_of(protocol, state.heard()) < Level.URGENT and urgent_sign_open(protocol, state):
        lines.append(catalogue.say("card.nurse_line"))
    if given := _TIME.fullmatch(state.advised):
        lines.append(catalogue.say("card.time", when=f"{given[1]} {given[2]}"))
    if state.pattern:
        lines.append(f"{catalogue.say('card.pattern')} {catalogue.say(f'card.{state.pattern}')}")
    return lines


def _section(catalogue: Catalogue, protocol: Protocol, state: State, said: str) -> list[str]:
    asked = [id_ for id_ in protocol.questions if state.heard().get(id_) == said]
    listed = [f"- {catalogue.say(f'question.{id_}')}" for id_ in asked]
    return [catalogue.say(f"card.{said}"), *(listed or [catalogue.say("card.none")]), ""]


def _answers(protocol: Protocol, state: State) -> tuple[Line, ...]:
    """Every answer by name: each yes, what is open, each no, the most dangerous first."""
    room = _MOST_NAMED
    lines: list[Line] = []
    for said in _ORDER:
        signs = answered(protocol, state, said)
        named, more = signs[:room], len(signs[room:])
        room -= len(named)
        lines += [Line(f"summary.{said}", named)] if named else []
        lines += [Line("recap.more", (), more)] if more else []
    return tuple(lines)
