"""Going on: to the open question again, to the next step of the check, out of an exercise."""

from __future__ import annotations

from crampguide.dialogue import doubt, for_whom
from crampguide.dialogue.advice import give_advice, give_news, parting, sign_heard
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

_CONTRADICTED = 2
"""Takings back of a sign after which "I don't know" to its check is a yes; more are not counted."""


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
    if here.state.offer == "more":
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
    if other := for_whom.instead(here, *lines):
        return other
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
    new = here.at(recorded(here, question, said))
    thanks = _thanks(new, question, said)
    if (half := halfway_line(new)) and not any(line.names for line in thanks):
        # Instead of the thanks, which say nothing, and never of a denied sign that is named.
        return proceed(new.at(new.state._replace(halfway=True)), half)
    return proceed(new, *thanks)


def recorded(here: Situation, question: QuestionId, said: Answer) -> State:
    """The state with an answer to the open question.

    Said twice is a yes to a sign whose advice stands, and a yes by the check of one that was taken back; so
    is "I don't know" to that check from somebody who said yes twice and took it back twice. "I don't know"
    takes back no sign whose advice stands.
    """
    state, times = here.state, here.state.taken_back.count(question)
    stands = state.level == Level.EMERGENCY.id and state.answers.get(question) == "yes"
    checked = times > 0 and here.asked is not None and here.asked.form == "recheck"
    twice = {"yes": stands or checked, "unsure": checked and times >= _CONTRADICTED, "no": False}[said]
    if twice or (said == "unsure" and stands):
        state = state._replace(sure=state.sure | ({question} if twice else set()))
        return state.with_answers({question: "yes"})
    return state.with_answers({question: said})


def _thanks(here: Situation, question: QuestionId, said: Answer) -> tuple[Line, ...]:
    """Little: each word that is said to an answer comes before the advice."""
    asked, state = here.protocol.questions[question], here.state
    if here.level is Level.EMERGENCY:
        return ()
    if said == "no" and (asked.gates_emergency or asked.yes is Level.EMERGENCY):
        # A yes that was heard as a no can be put right at once.
        return (Line("acknowledge.no_to", (question,)),)
    if said == "unsure" and here.asked is not None and here.asked.form != "recheck":
        return (Line("acknowledge.unsure"),)
    signs = [
        id_ for id_, each in state.answers.items() if each == "yes" != here.protocol.questions[id_].calmer
    ]
    first = signs == [question]
    return (Line("acknowledge.yes"),) if question in signs and (first or asked.optional) else ()


def undo(here: Situation) -> Turn:
    """Takes the last answer back and asks it again; in an emergency, the sign of it."""
    state = here.state
    if here.level is Level.EMERGENCY:
        return take_back(here)
    if not state.history:
        return proceed(here, Line("first_question.line"))
    last = state.history[-1]
    return ask_question(state.without(last), last, Line("acknowledge.undone"))


def take_back(here: Situation) -> Turn:
    """The sign of an emergency was heard wrong: asks about it in other words, the second time with a check.

    What was said twice stays, and so does a sign that was taken back once where there is no check to do.
    """
    sign = sign_heard(here)
    if sign is None:
        return keep(here)
    again, question = sign in here.state.taken_back, here.protocol.questions[sign]
    if again and not question.recheck:
        return keep(here.at(here.state._replace(sure=here.state.sure | {sign})))
    state = here.state.without(sign)
    if state.taken_back.count(sign) < _CONTRADICTED:
        state = state._replace(taken_back=(*state.taken_back, sign))
    if (taken_back := here.at(state)).level is Level.EMERGENCY:
        return proceed(taken_back)
    line = Line("acknowledge.taken_back")
    if again:
        return ask_question(state, sign, line, form="recheck")
    return ask_question(state, sign, line, words="reword")


def keep(here: Situation) -> Turn:
    """Leaves the advice of an emergency as it is."""
    return with_offer(here.state._replace(to_confirm=None), Line("acknowledge.kept"))


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
