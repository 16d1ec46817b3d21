"""Tells tips and starts exercises once they are safe, asking first what they depend on."""

from __future__ import annotations

from crampguide.dialogue.state import Place, State, Wanted
from crampguide.dialogue.turn import Situation, Turn, ask_question, make_offer
from crampguide.relief import (
    Beat,
    Exercise,
    Tip,
    allowed,
    caution_to_ask,
    forbidden_by,
    next_exercise,
    plan,
    tips_for,
)
from crampguide.speech import Line
from crampguide.triage import ANSWERS, Ask, Finish, Level, QuestionId, next_step

_AT_ONCE = 2
_TOUCHING = frozenset({"stretch", "massage"})
"""Topics whose tips are left out wherever a sign forbids stretching."""


def may_stretch(here: Situation) -> bool:
    """Tells whether no sign is left, yes or open, that names something not to do while waiting for help."""
    left = (here.protocol.questions[id_] for id_, said in here.state.answers.items() if said != "no")
    return not any(question.waiting for question in left)


def tell_or_begin(here: Situation) -> Turn:
    """The tips or the exercise that the person wants; before it, any question that keeps it safe.

    To be called only after calm advice: what the check forbids has been refused by then.
    """
    wanted = _wanted(here.state)
    if wanted.exercise is None:
        return _tell(here, wanted.topic)
    served = here.at(here.state.wanting(None))
    return _safely(here) or begin(served, here.guide.relief.exercises[wanted.exercise])


def begin(here: Situation, exercise: Exercise) -> Turn:
    """Says what the exercise is and needs, and asks whether to start; one that was interrupted goes on.

    Where an answer forbids it, the one in its place is begun.
    """
    forbidden = exercise.do_not.fitting(here.state.answers)
    chosen = allowed(here.guide.relief, here.state.answers, exercise)
    if chosen is None:
        return another(here, Line("relief.not_for_you", forbidden))
    place = here.state.relief.place
    if place is not None and place.exercise == chosen.id and place.beat:
        return go_to(here, place)
    instead = (Line("relief.instead", forbidden),) if forbidden else ()
    started = here.state.having_told(chosen.id).placed(Place(chosen.id))
    return make_offer(started, "begin", *instead, Line(f"intro.{chosen.id}"))


def beats(here: Situation, exercise: str) -> tuple[Beat, ...]:
    """The exercise as it is coached."""
    return plan(here.guide.relief.exercises[exercise], here.state.answers, here.state.pattern)


def go_to(here: Situation, place: Place, *lines: Line, offer: str = "coach") -> Turn:
    """Says one beat of an exercise; the last one ends it."""
    all_beats = beats(here, place.exercise)
    at = min(place.beat, len(all_beats) - 1)
    said = (*lines, *(Line(key, (), number) for key, number in all_beats[at].lines))
    if at == len(all_beats) - 1:
        return another(here, *said)
    return make_offer(here.state.placed(place._replace(beat=at)).asked_plainly(hedged=False), offer, *said)


def another(here: Situation, *lines: Line) -> Turn:
    """Leaves an exercise and offers the next one that suits, or else tips."""
    left = here.state.placed(None).wanting(None)
    if next_exercise(here.guide.relief, left.answers, left.pattern, left.relief.already_told):
        return make_offer(left, "another", *lines)
    return make_offer(left, "tips", *lines, Line("coach.none_left"))


def unchecked(here: Situation, topic: str | None) -> tuple[Tip, ...]:
    """Tips that depend on no answer and stretch nothing, for someone who has not been through the check.

    Without a topic those that were told are left out.
    """
    told = () if topic else here.state.relief.already_told
    fitting = tips_for(here.guide.relief, here.state.answers, None, topic, told)
    return tuple(tip for tip in fitting if not tip.cautions and not tip.topics & _TOUCHING)[:_AT_ONCE]


def lines_of(*tips: Tip) -> tuple[Line, ...]:
    """The words of tips."""
    return tuple(Line(f"tip.{tip.id}") for tip in tips)


def cited(here: Situation) -> tuple[str, ...]:
    """The sources of what was told last: the exercise at hand, else the last tip."""
    told = here.state.relief.already_told
    if not told or here.offered is None or here.offered.source is None:
        return ()
    relief = here.guide.relief
    last = relief.exercises.get(told[-1]) or relief.tips[told[-1]]
    return last.cites


def _wanted(state: State) -> Wanted:
    return state.relief.wanted or Wanted()


def _tell(here: Situation, topic: str | None) -> Turn:
    if asked := _safely(here):
        return asked
    state, batch = here.state.wanting(None), _batch(here, topic)
    warning = () if may_stretch(here) else (Line("tips.no_stretch"),)
    if not batch:
        forbidden = forbidden_by(here.guide.relief, state.answers, topic)
        line = Line("relief.not_for_you", forbidden) if forbidden else Line("relief.no_more")
        return make_offer(state, "check_again", *warning, line)
    now = state.having_told(*(tip.id for tip in batch))
    lines = (*warning, *lines_of(*batch))
    if tips_for(here.guide.relief, now.answers, now.pattern, None, now.relief.already_told):
        return make_offer(now, "more_tips", *lines)
    return make_offer(now, "check_again", *lines, Line("relief.no_more"))


def _batch(here: Situation, topic: str | None) -> tuple[Tip, ...]:
    """The tips to tell next."""
    state = here.state
    told = () if topic else state.relief.already_told
    fitting = tips_for(here.guide.relief, state.answers, state.pattern, topic, told)
    if not may_stretch(here):
        fitting = tuple(tip for tip in fitting if not tip.topics & _TOUCHING)
    return fitting[:_AT_ONCE]


def _safely(here: Situation) -> Turn | None:
    """Asks what the wanted depends on, if that is still open; the answer leads back here."""
    question = _caution(here)
    if question is None:
        return None
    ways = () if here.asked else (_announced(_ways(here, question)),)
    return ask_question(here.state, question, *ways)


def _caution(here: Situation) -> QuestionId | None:
    wanted, relief = _wanted(here.state), here.guide.relief
    exercise = wanted.exercise and relief.exercises[wanted.exercise]
    chosen = (exercise,) if exercise else _batch(here, wanted.topic)
    return caution_to_ask(relief, here.state.answers, *chosen)


def _ways(here: Situation, question: QuestionId) -> set[int]:
    """The numbers of questions it may take from this one on: an answer can open others."""
    ways = set()
    for said in ANSWERS:
        answers = {**here.state.answers, question: said}
        after = here.state._replace(answers=answers, unheard=here.state.unheard - {question})
        step = next_step(here.protocol, after.counted_answers(), after.opened, confirmed=True)
        then: QuestionId | None = None
        if isinstance(step, Ask):
            then = step.question
        elif isinstance(step, Finish) and step.level < Level.URGENT:
            then = _caution(here.at(after._replace(pattern=step.pattern)))
        ways |= {1 + more for more in _ways(here.at(after), then)} if then else {1}
    return ways


def _announced(ways: set[int]) -> Line:
    if len(ways) == 1:
        return Line("relief.caution") if ways == {1} else Line("relief.cautions", (), max(ways))
    return Line("relief.caution_or_more" if 1 in ways else "relief.cautions_at_most", (), max(ways))
