"""Reasons to get help now, as "why" after urgent advice asks for; and why a sign matters."""

from __future__ import annotations

from collections.abc import Iterator

from crampguide.dialogue import doubt
from crampguide.dialogue.flow import resume
from crampguide.dialogue.state import State
from crampguide.dialogue.turn import Situation, Turn, ask_question, urgent_reminder
from crampguide.speech import Line
from crampguide.triage import Level, QuestionId, because

_MOST_EXPLAINED = 2


def explains(state: State) -> bool:
    """Tells whether more is asked for about advice that sends for help.

    In an emergency it is, whatever was said since; else what was taught in the last reply has more to it.
    """
    if state.offer not in {"hear_again", "heard_right"}:
        return False
    return state.level == Level.EMERGENCY.id or (state.level == Level.URGENT.id and not state.just_taught)


def explain(here: Situation) -> Turn:
    """Says what the signs that set the level can mean, in the words of their questions, and to get help."""
    level = here.level
    lines = tuple(_reasons(here, because(here.protocol, here.state.counted_answers(), level)))
    return resume(here, *lines, *urgent_reminder(level))


def asked_about(here: Situation) -> Turn:
    """Answers a question about a sign with why it matters, and asks whether the person has it."""
    sign = here.slots.signs[0]
    why = Line(f"why.{sign}")
    left = here.at(doubt.left_open(here.state, (sign,)))
    if here.state.asking == sign or left.state is here.state or doubt.to_ask(left) != sign:
        return resume(here, why)
    return ask_question(left.state, sign, why)


def _reasons(here: Situation, ids: tuple[str, ...]) -> Iterator[Line]:
    """Signs that reach the level alone; else the first combination that does, and what it is made of."""
    protocol, answers = here.protocol, here.state.answers
    alone = [QuestionId(id_) for id_ in ids if id_ in protocol.questions]
    for id_ in alone[:_MOST_EXPLAINED]:
        said = "yes" if answers[id_] == "yes" else "unsure"
        yield from (Line(f"because.{said}", (id_,)), Line(f"why.{id_}"))
    if not alone:
        made_of = protocol.combinations[ids[0]].when.mentions
        parts = [id_ for id_ in protocol.questions if id_ in made_of and answers.get(id_, "no") != "no"]
        yield Line(f"because.{ids[0]}")
        yield from (Line(f"why.{id_}") for id_ in parts[:_MOST_EXPLAINED])
