"""Asking for relief: tips, an exercise, or help with a cramp that hurts right now.

None of it at urgent or emergency, where help comes first.
"""

from __future__ import annotations

from crampguide.relief import load_relief, next_exercise
from crampguide.relief.plan import in_one
from crampguide.triage import Level, Protocol, level_of
from crampguide.voice import check
from crampguide.voice.advice import with_offer
from crampguide.voice.asides import resume
from crampguide.voice.serve import another, having_told, lines_of, may_stretch, serve, unchecked
from crampguide.voice.state import Line, State
from crampguide.voice.turn import Heard, Turn, ask_question, make_offer, offer_check

_TRIES = 2
"""Holds after which the question follows that tells an ordinary cramp from another."""


def tips(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Tips, after the questions that keep them safe; before a check with the offer to check first."""
    if refusal := _refused(protocol, state):
        return refusal
    wanting = state._replace(wants=":".join(("tips", *heard.topics[:1])))
    if state.level is None:
        return _before_a_check(protocol, wanting if heard.topics else state, heard)
    return serve(protocol, wanting)


def more(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """The next tips, whatever was offered in between."""
    return tips(protocol, state, Heard())


def exercise(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """The exercise that was named, else the next that suits, where stretching is safe."""
    relief = load_relief()
    if relief.now in heard.exercises:
        return cramp_now(protocol, state, heard)
    if refusal := _no_stretch(protocol, state):
        return refusal
    if state.level is None:
        lines = (Line("relief.after_check"), Line("net.line"))
        return _check_first(protocol, state._replace(wants=next(iter(heard.exercises), None)), *lines)
    found = next_exercise(relief, state.answers, state.pattern, state.told)
    named = (*heard.exercises, *((found.id,) if found else ()))
    return serve(protocol, state._replace(wants=named[0])) if named else another(state)


def cramp_now(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """The cramp release at once, counted; then the check or the interrupted question.

    It is for someone who should be seen today too, unless a sign forbids it or help is needed this minute.
    """
    now = load_relief().exercises[load_relief().now]
    if now.do_not.fitting(state.answers):
        return resume(protocol, state, Line("tips.no_stretch"), *_today(protocol, state))
    if level_of(protocol, state.heard()) is Level.EMERGENCY:
        return resume(protocol, state, Line("tips.not_now"))
    if state.offer == "eased":
        return still_tight(protocol, state, heard)
    return _hold(state._replace(exercise=now.id, beat=1, held=state.asking), Line("cramp_now.release"))


def still_tight(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Holds once more; after that asks whether it has lasted too long for an ordinary cramp."""
    now = load_relief().exercises[load_relief().now]
    if state.beat < _TRIES or now.then_ask is None:
        return _hold(state._replace(beat=state.beat + 1), Line("cramp_now.hold_again"), again=True)
    return ask_question(_left(state), now.then_ask, Line("cramp_now.keep_on"))


def eased(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Walk it off, rubbing only where swelling was denied; then back to what was interrupted."""
    now = load_relief().exercises[load_relief().now]
    last = (Line(key, (), number) for key, number in in_one(now, state.answers, "end"))
    return back(protocol, state, Line("cramp_now.eased"), *last, Line("cramp_now.walk_off"))


def back(protocol: Protocol, state: State, *lines: Line) -> Turn:
    """Says ``lines``, then goes on where the exercise came in."""
    left = _left(state)
    if state.held is not None:
        return ask_question(left, state.held, *lines)
    if state.level is not None:
        return with_offer(left, *lines)
    if not state.answers:
        return offer_check(left, *lines)
    turn = check.proceed(protocol, left, *lines)
    return turn._replace(lines=(*lines, *turn.lines)) if turn.state.offer == "recap" else turn


def _left(state: State) -> State:
    return state._replace(exercise=None, beat=0, held=None)


def _hold(state: State, first: Line, *, again: bool = False) -> Turn:
    now = load_relief().exercises[load_relief().now]
    said = in_one(now, state.answers, "each")
    lines = (Line(key.replace("step.", "again.") if again else key, (), number) for key, number in said)
    return make_offer(state, "eased", first, *lines)


def wanted(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """What was asked for before the check was done."""
    wants, _, topic = (state.wants or "tips").partition(":")
    if wants == "tips":
        return tips(protocol, state, Heard(topics=(topic,) if topic else ()))
    return exercise(protocol, state, Heard(exercises=(wants,)))


def _before_a_check(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Only tips that are safe for anyone, with the safety-net; the others wait for the answers."""
    topic = next(iter(heard.topics), None)
    chosen = unchecked(state, topic)
    depends = Line("relief.depends" if topic or not state.told else "relief.rest_depends")
    lines = (*(lines_of(*chosen) or (depends,)), Line("tips.unchecked"), Line("net.line"))
    return _check_first(protocol, having_told(state, *(tip.id for tip in chosen)), *lines)


def _check_first(protocol: Protocol, state: State, *lines: Line) -> Turn:
    """Says ``lines``, then goes on with the check, or offers it; once declined, it says how to ask for it."""
    if state.answers or state.asking:
        return resume(protocol, state, *lines)
    return offer_check(state, *lines, *((Line("relief.say_check"),) if state.declined else ()))


def _no_stretch(protocol: Protocol, state: State) -> Turn | None:
    """What is said instead of anything that stretches or moves the leg, after calm advice too."""
    if refusal := _refused(protocol, state):
        return refusal
    return None if may_stretch(protocol, state) else resume(protocol, state, Line("tips.no_stretch"))


def _refused(protocol: Protocol, state: State) -> Turn | None:
    """What is said instead of relief where the answers so far ask for help or forbid a stretch."""
    level = level_of(protocol, state.heard())
    if level >= Level.URGENT and state.level is not None:
        return resume(protocol, state, Line("tips.not_now"), *_today(protocol, state))
    if level >= Level.URGENT or not may_stretch(protocol, state):
        lines = () if may_stretch(protocol, state) else (Line("tips.no_stretch"),)
        return resume(protocol, state, *lines, Line("tips.finish_first")) if state.level is None else None
    return None


def _today(protocol: Protocol, state: State) -> tuple[Line, ...]:
    """The reminder that belongs to advice for today; in an emergency ``resume`` says its own."""
    urgent = state.level is not None and level_of(protocol, state.heard()) is Level.URGENT
    return (Line("goodbye.urgent"),) if urgent else ()
