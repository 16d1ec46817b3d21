"""The check itself: begun and begun again, signs that are volunteered or denied, answers put right."""

from __future__ import annotations

from crampguide.dialogue import doubt, for_whom
from crampguide.dialogue.advice import sign_heard
from crampguide.dialogue.flow import answer, count, keep, proceed, recorded, resume, take_back
from crampguide.dialogue.state import Offered
from crampguide.dialogue.turn import Situation, Turn, ask_question, ask_which, make_offer
from crampguide.speech import Line
from crampguide.triage import Level, QuestionId


def launch(here: Situation) -> Turn:
    """Welcomes, in short those who know it, and offers the check. A launch starts afresh."""
    state = here.state.afresh()
    welcome = Line("welcome.returning" if state.manner.introduced else "welcome.first")
    introduced = state._replace(manner=state.manner._replace(introduced=True))
    return make_offer(introduced, "check", welcome)


def come_back(here: Situation) -> Turn:
    """Asks again what was open, as if nobody had been away; where nothing was begun, welcomes."""
    return resume(here) if here.state.turn else launch(here)


def start_over(here: Situation) -> Turn:
    """Forgets the answers and asks the first question."""
    return proceed(here.at(here.state.afresh()), Line("acknowledge.started_over"))


def start_check(here: Situation) -> Turn:
    """Asks the next question; after advice, offers to begin again."""
    state = here.state
    if state.level is not None:
        return resume(here if here.asked else here.at(state._replace(open=Offered("check_again"))))
    return proceed(here.at(state._replace(declined=False)), *_short_welcome(here))


def lost(here: Situation) -> Turn:
    """Starts the check again after damaged session attributes, nothing guessed."""
    return proceed(here, Line("lost.line"))


def skip_question(here: Situation, question: QuestionId) -> Turn:
    """Leaves a question unknown, without a re-check."""
    aloud = here.protocol.questions[question].waiting == "cauda_equina"
    lines = (Line("acknowledge.skipped"), *((Line("net.cauda_equina"),) if aloud else ()))
    return proceed(here.at(recorded(here, question, "unsure")), *lines)


def volunteer(here: Situation) -> Turn:
    """Counts signs the person brought up as a yes each; an emergency gets its advice at once.

    Words that may mean several signs are asked about.
    """
    signs, unclear = doubt.weigh(here)
    if not signs:
        return ask_about(here, unclear, Line("acknowledge.unclear"))
    state = here.state
    if state.offer == "correct" and all(state.answers.get(sign) == "yes" for sign in signs):
        return _ask_again(here.at(doubt.left_open(state, unclear)), signs[0])
    asked = len(signs) == 1 and signs[0] == state.asking
    first = "welcome.sign" if not state.turn else "acknowledge.yes" if asked else "acknowledge.sign"
    new = doubt.left_open(state, unclear).with_answers(dict.fromkeys(signs, "yes"))
    new = new._replace(sure=state.sure.union(_said_twice(here, signs)))
    if here.slots.people:
        new = for_whom.noted(new, here.slots.people)
    if not asked:
        new = new._replace(confirmed=False)
    reported = here.at(new)
    return proceed(reported, *(() if reported.level is Level.EMERGENCY else (Line(first, signs),)))


def _said_twice(here: Situation, signs: doubt.Signs) -> doubt.Signs:
    """The signs that are said for the second time: taken back before, or named while the emergency stands.

    Another sign of an emergency says that the first was meant.
    """
    before = tuple(sign for sign in signs if sign in here.state.taken_back)
    if here.state.level != Level.EMERGENCY.id:
        return before
    heard = sign_heard(here)
    emergencies = tuple(sign for sign in signs if here.protocol.questions[sign].yes is Level.EMERGENCY)
    named = bool(emergencies) or heard in signs
    return (*before, *emergencies, *((heard,) if heard and named else ()))


def ask_about(here: Situation, signs: doubt.Signs, lead: Line) -> Turn:
    """Asks which of these signs was meant, in this order; what was said answers none of them."""
    new = doubt.left_open(here.state, signs)
    if new is here.state or here.level is Level.EMERGENCY:
        return proceed(here)
    lines = (*_short_welcome(here), lead)
    return ask_question(new, doubt.to_ask(here.at(new)) or new.unclear[0], *lines)


