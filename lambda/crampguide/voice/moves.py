"""What each intent does: from the state and what was understood to the next turn. No words, no Alexa."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from crampguide.triage import Protocol
from crampguide.voice import asides, check, coach, doubt, insist, learning, remarks
from crampguide.voice.asides import (
    briefer,
    call_for_help,
    faster,
    forget_me,
    fuller,
    help_,
    not_new,
    repeat,
    resume,
    slower,
    when_to_seek_help,
)
from crampguide.voice.course import course, just_expected, source_of_course
from crampguide.voice.ending import fallback, stop
from crampguide.voice.explain import explain, explains
from crampguide.voice.hedge import hedged_no, hedged_yes, hurts_more, worse
from crampguide.voice.offers import MORE, no, yes
from crampguide.voice.relief import cramp_now, eased, exercise, more, still_tight, tips
from crampguide.voice.start import come_back, launch, start_check, start_over
from crampguide.voice.state import Line, State
from crampguide.voice.summary import summary
from crampguide.voice.turn import Heard, Move, Turn


def unsure(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """An "I don't know": asks once more with a check, then leaves it open. To an offer it is no answer."""
    if state.asking is not None:
        return check.answer(protocol, state, "unsure")
    return help_(protocol, state, heard)


def sign(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """A sign in the person's own words; in an exercise, pain that shoots down stops it."""
    if coach.shoots(state, heard):
        return coach.hurts_more(protocol, state, heard)
    signs, unclear = doubt.weigh(protocol, state.asking, heard)
    if not signs:
        return coach.come_back(state, check.ask_about(protocol, state, unclear))
    left_open = doubt.left_open(state, unclear)
    return coach.come_back(state, check.volunteer(protocol, left_open, signs))


