"""A cramp that hurts right now: its release at once, counted, and held again while it stays tight."""

from __future__ import annotations

from crampguide.dialogue import for_whom
from crampguide.dialogue.flow import back, out_of_exercise, proceed, resume
from crampguide.dialogue.state import Place, State
from crampguide.dialogue.turn import Situation, Turn, ask_question, make_offer, urgent_reminder
from crampguide.relief import Exercise
from crampguide.relief.plan import in_one
from crampguide.speech import Line
from crampguide.triage import Level

_TRIES = 2
"""Holds after which the question follows that tells an ordinary cramp from another."""


def cramp_now(here: Situation) -> Turn:
    """The cramp release at once, counted; then the check or the interrupted question.

    It is for someone who should be seen today too, unless a sign forbids it or help is needed this minute.
    """
    state, now = here.state, release(here)
    if for_whom.is_child(state):
        return proceed(here)
    if now.do_not.fitting(state.answers):
        today = urgent_reminder(here.level) if state.level is not None else ()
        return resume(here, Line("tips.no_stretch"), *today)
    if here.level is Level.EMERGENCY:
        return resume(here, Line("tips.not_now"))
    if state.offer == "eased":
        return still_tight(here)
    relief = state.relief._replace(interrupted_question=state.asking)
    held = state._replace(relief=relief).placed(Place(now.id, 1))
    return _hold(now, held, Line("cramp_now.release"))


def still_tight(here: Situation) -> Turn:
    """Holds once more; after that asks whether it has lasted too long for an ordinary cramp."""
    now, place = release(here), here.place
    if place.beat < _TRIES or now.then_ask is None:
        held = here.state.placed(place._replace(beat=place.beat + 1))
        return _hold(now, held, Line("cramp_now.hold_again"), again=True)
    return ask_question(out_of_exercise(here.state), now.then_ask, Line("cramp_now.keep_on"))


def eased(here: Situation) -> Turn:
    """Walk it off, rubbing only where swelling was denied; then back to what was interrupted."""
    said = in_one(release(here), here.state.answers, "end")
    last = (Line(key) for key, _ in said)
    return back(here, Line("cramp_now.eased"), *last, Line("cramp_now.walk_off"))


def release(here: Situation) -> Exercise:
    """The exercise that releases a cramp."""
    return here.guide.relief.exercises[here.guide.relief.now]


def _hold(now: Exercise, state: State, first: Line, *, again: bool = False) -> Turn:
    said = in_one(now, state.answers, "each")
    lines = (Line(key.replace("step.", "again.") if again else key) for key, _ in said)
    return make_offer(state, "eased", first, *lines)