def sounded_like(here: Situation, lead: Line) -> Turn:
    """Asks about the signs that were likely meant, each after a no to the one before.

    An answer in words to the open question is asked about there, once; then it stays unknown.
    """
    signs, asked = here.slots.signs, here.asked
    if asked is None or asked.question != signs[0]:
        return ask_about(here, signs, lead)
    if asked.hedged or asked.form == "recheck":
        return count(here, asked.question, "unsure")
    again = here.at(doubt.left_open(here.state, signs).asked_plainly(hedged=True))
    return ask_question(again.state, signs[0], lead)


def deny(here: Situation) -> Turn:
    """Counts denied signs as a no each, and asks once more about one that must not be missed, as after a no.

    A question names several signs. Someone who denies one of them unasked has not heard the others, or
    left one of them open, so that question is still asked in its turn; so is that of a sign that an
    emergency rested on besides.
    """
    state, signs, line = here.state, here.slots.signs, Line("acknowledge.denial")
    if not state.sure.isdisjoint(signs):
        return keep(here)
    if state.level == Level.EMERGENCY.id and sign_heard(here) in signs:
        return take_back(here)
    if here.asked is not None and signs == (here.asked.question,):
        return answer(here, here.asked, "no")
    if all(state.answers.get(sign) == "no" and sign not in state.unclear for sign in signs):
        return proceed(here, line)
    new = state.with_answers(dict.fromkeys(signs, "no"))
    heard = {"no"} if state.level == Level.EMERGENCY.id else {"yes", "no"}
    unheard = {sign for sign in signs if sign != state.asking and state.answers.get(sign) not in heard}
    return proceed(here.at(new._replace(unheard=new.unheard | unheard, confirmed=False)), line)


def correct(here: Situation) -> Turn:
    """Asks again about one sign whose answer was wrong; without one, asks which.

    The sign that an emergency rests on is taken back as by a plain no.
    """
    named = here.slots.named
    if not here.state.sure.isdisjoint(named):
        return keep(here)
    if here.state.level == Level.EMERGENCY.id and sign_heard(here) in named:
        return take_back(here)
    return _ask_again(here, named[0]) if named else ask_which(here.state)


def _ask_again(here: Situation, sign: QuestionId) -> Turn:
    return ask_question(here.state._replace(confirmed=False), sign, Line("acknowledge.corrected"))


def open_topic(here: Situation) -> Turn:
    """Opens the questions that are asked only when the person brings their topic up."""
    opened = here.state.opened | {here.slots.openings[0]}
    return proceed(here.at(here.state._replace(opened=opened)), Line("acknowledge.opened"))


def somebody_else(here: Situation) -> Turn:
    """It is somebody else's leg: a child's, which is asked where it may be one, or another adult's."""
    other = here.at(for_whom.noted(here.state, here.slots.people))
    return resume(other) if here.level is Level.EMERGENCY else proceed(other, *_short_welcome(here))


def hand_over(here: Situation) -> Turn:
    """Begins the check with the person whose leg it is; signs that were told about stay."""
    return proceed(here.at(for_whom.answering(here.state)), Line("adult.handed_over"))


def confirm(here: Situation) -> Turn:
    """Takes the recap for right."""
    return proceed(here.at(here.state._replace(confirmed=True)))


def refuse_recap(here: Situation) -> Turn:
    """Asks which answer was wrong, and asks again whatever is no warning sign where nobody can name it.

    A yes that does not reassure stays: refusing a recap takes no sign back. It can be named and changed.
    """
    state = here.state
    if not state.doubted:
        return ask_which(state._replace(doubted=True))
    calmer = {id_: here.protocol.questions[id_].calmer for id_ in state.history}
    kept = tuple(id_ for id_, calm in calmer.items() if state.answers[id_] == "yes" != calm)
    new = state._replace(
        answers=dict.fromkeys(kept, "yes"), history=kept, unheard=frozenset(), confirmed=False, doubted=False
    )
    return proceed(here.at(new), Line("correct.rest_again" if kept else "acknowledge.started_over"))


def which_then(here: Situation) -> Turn:
    """Says how to name the answer that was wrong."""
    return make_offer(here.state, "correct", Line("help.correct"))


def advice_again(here: Situation) -> Turn:
    """Gives the advice again from its beginning."""
    return proceed(here.at(here.state._replace(level=None, confirmed=True)))


def decline(here: Situation) -> Turn:
    """Leaves the check for now, and offers tips that are safe without it."""
    return make_offer(here.state._replace(declined=True), "tips")


def ask_what_else(here: Situation) -> Turn:
    """Says what can be asked for without the check."""
    return make_offer(here.state, "anything", Line("anything.options"))


def _short_welcome(here: Situation) -> tuple[Line, ...]:
    """A welcome for those who come in with a request."""
    return () if here.state.turn else (Line("welcome.short"),)
