"""The moves of the check itself: answers, volunteered signs, denials, going back, correcting."""

from __future__ import annotations

from collections.abc import Sequence

from crampguide.triage import Answer, Ask, Level, Protocol, QuestionId, Recap, level_of, next_step
from crampguide.voice import doubt
from crampguide.voice.advice import give_advice
from crampguide.voice.progress import halfway_line
from crampguide.voice.recap import say_recap
from crampguide.voice.state import Line, State
from crampguide.voice.turn import Turn, ask_question, make_offer


def proceed(protocol: Protocol, state: State, *lines: Line) -> Turn:
    """Whatever comes next for the answers so far, after ``lines``."""
    heard = state.heard()
    if state.level is not None and level_of(protocol, heard).id != state.level:
        # Advice that no longer holds is not advice given; a higher level is recapped like any other.
        state = state._replace(level=None, pattern=None, confirmed=False)
    if unclear := doubt.to_ask(protocol, state):
        return ask_question(state, unclear, *lines)
    step = next_step(protocol, heard, state.opened, confirmed=state.confirmed)
    if isinstance(step, Ask):
        return ask_question(state, step.question, *lines)
    if isinstance(step, Recap):
        return say_recap(protocol, state)
    return give_advice(protocol, state, step)


def answer(protocol: Protocol, state: State, said: Answer) -> Turn:
    """Takes a yes, no or "I don't know" to the question being asked.

    "I don't know" is asked again with a check to do, and a no that must not be missed in other words. Raises
    ``ValueError`` where no question is asked.
    """
    question = state.asking
    if question is None:
        raise ValueError(said)
    if said == "unsure" and protocol.questions[question].recheck and not state.rechecking:
        return ask_question(state, question, Line("acknowledge.unsure"), form="recheck", rechecking=True)
    if (
        said == "no"
        and protocol.questions[question].confirm_no
        and not (state.rechecking or state.confirming)
    ):
        return ask_question(state, question, form="confirm_no", confirming=True)
    new = record(state, {question: said})
    thanks = _thanks(protocol, new, question, said)
    if (half := halfway_line(protocol, new)) and not any(line.names for line in thanks):
        # Instead of the thanks, which say nothing, and never of a denied sign that is named.
        return proceed(protocol, new._replace(halfway=True), half)
    return proceed(protocol, new, *thanks)


def skip(protocol: Protocol, state: State) -> Turn:
    """Leaves the question being asked unknown, without a re-check."""
    question = state.asking
    if question is None:
        return proceed(protocol, state)
    aloud = protocol.questions[question].waiting == "cauda_equina"
    lines = (Line("acknowledge.skipped"), *((Line("net.cauda_equina"),) if aloud else ()))
    return proceed(protocol, record(state, {question: "unsure"}), *lines)


def volunteer(protocol: Protocol, state: State, signs: Sequence[QuestionId]) -> Turn:
    """Counts signs the person brought up as a yes each; an emergency gets its advice at once."""
    if state.offer == "correct" and all(state.answers.get(sign) == "yes" for sign in signs):
        return correct(state, signs)
    asked = len(signs) == 1 and signs[0] == state.asking
    first = "welcome.sign" if not state.turn else "acknowledge.yes" if asked else "acknowledge.sign"
    new = record(state, dict.fromkeys(signs, "yes"))
    if not asked:
        new = new._replace(confirmed=False)
    lines = () if level_of(protocol, new.heard()) is Level.EMERGENCY else (Line(first, tuple(signs)),)
    return proceed(protocol, new, *lines)


def ask_about(protocol: Protocol, state: State, signs: Sequence[QuestionId]) -> Turn:
    """Asks which of these signs was meant, the most dangerous first; what was said answers none of them."""
    new = doubt.left_open(state, signs)
    if new is state or level_of(protocol, state.heard()) is Level.EMERGENCY:
        return proceed(protocol, state)
    lines = (*(() if state.turn else (Line("welcome.short"),)), Line("acknowledge.unclear"))
    return ask_question(new, doubt.to_ask(protocol, new) or new.unclear[0], *lines)


def deny(protocol: Protocol, state: State, signs: Sequence[QuestionId]) -> Turn:
    """Counts denied signs as a no each.

    A question names several signs. Someone who denies one of them unasked has not heard the others, so
    that question is still asked in its turn.
    """
    if all(state.answers.get(sign) == "no" and sign not in state.unclear for sign in signs):
        return proceed(protocol, state, Line("acknowledge.denial"))
    new = record(state, dict.fromkeys(signs, "no"))
    unheard = {sign for sign in signs if sign != state.asking and state.answers.get(sign) is None}
    new = new._replace(unheard=new.unheard | unheard, confirmed=False)
    return proceed(protocol, new, Line("acknowledge.denial"))


def undo(protocol: Protocol, state: State) -> Turn:
    """Takes the last answer back and asks it again."""
    if not state.history:
        return proceed(protocol, state, Line("first_question.line"))
    last = state.history[-1]
    answers = {id_: said for id_, said in state.answers.items() if id_ != last}
    state = state._replace(
        answers=answers,
        history=state.history[:-1],
        unheard=state.unheard - {last},
        confirmed=False,
        level=None,
        pattern=None,
        rest=(),
    )
    if level_of(protocol, state.heard()) is Level.EMERGENCY:
        return proceed(protocol, state)
    return ask_question(state, last, Line("acknowledge.undone"))


def correct(state: State, signs: Sequence[QuestionId]) -> Turn:
    """Asks again about one sign whose answer was wrong; without one, asks which."""
    if not signs:
        return make_offer(state, "correct", Line("correct.lead"))
    return ask_question(state._replace(confirmed=False), signs[0], Line("acknowledge.corrected"))


def ask_rest_again(protocol: Protocol, state: State) -> Turn:
    """Asks again whatever is not a yes, where something is wrong that nobody can name.

    A yes stays: it may be a warning sign, and refusing a recap takes none back. It can be named and changed.
    """
    kept = tuple(id_ for id_ in state.history if state.answers[id_] == "yes")
    new = state._replace(
        answers=dict.fromkeys(kept, "yes"), history=kept, unheard=frozenset(), confirmed=False, doubted=False
    )
    return proceed(protocol, new, Line("correct.rest_again" if kept else "acknowledge.started_over"))


def open_topic(protocol: Protocol, state: State, topic: str) -> Turn:
    """Opens the questions that are asked only when the person brings the topic up."""
    return proceed(protocol, state._replace(opened=state.opened | {topic}), Line("acknowledge.opened"))


def record(state: State, answers: dict[QuestionId, Answer]) -> State:
    """The state with these answers as the latest ones."""
    kept = tuple(id_ for id_ in state.history if id_ not in answers)
    return state._replace(
        answers={**state.answers, **answers},
        history=(*kept, *answers),
        unheard=state.unheard.difference(answers),
        unclear=tuple(id_ for id_ in state.unclear if id_ not in answers),
        doubted=False,
    )


def _thanks(protocol: Protocol, state: State, question: QuestionId, said: Answer) -> tuple[Line, ...]:
    if level_of(protocol, state.heard()) is Level.EMERGENCY:
        return ()
    if said == "no" and protocol.questions[question].yes is Level.EMERGENCY:
        # A yes that was heard as a no can be put right at once.
        return (Line("acknowledge.no_to", (question,)),)
    return (Line(f"acknowledge.{said}"),)
