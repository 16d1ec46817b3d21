"""Going on: to the open question again, to the next step of the check, out of an exercise."""

from __future__ import annotations

from crampguide.dialogue import doubt
from crampguide.dialogue.advice import give_advice, give_news, parting
from crampguide.dialogue.progress import halfway_line
from crampguide.dialogue.recap import say_recap
from crampguide.dialogue.state import Asking, Relieving, State
from crampguide.dialogue.tips import tell_or_begin
from crampguide.dialogue.turn import (
    Situation,
    Turn,
    ask_question,
    ask_still,
    close,
    make_offer,
    offer_check,
    with_offer,
)
from crampguide.speech import Line
from crampguide.triage import Answer, Ask, Finish, Level, QuestionId, Recap, level_of, next_step


def resume(here: Situation, *lines: Line) -> Turn:
    """Says ``lines``, then asks again whatever was open before them.

    A recap is said again: its "is that right" would otherwise be about ``lines``, or about nothing. The
    offer to check is made once; whoever has declined it can still ask for the check.
    """
    state = here.state
    if here.asked is not None:
        return ask_still(here, here.asked, *lines)
    if here.level is Level.EMERGENCY:
        return with_offer(state, *lines, Line("goodbye.emergency"))
    if state.offer == "recap":
        return say_recap(here, *lines)
    if state.offer is not None:
        return make_offer(state, state.offer, *lines)
    if state.level is not None:
        return with_offer(state, *lines)
    return make_offer(state, "resume", *lines) if state.answers else offer_check(state, *lines)


def inform(here: Situation, *lines: Line) -> Turn:
    """Says ``lines``, then goes on where they came in, with whatever had not been said yet."""
    if here.state.offer == "more" and here.level < Level.EMERGENCY:
        return with_offer(here.state._replace(rest=()), *lines, *here.state.rest)
    return resume(here, *lines)


def proceed(here: Situation, *lines: Line) -> Turn:
    """Whatever comes next for the answers so far, after ``lines``."""
    state, counted = here.state, here.state.counted_answers()
    if state.level is not None and level_of(here.protocol, counted).id != state.level:
        # Advice that no longer holds is not advice given; a higher level is recapped like any other.
        state = state._replace(level=None, pattern=None, confirmed=False)
        here = here.at(state)
    if unclear := doubt.to_ask(here):
        return ask_question(state, unclear, *lines)
    step = next_step(here.protocol, counted, state.opened, confirmed=state.confirmed)
    if isinstance(step, Ask):
        return ask_question(state, step.question, *lines)
    if isinstance(step, Recap):
        return say_recap(here)
    return _finish(here, step)


def _finish(here: Situation, step: Finish) -> Turn:
    """The advice, or what was wanted after it; a person who has heard it is told only what has changed."""
    before = here.state
    told_before = before.level == step.level.id and step.level < Level.EMERGENCY
    state = before._replace(level=step.level.id, pattern=step.pattern, rest=())
    if step.level >= Level.URGENT:
        state = state.wanting(None)
    if not told_before:
        return give_advice(here.at(state.placed(None)), step)
    if state.relief.wanted:
        return tell_or_begin(here.at(state))
    return give_news(here.at(state), before.pattern)


def yes(here: Situation) -> Turn:
    """Yes to the question of the check, else to the offer."""
    here = here.at(here.state.asked_plainly(hedged=False))
    if here.asked is not None:
        return answer(here, here.asked, "yes")
    return here.offered.yes(here) if here.offered else resume(here, Line("nothing_asked.line"))


def no(here: Situation) -> Turn:
    """No to the question of the check, else to the offer."""
    here = here.at(here.state.asked_plainly(hedged=False))
    if here.asked is not None:
        return answer(here, here.asked, "no")
    return here.offered.no(here) if here.offered else resume(here, Line("nothing_asked.line"))


