"""The summary for a clinician: said back, and as a card in the companion app for those who agree to it."""

from __future__ import annotations

import re
from typing import NamedTuple

from crampguide.dialogue.advice import urgent_sign_open
from crampguide.dialogue.flow import resume
from crampguide.dialogue.recap import answered
from crampguide.dialogue.state import State
from crampguide.dialogue.turn import Guide, Situation, Turn, make_offer, with_offer
from crampguide.speech import Catalogue, Line, to_plain
from crampguide.triage import Answer, Level, Protocol, level_of

LONGEST_CARD = 8000
"""Characters that Alexa takes, title and text together."""
_MOST_NAMED = 20
"""Answers named in one reply: more than most checks have, and in time even with their longest names."""
_ORDER: tuple[Answer, ...] = ("yes", "unsure", "no")
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?Z")


class Card(NamedTuple):
    """A simple card: plain text, no markup."""

    title: str
    text: str


def summary(here: Situation) -> Turn:
    """Says back the answers so far; after advice offers to hand them over in writing."""
    state = here.state
    if not state.answers:
        return resume(here, Line("summary.none"))
    if state.level is not None and here.gives_way_to("summary"):
        return _offer_card(here)
    lines = _answers(here)
    if state.offer == "recap":
        return make_offer(state, "recap", *lines)
    lines = (Line("summary.lead"), *lines)
    # The number comes first, and is not said again behind the answers.
    return with_offer(state, *first, *lines) if (first := _first(here)) else resume(here, *lines)


def send(here: Situation) -> Turn:
    """The card, now that the person has agreed."""
    return _back(here, Line("summary.sent"))._replace(card=True)


def do_not_send(here: Situation) -> Turn:
    """No card; back to what the advice offered."""
    return _back(here, Line("summary.not_sent"))


def stamped(before: State, turn: Turn, at: str) -> Turn:
    """The turn with the time of its advice, as the request gave it, where the advice is new."""
    if turn.state.level == before.level:
        return turn
    known = at if turn.state.level is not None and _TIME.fullmatch(at) else ""
    return turn._replace(state=turn.state._replace(advised=known))


def card_of(catalogue: Catalogue, guide: Guide, state: State) -> Card:
    """The summary in writing: the advice and its time, then every question with its answer."""
    head = [catalogue.say("card.lead"), "", *_advice(catalogue, guide.protocol, state), ""]
    answers = [line for said in _ORDER for line in _section(catalogue, guide.protocol, state, said)]
    text = "\n".join(to_plain(line) for line in (*head, *answers, catalogue.say("card.close")))
    title = catalogue.say("card.title")
    return Card(title, text[: LONGEST_CARD - len(title)])


def _offer_card(here: Situation) -> Turn:
    urgent = "reprompt.card_emergency" if here.level is Level.EMERGENCY else None
    lines = (*_first(here), *_answers(here), Line("summary.for_clinician"))
    return make_offer(here.state, "card", *lines, reprompt=urgent)


def _back(here: Situation, line: Line) -> Turn:
    """Goes on with the advice: what had not been said of it, and its offer."""
    return with_offer(here.state._replace(rest=()), *_first(here), line, *here.state.rest)


def _first(here: Situation) -> tuple[Line, ...]:
    """The number, which in an emergency comes before any summary."""
    return (Line("goodbye.emergency"),) if here.level is Level.EMERGENCY else ()


def _advice(catalogue: Catalogue, protocol: Protocol, state: State) -> list[str]:
    lines = [f"{catalogue.say('card.advice')} {catalogue.say(f'card.{state.level}')}"]
    calm = level_of(protocol, state.counted_answers()) < Level.URGENT
    if calm and urgent_sign_open(protocol, state):
        lines.append(catalogue.say("card.nurse_line"))
    if given := _TIME.fullmatch(state.advised):
        lines.append(catalogue.say("card.time", when=f"{given[1]} {given[2]}"))
    if state.pattern:
        lines.append(f"{catalogue.say('card.pattern')} {catalogue.say(f'card.{state.pattern}')}")
    return lines


def _section(catalogue: Catalogue, protocol: Protocol, state: State, said: str) -> list[str]:
    asked = [id_ for id_ in protocol.questions if state.counted_answers().get(id_) == said]
    listed = [f"- {catalogue.say(f'question.{id_}')}" for id_ in asked]
    return [catalogue.say(f"card.{said}"), *(listed or [catalogue.say("card.none")]), ""]


def _answers(here: Situation) -> tuple[Line, ...]:
    """Every answer by name: each yes, what is open, each no, the most dangerous first.

    What was denied twice is named once.
    """
    room = _MOST_NAMED
    lines: list[Line] = []
    for said in _ORDER:
        signs = answered(here.protocol, here.state, said)
        if said == "no":
            signs = tuple(id_ for id_ in signs if not here.protocol.questions[id_].looks_again)
        named, more = signs[:room], len(signs[room:])
        room -= len(named)
        lines += [Line(f"summary.{said}", named)] if named else []
        lines += [Line("recap.more", (), more)] if more else []
    return tuple(lines)
