"""Tells tips and starts exercises once they are safe, asking first what they depend on."""

from __future__ import annotations

from crampguide.relief import (
    Beat,
    Exercise,
    Tip,
    caution_to_ask,
    forbidden_by,
    load_relief,
    next_exercise,
    plan,
    tips_for,
)
from crampguide.triage import ANSWERS, Ask, Finish, Level, Protocol, QuestionId, next_step
from crampguide.voice.state import Line, State
from crampguide.voice.turn import Turn, ask_question, make_offer

_AT_ONCE = 2
_TOUCHING = frozenset({"stretch", "massage"})
"""Topics whose tips are left out wherever a sign forbids stretching."""


def may_stretch(protocol: Protocol, state: State) -> bool:
    """Whether no sign is left, yes or open, that names something not to do while waiting for help."""
    left = (protocol.questions[id_] for id_, said in state.answers.items() if said != "no")
    return not any(question.waiting for question in left)


def serve(protocol: Protocol, state: State) -> Turn:
    """The tips or the exercise that the person wants; before it, any question that keeps it safe.

    To be called only after calm advice: what the check forbids has been refused by then.
    """
    wants, _, topic = (state.wants or "tips").partition(":")
    if wants == "tips":
        return _tell(protocol, state, topic or None)
    return _safely(protocol, state) or begin(state._replace(wants=None), load_relief().exercises[wants])


def begin(state: State, exercise: Exercise) -> Turn:
    """Says what the exercise is and needs, and asks whether to start; one that was interrupted goes on."""
    if forbidden := exercise.do_not.fitting(state.answers):
        return another(state, Line("relief.not_for_you", forbidden))
    if state.exercise == exercise.id and state.beat:
        return go_to(state, state.beat)
    started = having_told(state, exercise.id)._replace(exercise=exercise.id, beat=0)
    return make_offer(started, "begin", Line(f"intro.{exercise.id}"))


def having_told(state: State, *ids: str) -> State:
    """The state in which these tips, or this exercise, are what was told last."""
    return state._replace(told=(*(id_ for id_ in state.told if id_ not in ids), *ids))


def beats(state: State) -> tuple[Beat, ...]:
    """The exercise at hand as it is coached."""
    return plan(load_relief().exercises[state.exercise or ""], state.answers, state.pattern)


def go_to(state: State, beat: int, *lines: Line, offer: str = "coach") -> Turn:
    """Says one beat of the exercise at hand; the last one ends it."""
    if state.exercise is None:
        return another(state)
    all_beats = beats(state)
    at = min(beat, len(all_beats) - 1)
    said = (*lines, *(Line(key, (), number) for key, number in all_beats[at].lines))
    if at == len(all_beats) - 1:
        return another(state, *said)
    return make_offer(state._replace(beat=at, hedged=False), offer, *said)


def another(state: State, *lines: Line) -> Turn:
    """Leaves an exercise and offers the next one that suits, or else tips."""
    left = state._replace(exercise=None, beat=0, wants=None)
    if next_exercise(load_relief(), state.answers, state.pattern, state.told):
        return make_offer(left, "another", *lines)
    return make_offer(left, "tips", *lines, Line("coach.none_left"))


def unchecked(state: State, topic: str | None) -> tuple[Tip, ...]:
    """Tips that depend on no answer and stretch nothing, for someone who has not been through the check.

    Without a topic those that were told are left out.
    """
    fitting = tips_for(load_relief(), state.answers, None, topic, () if topic else state.told)
    return tuple(tip for tip in fitting if not tip.cautions and not tip.topics & _TOUCHING)[:_AT_ONCE]


def lines_of(*tips: Tip) -> tuple[Line, ...]:
    """The words of tips."""
    return tuple(Line(f"tip.{tip.id}") for tip in tips)


def cited(state: State) -> tuple[str, ...]:
    """The sources of what was told last: the exercise at hand, else the last tip."""
    relief = load_relief() if state.told else None
    last = state.told[-1] if state.told else ""
    if relief is None or state.offer not in {"more_tips", "begin", "coach", "another", "check_again"}:
        return ()
    return relief.exercises[last].cites if last in relief.exercises else relief.tips[last].cites


def _tell(protocol: Protocol, state: State, topic: str | None) -> Turn:
    if asked := _safely(protocol, state):
        return asked
    relief, done, batch = load_relief(), state._replace(wants=None), _batch(protocol, state, topic)
    warning = () if may_stretch(protocol, state) else (Line("tips.no_stretch"),)
    if not batch:
        forbidden = forbidden_by(relief, state.answers, topic) if topic else ()
        line = Line("relief.not_for_you", forbidden) if forbidden else Line("relief.no_more")
        return make_offer(done, "check_again", *warning, line)
    ids = tuple(tip.id for tip in batch)
    now = having_told(done, *ids)
    lines = (*warning, *lines_of(*batch))
    if tips_for(relief, state.answers, state.pattern, None, now.told):
        return make_offer(now, "more_tips", *lines)
    return make_offer(now, "check_again", *lines, Line("relief.no_more"))


def _batch(protocol: Protocol, state: State, topic: str | None) -> tuple[Tip, ...]:
    """The tips to tell next."""
    told = () if topic else state.told
    fitting = tips_for(load_relief(), state.answers, state.pattern, topic, told)
    if not may_stretch(protocol, state):
        fitting = tuple(tip for tip in fitting if not tip.topics & _TOUCHING)
    return fitting[:_AT_ONCE]


def _safely(protocol: Protocol, state: State) -> Turn | None:
    """Asks what the wanted depends on, if that is still open; the answer leads back here."""
    question = _caution(protocol, state)
    if question is None:
        return None
    ways = () if state.asking else (_announced(_ways(protocol, state, question)),)
    return ask_question(state, question, *ways)


def _caution(protocol: Protocol, state: State) -> QuestionId | None:
    wants, _, topic = (state.wants or "tips").partition(":")
    chosen = _batch(protocol, state, topic or None) if wants == "tips" else (load_relief().exercises[wants],)
    return caution_to_ask(load_relief(), state.answers, *chosen)


def _ways(protocol: Protocol, state: State, question: QuestionId) -> set[int]:
    """How many questions it may take from this one on, whatever is answered: an answer can open others."""
    ways = set()
    for said in ANSWERS:
        answers = {**state.answers, question: said}
        after = state._replace(answers=answers, unheard=state.unheard - {question})
        step = next_step(protocol, after.heard(), after.opened, confirmed=True)
        then: QuestionId | None = None
        if isinstance(step, Ask):
            then = step.question
        elif isinstance(step, Finish) and step.level < Level.URGENT:
            then = _caution(protocol, after._replace(pattern=step.pattern))
        ways |= {1 + more for more in _ways(protocol, after, then)} if then else {1}
    return ways


def _announced(ways: set[int]) -> Line:
    if len(ways) == 1:
        return Line("relief.caution") if ways == {1} else Line("relief.cautions", (), max(ways))
    return Line("relief.caution_or_more" if 1 in ways else "relief.cautions_at_most", (), max(ways))
