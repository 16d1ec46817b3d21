"""The way of talking: again, slower, faster, in brief or in full."""

from __future__ import annotations

from crampguide.dialogue.flow import resume
from crampguide.dialogue.recap import say_recap
from crampguide.dialogue.state import Manner
from crampguide.dialogue.tips import go_to
from crampguide.dialogue.turn import URGENT_REPROMPTS, Situation, Turn
from crampguide.speech import Line


def say_again(here: Situation) -> Turn:
    """The last reply once more, in the same words; in an exercise its step, whatever was said since."""
    state = here.state
    if here.in_exercise:
        return go_to(here, here.place, offer=state.offer or "coach")
    if not state.said or state.open is None:
        return resume(here)
    if state.offer == "recap":
        return say_recap(here)
    *lines, ask = state.said
    kept = tuple(line for line in lines if not line.key.startswith("acknowledge."))
    if not kept and state.offer == "hear_again":
        return here.guide.offers["hear_again"].yes(here)
    urgent = URGENT_REPROMPTS.get(state.offer or "") if state.level == "emergency" else None
    return Turn(state, kept, ask, urgent)


def slower(here: Situation) -> Turn:
    """Speaks more slowly from now on, and repeats."""
    manner = here.state.manner
    pace = manner._replace(pace="normal" if manner.pace == "fast" else "slow")
    return _repeat(here, pace, "acknowledge.slower")


def faster(here: Situation) -> Turn:
    """Speaks faster from now on, and repeats."""
    manner = here.state.manner
    pace = manner._replace(pace="normal" if manner.pace == "slow" else "fast")
    return _repeat(here, pace, "acknowledge.faster")


def briefer(here: Situation) -> Turn:
    """Leaves out courtesies from now on, and repeats."""
    return _repeat(here, here.state.manner._replace(brief=True), "acknowledge.briefer")


def fuller(here: Situation) -> Turn:
    """Says everything again from now on, and repeats."""
    return _repeat(here, here.state.manner._replace(brief=False), "acknowledge.fuller")


def _repeat(here: Situation, manner: Manner, line: str) -> Turn:
    turn = say_again(here.at(here.state._replace(manner=manner)))
    return turn._replace(lines=(Line(line), *turn.lines))
