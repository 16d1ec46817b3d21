"""What each intent does: from the state and what was understood to the next turn. No words, no Alexa."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from crampguide.triage import Level, Protocol, level_of
from crampguide.voice import check
from crampguide.voice.advice import with_offer
from crampguide.voice.asides import (
    faster,
    forget_me,
    help_,
    learn,
    meaning,
    not_new,
    repeat,
    resume,
    slower,
    source,
    summary,
    when_to_seek_help,
    why,
)
from crampguide.voice.relief import cramp_now, exercise, tips
from crampguide.voice.state import Line, State
from crampguide.voice.turn import Heard, Move, Turn, ask_question, close, make_offer


def launch(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Welcomes and offers the check. A launch starts afresh."""
    return make_offer(State(turn=state.turn, pace=state.pace), "check", Line("welcome.first"))


def start_over(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Forgets the answers and asks the first question."""
    return check.proceed(protocol, State(turn=state.turn, pace=state.pace), Line("acknowledge.started_over"))


def start_check(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Asks the next question; after advice, offers to begin again."""
    if state.level is not None:
        return resume(protocol, state._replace(offer="check_again"))
    return check.proceed(protocol, state, *(() if state.turn else (Line("welcome.short"),)))


def yes(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Yes to the question of the check, else to the offer."""
    if state.asking is not None:
        return check.answer(protocol, state, "yes")
    return _ACCEPT.get(state.offer, _nothing_asked)(protocol, state, heard)


def no(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """No to the question of the check, else to the offer."""
    if state.asking is not None:
        return check.answer(protocol, state, "no")
    return _DECLINE.get(state.offer, _nothing_asked)(protocol, state, heard)


def unsure(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """An "I don't know": asks once more with a check, then leaves it open. To an offer it is no answer."""
    if state.asking is not None:
        return check.answer(protocol, state, "unsure")
    return help_(protocol, state, heard)


def sign(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """A sign in the person's own words."""
    return check.volunteer(protocol, state, heard.signs)


def denial(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """A sign denied in the person's own words."""
    return check.deny(protocol, state, heard.signs)


def skip(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Next: leaves a question open, goes on with advice, or with whatever comes next.

    A recap is not confirmed by skipping it.
    """
    if state.asking is not None:
        return check.skip(protocol, state)
    if state.offer in {"recap", "correct"}:
        return check.proceed(protocol, state)
    return yes(protocol, state, heard)


def undo(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Takes back the last answer."""
    if not state.history and state.asking is None:
        return resume(protocol, state, Line("nothing_to_undo.line"))
    return check.undo(protocol, state)


def correct(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Changes one answer by topic."""
    return check.correct(state, heard.signs)


def open_topic(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Opens questions that are asked only when the person brings the topic up."""
    return check.open_topic(protocol, state, heard.openings[0])


_OPTIONS_AFTER = 2
"""Misunderstandings in a row after which the options are named; one more ends the session."""


def fallback(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Not understood: in other words, then options, then the safety line and a polite end."""
    state = state._replace(misheard=state.misheard + 1)
    if state.misheard > _OPTIONS_AFTER:
        return _give_up(protocol, state)
    if state.misheard == _OPTIONS_AFTER:
        return resume(protocol, state, Line("fallback.options" if state.asking else "fallback.options_start"))
    if state.asking is not None and not state.rechecking:
        return ask_question(state, state.asking, Line("fallback.again"), form="reword")
    return resume(protocol, state, Line("fallback.again"))


def stop(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Ends, with what must not be forgotten."""
    return close(state, *_parting(protocol, state, Line("goodbye.line")))


def lost(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """After damaged session attributes: starts the check again, nothing guessed."""
    return check.proceed(protocol, state, Line("lost.line"))


def _give_up(protocol: Protocol, state: State) -> Turn:
    if state.asking is not None:
        state = check.record(state, {state.asking: "unsure"})
    return close(state, *_parting(protocol, state, Line("fallback.close")))


def _parting(protocol: Protocol, state: State, first: Line) -> tuple[Line, ...]:
    """The last words: what the answers so far call for, given as advice already or not."""
    level = level_of(protocol, state.heard())
    if level is Level.EMERGENCY:
        return (first, Line("goodbye.emergency"))
    urgent = (Line("goodbye.urgent"),) if level is Level.URGENT else ()
    return (first, *urgent, Line("net.line"), Line("goodbye.take_care"))


def _nothing_asked(protocol: Protocol, state: State, heard: Heard) -> Turn:
    return resume(protocol, state, Line("nothing_asked.line"))


def _confirm(protocol: Protocol, state: State, heard: Heard) -> Turn:
    return check.proceed(protocol, state._replace(confirmed=True))


def _advice_again(protocol: Protocol, state: State, heard: Heard) -> Turn:
    return check.proceed(protocol, state._replace(level=None, confirmed=True))


def _more(protocol: Protocol, state: State, heard: Heard) -> Turn:
    return with_offer(state._replace(rest=()), *state.rest)


def _which(protocol: Protocol, state: State, heard: Heard) -> Turn:
    return check.correct(state, ())


def _which_then(protocol: Protocol, state: State, heard: Heard) -> Turn:
    return make_offer(state, "correct", Line("help.correct"))


def _back_to_recap(protocol: Protocol, state: State, heard: Heard) -> Turn:
    return check.proceed(protocol, state)


def _tips_instead(protocol: Protocol, state: State, heard: Heard) -> Turn:
    return make_offer(state, "tips")


_ACCEPT: Mapping[str | None, Move] = {
    "check": start_check,
    "check_again": start_over,
    "resume": _back_to_recap,
    "recap": _confirm,
    "correct": _which_then,
    "tips": tips,
    "hear_again": _advice_again,
    "more": _more,
}
_DECLINE: Mapping[str | None, Move] = {
    "check": _tips_instead,
    "check_again": stop,
    "resume": stop,
    "recap": _which,
    "correct": _back_to_recap,
    "tips": stop,
    "hear_again": stop,
    "more": stop,
}

INTENTS: Mapping[str, Move] = {
    "AMAZON.YesIntent": yes,
    "AMAZON.NoIntent": no,
    "AMAZON.HelpIntent": help_,
    "AMAZON.StopIntent": stop,
    "AMAZON.CancelIntent": stop,
    "AMAZON.RepeatIntent": repeat,
    "AMAZON.PreviousIntent": undo,
    "AMAZON.NextIntent": skip,
    "AMAZON.StartOverIntent": start_over,
    "AMAZON.NavigateHomeIntent": launch,
    "AMAZON.FallbackIntent": fallback,
    "UnsureIntent": unsure,
    "SymptomIntent": sign,
    "NoSymptomIntent": denial,
    "CorrectIntent": correct,
    "NotNewIntent": not_new,
    "OpenTopicIntent": open_topic,
    "CheckIntent": start_check,
    "CrampNowIntent": cramp_now,
    "TipsIntent": tips,
    "ExerciseIntent": exercise,
    "LearnIntent": learn,
    "WhyIntent": why,
    "MeaningIntent": meaning,
    "SourceIntent": source,
    "WhenToSeekHelpIntent": when_to_seek_help,
    "SlowerIntent": slower,
    "FasterIntent": faster,
    "SummaryIntent": summary,
    "ForgetMeIntent": forget_me,
}
"""Every intent of the interaction model with its move."""

_NEEDS: Mapping[Move, Callable[[State, Heard], object]] = {
    sign: lambda state, heard: heard.signs,
    denial: lambda state, heard: heard.signs,
    open_topic: lambda state, heard: heard.openings,
    correct: lambda state, heard: state.answers,
}
"""What a move needs; without it, what was said was not understood."""


def _nothing(state: State, heard: Heard) -> object:
    return True


def move(protocol: Protocol, state: State, intent: str, heard: Heard) -> Turn:
    """The turn for an intent; one that is unknown, or says nothing that is known, was not understood."""
    chosen = INTENTS.get(intent, fallback)
    if not _NEEDS.get(chosen, _nothing)(state, heard):
        chosen = fallback
    understood = state if chosen is fallback else state._replace(misheard=0)
    return chosen(protocol, understood, heard)
