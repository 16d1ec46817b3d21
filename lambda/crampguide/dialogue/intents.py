"""The move of each intent: from the situation to the next turn. No words, no Alexa."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from crampguide.dialogue import (
    check,
    course,
    cramp,
    crisis,
    exercise,
    explain,
    flow,
    hedge,
    help,  # noqa: A004 - the built-in of this name is for interactive use
    insist,
    pace,
    relief,
    remarks,
    summary,
    teaching,
)
from crampguide.dialogue.state import State
from crampguide.dialogue.turn import Guide, Move, Situation, Slots, Turn
from crampguide.speech import Line
from crampguide.triage import Level


def unsure(here: Situation) -> Turn:
    """An "I don't know": asks once more with a check, then leaves it open. To an offer it is no answer."""
    if here.offered and here.offered.unclear:
        return here.offered.unclear(here)
    return flow.answer(here, here.asked, "unsure") if here.asked else help.help_(here)


def sign(here: Situation) -> Turn:
    """A sign in the person's own words; in an exercise, pain that shoots down stops it."""
    if exercise.shoots(here):
        return flow.stop_hurting(here)
    return exercise.go_on_after(here, check.volunteer(here))


def cramping(here: Situation) -> Turn:
    """A cramp right now. Signs said with it count first; an emergency or a child comes before its release."""
    if not here.slots.named:
        return cramp.cramp_now(here)
    told = check.volunteer(here)
    after = here.at(told.state)
    if told.ask is None or told.state.unclear or after.level is Level.EMERGENCY:
        return told
    return cramp.cramp_now(after)


def in_doubt(here: Situation) -> Turn:
    """Signs that somebody's own words may have meant."""
    lead = Line("acknowledge.sounded_like", (here.slots.signs[0],))
    return exercise.go_on_after(here, check.sounded_like(here, lead))


def in_danger(here: Situation) -> Turn:
    """A sign of somebody else's that needs an ambulance if it is so now: that first, then the question."""
    return exercise.go_on_after(here, check.sounded_like(here, Line("remark.in_danger")))


def maybe_denied(here: Situation) -> Turn:
    """Signs that somebody's own words may have denied, in part."""
    return exercise.go_on_after(here, check.sounded_like(here, Line("acknowledge.unclear")))


def denial(here: Situation) -> Turn:
    """A sign denied in the person's own words."""
    return exercise.go_on_after(here, check.deny(here))


def skip(here: Situation) -> Turn:
    """Next: leaves a question open, goes on with advice, or with whatever comes next.

    A recap is not confirmed by skipping it, nor is a cramp over, and nothing is sent to the app. After a wait
    that was asked for, to go on is to hear the question.
    """
    if here.asked is not None:
        waited = exercise.waited(here.state)
        return flow.resume(here) if waited else check.skip_question(here, here.asked.question)
    return here.offered.next(here) if here.offered else flow.yes(here)


def done(here: Situation) -> Turn:
    """Ready for what comes next. A question that is open is asked again: being ready is no answer to it."""
    return flow.resume(here) if here.asked else skip(here)


def go_on(here: Situation) -> Turn:
    """On after a pause: an exercise, tips or advice go on; whatever needs an answer is asked again."""
    return skip(here) if here.taken_up_by("go_on") else check.come_back(here)


def undo(here: Situation) -> Turn:
    """Takes back the last answer; in an exercise goes back a step."""
    if here.offered and here.offered.previous:
        return here.offered.previous(here)
    if not here.state.history and here.asked is None:
        return flow.resume(here, Line("nothing_to_undo.line"))
    return flow.undo(here)


def cancel(here: Situation) -> Turn:
    """Leaves an exercise; elsewhere it is a stop."""
    return here.offered.cancel(here) if here.offered else flow.stop(here)


def an_exercise(here: Situation) -> Turn:
    """An exercise by name or the next one, as where it is offered."""
    return here.guide.offers["another"].yes(here)


def another(here: Situation) -> Turn:
    """More of whatever was offered or taught last."""
    if here.taken_up_by("more"):
        return flow.yes(here)
    return (teaching.go_on if here.state.just_taught else relief.tell)(here)


def learn(here: Situation) -> Turn:
    """The subject that was named; "tell me more" names none and takes up whatever has more to it."""
    if not here.slots.subjects and here.taken_up_by("more"):
        return flow.yes(here)
    if not here.slots.subjects and explain.explains(here.state):
        return explain.explain(here)
    return teaching.learn(here)


def why(here: Situation) -> Turn:
    """Says why a question is asked, why it is as it was just explained, or why help is needed."""
    if explain.explains(here.state):
        return explain.explain(here)
    return (teaching.why if _about_teaching(here.state) else help.why)(here)


def meaning(here: Situation) -> Turn:
    """The meaning of a question, or of the signs that need help."""
    return (explain.explain if explain.explains(here.state) else help.meaning)(here)


def source(here: Situation) -> Turn:
    """Names where a question, a tip or what was just explained comes from."""
    if _about_teaching(here.state):
        return teaching.source(here)
    return (course.source_of_course if course.just_expected(here.state) else help.source)(here)


def _about_teaching(state: State) -> bool:
    return state.asking is None and state.just_taught