def answer(here: Situation, asked: Asking, said: Answer) -> Turn:
    """Takes a yes, no or "I don't know" to the open question.

    "I don't know" is asked again with a check to do, and a no that must not be missed in other words.
    """
    question, form = here.protocol.questions[asked.question], here.form(asked)
    if said == "unsure" and question.recheck and form != "recheck":
        return ask_question(here.state, question.id, Line("acknowledge.unsure"), form="recheck")
    if said == "no" and question.confirm_no and form == "question":
        return ask_question(here.state, question.id, form="confirm_no")
    return count(here, question.id, said)


def count(here: Situation, question: QuestionId, said: Answer) -> Turn:
    """Counts an answer to a question, says so, and goes on."""
    new = here.at(here.state.with_answers({question: said}))
    thanks = _thanks(new, question, said)
    if (half := halfway_line(new)) and not any(line.names for line in thanks):
        # Instead of the thanks, which say nothing, and never of a denied sign that is named.
        return proceed(new.at(new.state._replace(halfway=True)), half)
    return proceed(new, *thanks)


def _thanks(here: Situation, question: QuestionId, said: Answer) -> tuple[Line, ...]:
    if here.level is Level.EMERGENCY:
        return ()
    if said == "no" and here.protocol.questions[question].yes is Level.EMERGENCY:
        # A yes that was heard as a no can be put right at once.
        return (Line("acknowledge.no_to", (question,)),)
    return (Line(f"acknowledge.{said}"),)


def undo(here: Situation) -> Turn:
    """Takes the last answer back and asks it again."""
    state = here.state
    if not state.history:
        return proceed(here, Line("first_question.line"))
    last = state.history[-1]
    state = state._replace(
        answers={id_: said for id_, said in state.answers.items() if id_ != last},
        history=state.history[:-1],
        unheard=state.unheard - {last},
        confirmed=False,
        level=None,
        pattern=None,
        rest=(),
    )
    if (taken_back := here.at(state)).level is Level.EMERGENCY:
        return proceed(taken_back)
    return ask_question(state, last, Line("acknowledge.undone"))


def leave(here: Situation) -> Turn:
    """Leaves an exercise and goes back to where it came in."""
    return back(here, Line("coach.stopped"))


def back(here: Situation, *lines: Line) -> Turn:
    """Says ``lines``, then goes on where the exercise came in."""
    left, interrupted = out_of_exercise(here.state), here.state.relief.interrupted_question
    if interrupted is not None:
        return ask_question(left, interrupted, *lines)
    if left.level is not None:
        return with_offer(left, *lines)
    if not left.answers:
        return offer_check(left, *lines)
    return above_recap(proceed(here.at(left), *lines), *lines)


def out_of_exercise(state: State) -> State:
    """The state in which no exercise is being done and nothing waits for its end."""
    relief: Relieving = state.relief._replace(place=None, interrupted_question=None)
    return state._replace(relief=relief)


def above_recap(turn: Turn, *lines: Line) -> Turn:
    """The turn with these lines above a recap, which takes the place of thanks for an answer."""
    return turn._replace(lines=(*lines, *turn.lines)) if turn.state.offer == "recap" else turn


def stop_hurting(here: Situation) -> Turn:
    """Stops an exercise that hurts and says what that means; signs named with it count as answers."""
    if not here.exercising:
        return resume(here, Line("coach.hurt_elsewhere"), Line("net.line"))
    state, line = here.state.placed(None), Line("coach.hurt")
    if any(state.answers.get(sign) != "yes" for sign in here.slots.signs):
        noted = out_of_exercise(state.with_answers(dict.fromkeys(here.slots.signs, "yes")))
        return above_recap(proceed(here.at(noted._replace(confirmed=False)), line), line)
    if state.level is None:
        return back(here.at(state), line)
    return make_offer(state, "check_again", line)


def stop(here: Situation) -> Turn:
    """Ends, with what must not be forgotten."""
    return close(here.state, *parting(here, Line("goodbye.line")))
