"""Coaching an exercise: next, back, wait, how many are left, and what to do when it hurts more.

The place is one number in the state. Whatever else is said in between, it is kept until the exercise is left.
"""

from __future__ import annotations

from crampguide.relief import load_relief
from crampguide.triage import Protocol, QuestionId
from crampguide.voice import check
from crampguide.voice.asides import resume
from crampguide.voice.progress import progress_lines
from crampguide.voice.relief import back
from crampguide.voice.serve import another, beats, go_to
from crampguide.voice.state import Line, State
from crampguide.voice.turn import Heard, Turn, make_offer

IN_EXERCISE = frozenset({"begin", "coach"})
SHOOTS = frozenset({QuestionId("pain_down_leg"), QuestionId("pain_below_knee")})
"""Signs that, said during an exercise, mean that pain shoots down."""
_WAIT = Line("coach.wait")


def onward(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """The next beat; the last one ends the exercise."""
    return go_to(state, state.beat + 1)


def backward(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """The beat before; at the first step says so."""
    if state.beat <= 1:
        return go_to(state, 1, Line("coach.first_step"))
    return go_to(state, state.beat - 1)


def again(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """The beat at hand once more, whatever was said since."""
    return go_to(state, state.beat, offer=state.offer or "coach")


def wait(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Gives time without losing the place: silence of our own, since Alexa listens for seconds only."""
    return resume(protocol, state, _WAIT)


def waited(state: State) -> bool:
    """Whether the last reply gave time."""
    return _WAIT in state.said


def decline(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """An exercise that is not wanted, or not safe for the person, is skipped."""
    return another(state, Line("coach.skipped"))


def skip_exercise(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Leaves the exercise for the next one."""
    if state.offer in IN_EXERCISE:
        return decline(protocol, state, heard)
    return resume(protocol, state, Line("coach.not_exercising"))


def leave(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Leaves the exercise and goes back to where it came in."""
    return back(protocol, state, Line("coach.stopped"))


def how_many_left(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Of an exercise the repetitions, sides or steps still to come; elsewhere the questions."""
    if state.offer in IN_EXERCISE and state.exercise is not None:
        return resume(protocol, state, _left(state, state.exercise))
    return resume(protocol, state, *progress_lines(protocol, state))


def hurts_more(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Stops the exercise and says what it means; signs named with it count as answers."""
    if state.offer not in IN_EXERCISE and state.offer != "eased":
        return resume(protocol, state, Line("coach.hurt_elsewhere"), Line("net.line"))
    left = state._replace(exercise=None, beat=0)
    new = {sign: "yes" for sign in heard.signs if state.answers.get(sign) != "yes"}
    if new:
        noted = check.record(left, dict.fromkeys(heard.signs, "yes"))._replace(confirmed=False, held=None)
        turn = check.proceed(protocol, noted, Line("coach.hurt"))
        recap = turn.state.offer == "recap"
        return turn._replace(lines=(Line("coach.hurt"), *turn.lines)) if recap else turn
    if state.level is None:
        return back(protocol, state, Line("coach.hurt"))
    return make_offer(left, "check_again", Line("coach.hurt"))


def come_back(state: State, turn: Turn) -> Turn:
    """What was said in an exercise has led to ``turn``; the exercise goes on if the advice stays the same.

    After a recap it goes on too. Anything that needs help takes its place.
    """
    if state.offer not in IN_EXERCISE or turn.state.level != state.level:
        return turn
    if turn.state.offer == "recap":
        return turn._replace(state=turn.state._replace(wants=state.exercise))
    if turn.state.offer not in {"tips", "wanted"} or state.offer is None:
        return turn
    return make_offer(turn.state, state.offer, *turn.lines)


def shoots(state: State, heard: Heard) -> bool:
    """Whether what was said in an exercise means that it makes the pain shoot down."""
    return state.offer in IN_EXERCISE and bool(heard.named) and SHOOTS.issuperset(heard.named)


def _left(state: State, id_: str) -> Line:
    exercise, all_beats = load_relief().exercises[id_], beats(state)
    here = all_beats[min(state.beat, len(all_beats) - 1)]
    to_go = exercise.times - here.time
    if exercise.times == 1:
        steps = len(all_beats) - 2 - state.beat
        return Line("left.steps", (), steps) if steps > 0 else Line("left.last")
    if here.side < exercise.sides:
        if not here.side or not here.time:
            return Line("left.each_side", (), to_go)
        return Line("left.then_other", (), to_go) if to_go else Line("left.side_done")
    if not here.time:
        return Line("left.all", (), to_go)
    return Line("left.more", (), to_go) if to_go else Line("left.last")