INTENTS: Mapping[str, Move] = {
    "AMAZON.YesIntent": flow.yes,
    "AMAZON.NoIntent": flow.no,
    "AMAZON.HelpIntent": help.help_,
    "AMAZON.StopIntent": flow.stop,
    "AMAZON.CancelIntent": cancel,
    "AMAZON.RepeatIntent": pace.say_again,
    "AMAZON.PreviousIntent": undo,
    "AMAZON.NextIntent": skip,
    "AMAZON.StartOverIntent": check.start_over,
    "AMAZON.NavigateHomeIntent": check.launch,
    "AMAZON.PauseIntent": exercise.wait,
    "AMAZON.ResumeIntent": go_on,
    "AMAZON.FallbackIntent": help.fallback,
    "HedgedYesIntent": hedge.hedged_yes,
    "HedgedNoIntent": hedge.hedged_no,
    "WorseIntent": hedge.worse,
    "UnsureIntent": unsure,
    "SymptomIntent": sign,
    "OwnWordsIntent": help.fallback,
    "NoSymptomIntent": denial,
    "CorrectIntent": check.correct,
    "NotNewIntent": help.not_new,
    "OpenTopicIntent": check.open_topic,
    "CheckIntent": check.start_check,
    "CrisisIntent": crisis.crisis,
    "SomebodyElseIntent": check.somebody_else,
    "CrampNowIntent": cramping,
    "CrampOverIntent": cramp.eased,
    "CrampStaysIntent": cramp.still_tight,
    "TipsIntent": relief.tips,
    "ExerciseIntent": an_exercise,
    "MoreIntent": another,
    "HurtsMoreIntent": hedge.hurts_more,
    "HowManyLeftIntent": exercise.how_many_left,
    "WaitIntent": exercise.wait,
    "InPainIntent": remarks.in_pain,
    "PlaceIntent": remarks.place,
    "NotNowIntent": remarks.not_now,
    "OnTheFloorIntent": remarks.on_the_floor,
    "SaidNoIntent": insist.said_no,
    "SaidYesIntent": insist.said_yes,
    "AlreadyToldIntent": insist.already_told,
    "DoneIntent": done,
    "SkipExerciseIntent": exercise.skip_exercise,
    "LearnIntent": learn,
    "CourseIntent": course.course,
    "WhyIntent": why,
    "MeaningIntent": meaning,
    "SourceIntent": source,
    "WhenToSeekHelpIntent": help.when_to_seek_help,
    "CallForHelpIntent": help.call_for_help,
    "OutOfScopeIntent": remarks.out_of_scope,
    "DrivingIntent": remarks.driving,
    "LouderIntent": remarks.louder,
    "SlowerIntent": pace.slower,
    "FasterIntent": pace.faster,
    "BrieferIntent": pace.briefer,
    "FullerIntent": pace.fuller,
    "SummaryIntent": summary.summary,
    "ForgetMeIntent": help.forget_me,
}
"""Every intent of the interaction model with its move."""

OWN_WORDS: Mapping[str, Move] = {
    "crisis": crisis.crisis,
    "collapse": remarks.collapsed,
    "on_the_floor": remarks.on_the_floor,
    "call_somebody": help.call_for_help,
    "afraid": remarks.afraid,
    "in_doubt": in_doubt,
    "in_danger": in_danger,
    "maybe_denied": maybe_denied,
    "half_denied": hedge.half_denied,
    "asked_about": explain.asked_about,
    "somebody_else": remarks.somebody_else,
    "some_want": remarks.want_in_doubt,
}
"""Moves that own words may make beside intents: one per cry for help, one for a want that is not clear, and
one per way to speak of a sign."""

MEANINGLESS_ALONE = frozenset({
    "AMAZON.YesIntent", "AMAZON.NoIntent", "HedgedYesIntent", "HedgedNoIntent", "WorseIntent", "UnsureIntent",
    "AMAZON.NextIntent", "AMAZON.ResumeIntent", "DoneIntent", "",
})  # fmt: skip
"""Intents that mean something only together with what was asked, and a request with none at all."""

_NEEDS: Mapping[Move, Callable[[Situation], object]] = {
    sign: lambda here: here.slots.named,
    denial: lambda here: here.slots.signs,
    check.open_topic: lambda here: here.slots.openings,
    check.correct: lambda here: here.state.answers,
    cramp.eased: lambda here: here.state.offer == "eased",
    cramp.still_tight: lambda here: here.state.offer == "eased",
}
"""Conditions of moves; without them, what was said was not understood."""


def move(guide: Guide, state: State, intent: str, slots: Slots | None = None) -> Turn:
    """The turn for an intent; one that is unknown, or says nothing that is known, was not understood."""
    here = Situation(guide, state, slots or Slots())
    chosen = INTENTS.get(intent, help.fallback)
    if here.slots.reading is not None:
        from crampguide.dialogue import own_words  # noqa: PLC0415 - most of what is said needs no reading

        taken = own_words.take_up(here, intent, here.slots.reading, {**INTENTS, **OWN_WORDS, intent: chosen})
        chosen, here = taken or (chosen, here)
    if chosen in _NEEDS and not _NEEDS[chosen](here):
        chosen = help.fallback
    if state.misheard and chosen is not help.fallback:
        here = here.at(here.state._replace(misheard=0))
    return chosen(here)
