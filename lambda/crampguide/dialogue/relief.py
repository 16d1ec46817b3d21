"""Asking for relief: tips, or an exercise. None of it at urgent or emergency, where help comes first."""

from __future__ import annotations

from crampguide.dialogue import for_whom
from crampguide.dialogue.flow import proceed, resume
from crampguide.dialogue.state import State, Wanted
from crampguide.dialogue.tips import another, lines_of, may_stretch, tell_or_begin, unchecked
from crampguide.dialogue.turn import Situation, Turn, make_offer, offer_check, urgent_reminder
from crampguide.relief import next_exercise
from crampguide.speech import Line
from crampguide.triage import Level


def tips(here: Situation) -> Turn:
    """Tips, after the questions that keep them safe; before a check with the offer to check first."""
    return tell(here, next(iter(here.slots.topics), None))


def tell(here: Situation, topic: str | None = None) -> Turn:
    """The next tips, or those about a topic, whatever was offered in between."""
    if refusal := _refused(here):
        return refusal
    wanting = here.state.wanting(Wanted(topic=topic))
    if here.state.level is None:
        return _before_a_check(here.at(wanting if topic else here.state), topic)
    return tell_or_begin(here.at(wanting))


def exercise(here: Situation, named: str | None) -> Turn:
    """The exercise that was named, else the next that suits, where stretching is safe."""
    if refusal := _no_stretch(here):
        return refusal
    state = here.state
    if state.level is None:
        wanting = state.wanting(Wanted(named) if named else None)
        return _check_first(here.at(wanting), Line("relief.after_check"), Line("net.line"))
    if named is None:
        found = next_exercise(here.guide.relief, state.answers, state.pattern, state.relief.already_told)
        if found is None:
            return another(here)
        named = found.id
    return tell_or_begin(here.at(state.wanting(Wanted(named))))


def tips_then(here: Situation) -> Turn:
    """Gives up what was asked for before, and offers tips."""
    return make_offer(here.state.wanting(None), "tips")


def _before_a_check(here: Situation, topic: str | None) -> Turn:
    """Only tips that are safe for anyone, with the safety-net; the others wait for the answers."""
    chosen = unchecked(here, topic)
    fresh = topic or not here.state.relief.already_told
    depends = Line("relief.depends" if fresh else "relief.rest_depends")
    lines = (*(lines_of(*chosen) or (depends,)), Line("tips.unchecked"), Line("net.line"))
    return _check_first(here.at(here.state.having_told(*(tip.id for tip in chosen))), *lines)


def _check_first(here: Situation, *lines: Line) -> Turn:
    """Says ``lines``, then goes on with the check, or offers it; once declined, it says how to ask for it."""
    state: State = here.state
    if state.answers or state.asking:
        return resume(here, *lines)
    return offer_check(state, *lines, *((Line("relief.say_check"),) if state.declined else ()))


def _no_stretch(here: Situation) -> Turn | None:
    """The refusal of anything that stretches or moves the leg, after calm advice too."""
    if refusal := _refused(here):
        return refusal
    return None if may_stretch(here) else resume(here, Line("tips.no_stretch"))


def _refused(here: Situation) -> Turn | None:
    """The refusal of relief where the answers so far ask for help or forbid a stretch."""
    level, advised = here.level, here.state.level is not None
    if for_whom.is_child(here.state):
        return proceed(here)
    if level >= Level.URGENT and advised:
        return resume(here, Line("tips.not_now"), *urgent_reminder(level))
    if advised or (level < Level.URGENT and may_stretch(here)):
        return None
    lines = () if may_stretch(here) else (Line("tips.no_stretch"),)
    return resume(here, *lines, Line("tips.finish_first"))
