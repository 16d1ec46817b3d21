"""For whom the check is: a child belongs with a doctor, another adult is asked to answer for themselves.

Nothing of it waits for its turn, and nothing of it comes before an emergency that is known already.
"""

from __future__ import annotations

from collections.abc import Collection

from crampguide.dialogue.state import Relieving, State
from crampguide.dialogue.turn import Situation, Turn, ask_question, close, make_offer, urgent_reminder
from crampguide.speech import Line
from crampguide.triage import Level, QuestionId

UNDER_SIXTEEN = QuestionId("under_sixteen")
_SOMEBODY_ELSE = "child"
_ADULT = "adult"


def noted(state: State, people: Collection[str]) -> State:
    """The state in which it is somebody else's leg; whoever is no adult for sure may be a child."""
    known = state.with_answers({UNDER_SIXTEEN: "no"}) if set(people) == {_ADULT} else state
    return known._replace(opened=state.opened | {_SOMEBODY_ELSE}, confirmed=False)


def is_child(state: State) -> bool:
    """Tells whether it is a child's leg, or may be."""
    return state.answers.get(UNDER_SIXTEEN, "no") != "no"


def may_be_child(state: State) -> bool:
    """Tells whether it is somebody else's leg, and still to be asked whether it is a child's."""
    return _SOMEBODY_ELSE in state.opened and UNDER_SIXTEEN not in state.answers


def instead(here: Situation, *lines: Line) -> Turn | None:
    """The turn for somebody whom the check is not for; None where it goes on, and in an emergency."""
    state = here.state
    if here.level is Level.EMERGENCY:
        return None
    if is_child(state):
        return _child(here)
    if _SOMEBODY_ELSE not in state.opened:
        return None
    left = state._replace(relief=Relieving(), rest=())
    if may_be_child(state):
        return ask_question(left, UNDER_SIXTEEN, *lines)
    return make_offer(left, "can_answer", Line("adult.lead"), *urgent_reminder(here.level))


def answering(state: State) -> State:
    """The state in which that person answers from here on: signs stay, whatever was denied is asked again."""
    kept = tuple(id_ for id_ in state.history if state.answers[id_] == "yes")
    return state._replace(
        answers={**dict.fromkeys(kept, "yes"), UNDER_SIXTEEN: "no"},
        history=(*kept, UNDER_SIXTEEN),
        opened=state.opened - {_SOMEBODY_ELSE},
        unheard=frozenset(),
        confirmed=False,
        level=None,
        pattern=None,
    )


def part(here: Situation) -> Turn:
    """Ends where the person cannot answer: who can be called for them, and for what at once."""
    return close(here.state, Line("adult.part"), *urgent_reminder(here.level), Line("net.line"))


def _child(here: Situation) -> Turn:
    """Advice for a child's leg, and the end: no check, no tips, no exercise, and nothing that it may be."""
    state, level = here.state, here.level
    seen = urgent_reminder(level) or (Line("where.child"),)
    told = state._replace(level=level.id, pattern=None, rest=(), relief=Relieving(), confirmed=False)
    return close(told, Line("child.lead"), *seen, Line("child.emergency"))
