"""Takes up words that the interaction model does not list; they are never a no.

A reading is sure, and counts as said; or in doubt, and is asked about; or nothing, and goes the way it would
have gone. How a sign was spoken of decides too: a question is answered, what is over or somebody else's is
not written down, and a denial is heard as half a no until there is a plain one. What is no sign at all may
ask for something, and gets what the words listed for it get.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from crampguide.dialogue import doubt, for_whom
from crampguide.dialogue.turn import Move, Situation
from crampguide.triage import QuestionId
from crampguide.understand import Kind, Reading, Stance

_REPORTS = frozenset({"SymptomIntent", "OwnWordsIntent"})
"""Intents whose carriers report; in those of any other a sign is at most asked about."""
_CARRIED: Mapping[str, Stance] = {
    "NoSymptomIntent": Stance.DENIED,
    "NotNewIntent": Stance.PAST,
    "LearnIntent": Stance.QUESTION,
}
"""How the carriers of an intent speak of a sign, whatever its slot alone sounds like."""
_CANNOT_WAIT = frozenset({"crisis", "collapse"})
"""Cries that come before a sign in the same words."""
_CORRECT, _SOMEBODY_ELSE = "CorrectIntent", "SomebodyElseIntent"
_MAY_ASK = _REPORTS | {"LearnIntent"}
"""Intents whose words may ask for something else; those of any other say what they are for."""


class Taken(NamedTuple):
    """The move that somebody's own words make, and what it is made from."""

    move: Move
    here: Situation


def take_up(here: Situation, intent: str, reading: Reading, moves: Mapping[str, Move]) -> Taken | None:
    """The move for a reading of words that came with ``intent``; None where they mean nothing known.

    ``moves`` has the move of each intent, of each cry for help, of what is wanted but not clear, and of each
    way to speak of a sign that does not count as said; such a sign is named in the slots.
    """
    cry = reading.cry
    if cry is not None and cry in moves and (cry in _CANNOT_WAIT or reading.kind is Kind.NOTHING):
        return Taken(moves[cry], here)
    maybe_a_child = reading.young and for_whom.UNDER_SIXTEEN not in here.state.answers
    if maybe_a_child:
        here = here.at(for_whom.noted(here.state, ()))
    taken = _take_up(here, intent, reading, moves)
    return taken or (Taken(moves[_SOMEBODY_ELSE], here) if maybe_a_child else None)


def _take_up(here: Situation, intent: str, reading: Reading, moves: Mapping[str, Move]) -> Taken | None:
    signs = tuple(QuestionId(sign) for sign in reading.signs if sign in here.protocol.questions)
    topic = _topic(here, reading)
    if intent == _CORRECT:
        return _about(here, topic, moves[_CORRECT])
    if signs and reading.kind is Kind.RECOGNISED and intent in _REPORTS:
        if for_whom.UNDER_SIXTEEN in signs and not (reading.young or reading.exact):
            return Taken(moves[_SOMEBODY_ELSE], here)  # a son may be thirty
        said = tuple(dict.fromkeys((*here.slots.signs, *signs)))
        return Taken(moves["SymptomIntent"], _naming(here, said))
    if here.slots.named:
        return None if not signs else Taken(moves[intent], here.at(doubt.left_open(here.state, signs)))
    if reading.vetoed == Stance.SOMEBODY and signs and here.protocol.questions[signs[0]].ambulance:
        moves = {**moves, "in_doubt": moves["in_danger"]}
    spoken = _spoken(here, _CARRIED.get(intent, reading.stance), signs, topic, moves)
    return spoken or (_wanted(here, reading.want, moves) if intent in _MAY_ASK and reading.want else None)


def _wanted(here: Situation, want: str, moves: Mapping[str, Move]) -> Taken:
    """The move for what is asked for, as if its intent had come with the value in its slot."""
    intent, _, value = want.partition(".")
    named = (value,) if value else ()
    topics, subjects = (named if intent == each else () for each in ("TipsIntent", "LearnIntent"))
    return Taken(moves[intent], here.saying(here.slots._replace(topics=topics, subjects=subjects)))


def _topic(here: Situation, reading: Reading) -> QuestionId | None:
    """The sign that was spoken of, in whatever way."""
    topic = QuestionId(reading.topic or "")
    return topic if topic in here.protocol.questions else None


def _naming(here: Situation, signs: tuple[QuestionId, ...]) -> Situation:
    return here.saying(here.slots._replace(signs=signs))


def _about(here: Situation, sign: QuestionId | None, move: Move) -> Taken | None:
    """The move as if its slot had named the sign."""
    return Taken(move, _naming(here, (sign,))) if sign else None


def _spoken(
    here: Situation,
    stance: Stance,
    signs: tuple[QuestionId, ...],
    topic: QuestionId | None,
    moves: Mapping[str, Move],
) -> Taken | None:
    """The move for a sign that does not count as said."""
    if stance is Stance.QUESTION and topic is not None:
        return _about(here, topic, moves["asked_about"])
    denied = stance is Stance.DENIED
    if denied and here.state.asking is not None and here.state.asking in (topic, *signs):
        return Taken(moves["half_denied"], here)
    if signs:
        return Taken(moves["maybe_denied" if denied else "in_doubt"], _naming(here, signs))
    if stance is Stance.PAST:
        return _about(here, topic, moves["NotNewIntent"])
    if stance is Stance.SOMEBODY:
        return _about(here, topic, moves["somebody_else"])
    return None
