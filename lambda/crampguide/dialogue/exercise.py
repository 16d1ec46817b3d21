"""Coaching an exercise: next, back, wait, how many are left, and what was said in between.

The place is one value in the state. Whatever else is said meanwhile, it is kept until the exercise is left.
"""

from __future__ import annotations

from crampguide.dialogue.flow import resume
from crampguide.dialogue.progress import progress_lines
from crampguide.dialogue.state import Offered, State, Wanted
from crampguide.dialogue.tips import another, beats, go_to
from crampguide.dialogue.turn import Situation, Turn, make_offer, offer_after_advice
from crampguide.speech import Line
from crampguide.triage import QuestionId

SHOOTS = frozenset({QuestionId("pain_down_leg"), QuestionId("pain_below_knee")})
"""Signs that, said during an exercise, mean that pain shoots down."""
_WAIT = Line("coach.wait")


def onward(here: Situation) -> Turn:
    """The next beat; the last one ends the exercise."""
    return go_to(here, here.place._replace(beat=here.place.beat + 1))


def backward(here: Situation) -> Turn:
    """The beat before; at the first step says so."""
    beat = here.place.beat
    if beat <= 1:
        return go_to(here, here.place._replace(beat=1), Line("coach.first_step"))
    return go_to(here, here.place._replace(beat=beat - 1))


def wait(here: Situation) -> Turn:
    """Gives time without losing the place: silence of our own, since Alexa listens for seconds only."""
    return resume(here, _WAIT)


def waited(state: State) -> bool:
    """Tells whether the last reply gave time."""
    return _WAIT in state.said


def decline(here: Situation) -> Turn:
    """Skips an exercise that is not wanted, or not safe for the person."""
    return another(here, Line("coach.skipped"))


def skip_exercise(here: Situation) -> Turn:
    """Leaves the exercise for the next one."""
    return decline(here) if here.in_exercise else resume(here, Line("coach.not_exercising"))


def how_many_left(here: Situation) -> Turn:
    """Of an exercise the repetitions, sides or steps still to come; elsewhere the questions."""
    return resume(here, *((_left(here),) if here.in_exercise else progress_lines(here)))


def go_on_after(here: Situation, turn: Turn) -> Turn:
    """The turn that something said in an exercise has led to, or the exercise again after its lines.

    The exercise goes on where the advice stays the same, after a recap too. Anything that needs help, or
    asks something, takes its place.
    """
    exercise, after = here.state.open, turn.state
    if not here.in_exercise or not isinstance(exercise, Offered) or after.level != here.state.level:
        return turn
    if after.offer == "recap":
        return turn._replace(state=after.wanting(Wanted(here.place.exercise)))
    if after.offer == "hear_again" or after.offer != offer_after_advice(after):
        return turn
    return make_offer(after, exercise.offer, *turn.lines)


def shoots(here: Situation) -> bool:
    """Tells whether what was said in an exercise means that it makes the pain shoot down."""
    return here.in_exercise and bool(here.slots.named) and SHOOTS.issuperset(here.slots.named)


def _left(here: Situation) -> Line:
    place = here.place
    exercise, all_beats = here.guide.relief.exercises[place.exercise], beats(here, place.exercise)
    last = len(all_beats) - 2  # the closing words are no place
    now = all_beats[min(place.beat, last)]
    to_go = exercise.times - now.time
    if exercise.times == 1:
        steps = last - place.beat
        return Line("left.steps", (), steps) if steps > 0 else Line("left.last")
    if now.side < exercise.sides:
        if not now.side or not now.time:
            return Line("left.each_side", (), to_go)
        return Line("left.then_other", (), to_go) if to_go else Line("left.side_done")
    if not now.time:
        return Line("left.all", (), to_go)
    return Line("left.more", (), to_go) if to_go else Line("left.last")