def denial(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """A sign denied in the person's own words."""
    return coach.come_back(state, check.deny(protocol, state, heard.signs))


def skip(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Next: leaves a question open, goes on with advice, or with whatever comes next.

    A recap is not confirmed by skipping it, nor is a cramp over, and nothing is sent to the app. After a wait
    that was asked for, to go on is to hear the question.
    """
    if state.asking is not None:
        return (resume if coach.waited(state) else check.skip)(protocol, state)
    if state.offer in {"recap", "correct"}:
        return check.proceed(protocol, state)
    if state.offer == "eased":
        return resume(protocol, state)
    return (no if state.offer == "card" else yes)(protocol, state, heard)


def done(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Ready for what comes next. A question that is open is asked again: being ready is no answer to it."""
    return resume(protocol, state) if state.asking else skip(protocol, state, heard)


def go_on(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """On after a pause: an exercise, tips or advice go on; whatever needs an answer is asked again."""
    goes_on = state.asking is None and state.offer in _GOES_ON
    return (skip if goes_on else come_back)(protocol, state, heard)


def undo(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Takes back the last answer; in an exercise goes back a step."""
    if state.offer == "coach":
        return coach.backward(protocol, state, heard)
    if not state.history and state.asking is None:
        return resume(protocol, state, Line("nothing_to_undo.line"))
    return check.undo(protocol, state)


def correct(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Changes one answer by topic."""
    return check.correct(state, heard.named)


def open_topic(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Opens questions that are asked only when the person brings the topic up."""
    return check.open_topic(protocol, state, heard.openings[0])


def cancel(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Leaves an exercise; elsewhere it is a stop."""
    return (coach.leave if state.offer in _EXERCISES else stop)(protocol, state, heard)


def say_again(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """The last reply, or the step of the exercise."""
    return (coach.again if state.offer in coach.IN_EXERCISE else repeat)(protocol, state, heard)


def at_pace(change: Move) -> Move:
    """Changes the way of talking and repeats; in an exercise its step, whatever was said since."""

    def move_at_pace(protocol: Protocol, state: State, heard: Heard) -> Turn:
        turn = change(protocol, state, heard)
        if state.offer not in coach.IN_EXERCISE:
            return turn
        step = coach.again(protocol, turn.state, heard)
        return step._replace(lines=(turn.lines[0], *step.lines))

    return move_at_pace


def another(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """More of whatever was offered or taught last."""
    if state.offer in MORE:
        return yes(protocol, state, heard)
    return (learning.go_on if learning.just_taught(state) else more)(protocol, state, heard)


def learn(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """The subject that was named; "tell me more" names none and takes up whatever has more to it."""
    if not heard.subjects and state.offer in MORE:
        return yes(protocol, state, heard)
    if not heard.subjects and explains(state):
        return explain(protocol, state, heard)
    return learning.learn(protocol, state, heard)


def why(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Why a question is asked, why it is as it was just explained, or why help is needed."""
    if explains(state):
        return explain(protocol, state, heard)
    taught = state.asking is None and learning.just_taught(state)
    return (learning.why if taught else asides.why)(protocol, state, heard)


def meaning(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """What a question means, or what the signs mean that need help."""
    return (explain if explains(state) else asides.meaning)(protocol, state, heard)


def source(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Where a question, a tip or what was just explained comes from."""
    taught = state.asking is None and learning.just_taught(state)
    said = learning.source if taught else source_of_course if just_expected(state) else asides.source
    return said(protocol, state, heard)


_EXERCISES = coach.IN_EXERCISE | {"eased", "another"}
_GOES_ON = MORE | coach.IN_EXERCISE | {"check", "resume", "tips", "wanted"}
"""Offers to go on: taking one up says nothing about the leg, and starts nothing over."""

INTENTS: Mapping[str, Move] = {
    "AMAZON.YesIntent": yes,
    "AMAZON.NoIntent": no,
    "AMAZON.HelpIntent": help_,
    "AMAZON.StopIntent": stop,
    "AMAZON.CancelIntent": cancel,
    "AMAZON.RepeatIntent": say_again,
    "AMAZON.PreviousIntent": undo,
    "AMAZON.NextIntent": skip,
    "AMAZON.StartOverIntent": start_over,
    "AMAZON.NavigateHomeIntent": launch,
    "AMAZON.PauseIntent": coach.wait,
    "AMAZON.ResumeIntent": go_on,
    "AMAZON.FallbackIntent": fallback,
    "HedgedYesIntent": hedged_yes,
    "HedgedNoIntent": hedged_no,
    "WorseIntent": worse,
    "UnsureIntent": unsure,
    "SymptomIntent": sign,
    "NoSymptomIntent": denial,
    "CorrectIntent": correct,
    "NotNewIntent": not_new,
    "OpenTopicIntent": open_topic,
    "CheckIntent": start_check,
    "CrampNowIntent": cramp_now,
    "CrampOverIntent": eased,
    "CrampStaysIntent": still_tight,
    "TipsIntent": tips,
    "ExerciseIntent": exercise,
    "MoreIntent": another,
    "HurtsMoreIntent": hurts_more,
    "HowManyLeftIntent": coach.how_many_left,
    "WaitIntent": coach.wait,
    "InPainIntent": remarks.in_pain,
    "PlaceIntent": remarks.place,
    "NotNowIntent": remarks.not_now,
    "OnTheFloorIntent": remarks.on_the_floor,
    "SaidNoIntent": insist.said_no,
    "SaidYesIntent": insist.said_yes,
    "AlreadyToldIntent": insist.already_told,
    "DoneIntent": done,
    "SkipExerciseIntent": coach.skip_exercise,
    "LearnIntent": learn,
    "CourseIntent": course,
    "WhyIntent": why,
    "MeaningIntent": meaning,
    "SourceIntent": source,
    "WhenToSeekHelpIntent": when_to_seek_help,
    "CallForHelpIntent": call_for_help,
    "SlowerIntent": at_pace(slower),
    "FasterIntent": at_pace(faster),
    "BrieferIntent": at_pace(briefer),
    "FullerIntent": at_pace(fuller),
    "SummaryIntent": summary,
    "ForgetMeIntent": forget_me,
}
"""Every intent of the interaction model with its move."""

_NEEDS: Mapping[Move, Callable[[State, Heard], object]] = {
    sign: lambda state, heard: heard.named,
    denial: lambda state, heard: heard.signs,
    open_topic: lambda state, heard: heard.openings,
    correct: lambda state, heard: state.answers,
    eased: lambda state, heard: state.offer == "eased",
    still_tight: lambda state, heard: state.offer == "eased",
}
"""What a move needs; without it, what was said was not understood."""


def _nothing(state: State, heard: Heard) -> object:
    return True


def move(protocol: Protocol, state: State, intent: str, heard: Heard) -> Turn:
    """The turn for an intent; one that is unknown, or says nothing that is known, was not understood."""
    chosen = INTENTS.get(intent, fallback)
    if not _NEEDS.get(chosen, _nothing)(state, heard):
        chosen = fallback
    understood = state._replace(misheard=0) if state.misheard and chosen is not fallback else state
    return chosen(protocol, understood, heard)
