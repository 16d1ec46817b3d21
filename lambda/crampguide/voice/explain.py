"""Why help is needed now: "tell me more", "why" and "what does that mean" after urgent advice."""

from __future__ import annotations

from collections.abc import Iterator

from crampguide.triage import Level, Protocol, QuestionId, because, level_of
from crampguide.voice.asides import resume
from crampguide.voice.learning import just_taught
from crampguide.voice.state import Line, State
from crampguide.voice.turn import Heard, Turn

_MOST_EXPLAINED = 2


def explains(state: State) -> bool:
    """Whether more is asked for about advice that sends for help.

    In an emergency it is, whatever was said since; else what was taught in the last reply has more to it.
    """
    if state.asking is not None or state.offer != "hear_again":
        return False
    return state.level == Level.EMERGENCY.id or (state.level == Level.URGENT.id and not just_taught(state))


def explain(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """What the signs that set the level can mean, in the words of their questions, and to get help."""
    level = level_of(protocol, state.heard())
    lines = tuple(_reasons(protocol, state, because(protocol, state.heard(), level)))
    return resume(protocol, state, *lines, *((Line("goodbye.urgent"),) if level is Level.URGENT else ()))


def _reasons(protocol: Protocol, state: State, ids: tuple[str, ...]) -> Iterator[Line]:
    """Signs that reach the level alone; else the first combination that does, and what it is made of."""
    alone = [QuestionId(id_) for id_ in ids if id_ in protocol.questions]
    for id_ in alone[:_MOST_EXPLAINED]:
        said = "yes" if state.answers[id_] == "yes" else "unsure"
        yield from (Line(f"because.{said}", (id_,)), Line(f"why.{id_}"))
    if not alone:
        made_of = protocol.combinations[ids[0]].when.mentions
        parts = [id_ for id_ in protocol.questions if id_ in made_of and state.answers.get(id_, "no") != "no"]
        yield Line(f"because.{ids[0]}")
        yield from (Line(f"why.{id_}") for id_ in parts[:_MOST_EXPLAINED])
