"""Every turn whose words can differ: each question, advice, relief, learning, what to expect, the summary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations, permutations, product
from typing import Any, cast, get_args

from crampguide.dialogue.check import lost
from crampguide.dialogue.help import forget_me, sorry, unsupported
from crampguide.dialogue.intents import INTENTS, move
from crampguide.dialogue.offers import load_guide
from crampguide.dialogue.state import State
from crampguide.dialogue.turn import Situation, Slots, Turn
from crampguide.learning import load_learning
from crampguide.memory import Erasure
from crampguide.relief import load_relief, plan
from crampguide.speech import Line
from crampguide.triage import Answer, Level, QuestionId, level_of
from crampguide.triage.model import ANSWERS, Pattern
from crampguide.understand import Kind, Reading, Stance
from tests.dialogue.states import a_state, changed

GUIDE = load_guide()

SLOTLESS = sorted(INTENTS.keys() - {"SymptomIntent", "NoSymptomIntent", "OpenTopicIntent", "CorrectIntent"})
PATTERNS: tuple[Pattern, ...] = get_args(Pattern)
SWOLLEN, WORSE = QuestionId("one_calf_swollen"), QuestionId("severe_or_worsening_pain")
WEAKER, CHEST, PRIVATE = (
    QuestionId("leg_getting_weaker"),
    QuestionId("chest_or_breathing"),
    QuestionId("saddle_numbness"),
)
CALMER: dict[QuestionId, Answer] = {
    each.id: each.calmer
    for each in GUIDE.protocol.questions.values()
    if not each.optional and each.id != "under_sixteen"
}


def advised(
    changed: dict[QuestionId, Answer], pattern: Pattern | None = "either", offer: str = "tips"
) -> State:
    """After the advice for the calmer answer to everything, but for those given."""
    answers = {**CALMER, **changed}
    level = level_of(GUIDE.protocol, answers)
    calm = level < Level.URGENT
    return a_state(
        answers=answers,
        history=tuple(answers),
        confirmed=True,
        turn=20,
        level=level.id,
        pattern=pattern if calm else None,
        offer=offer if calm else "hear_again",
        advised="2026-11-22T08:30:00Z",
    )


def unasked(state: State, *questions: QuestionId) -> State:
    answers = {id_: said for id_, said in state.answers.items() if id_ not in questions}
    return state._replace(answers=answers, history=tuple(answers))


@cache
def cautious() -> tuple[State, ...]:
    """Every answer to the questions that tips and exercises depend on, one besides those asked for them."""
    relief = load_relief()
    rules = [rule for tip in relief.tips.values() for rule in (tip.only_for, tip.do_not, tip.first, tip.when)]
    rules += [each.do_not for each in relief.exercises.values()]
    others = sorted({id_ for rule in rules for id_ in rule.mentions} - {*relief.asks})
    found = []
    for pattern, said in product(PATTERNS, product(("unasked", *ANSWERS), repeat=len(relief.asks))):
        asked = dict(zip(relief.asks, said, strict=True))
        known = {id_: cast("Answer", one) for id_, one in asked.items() if one != "unasked"}
        changes: list[dict[QuestionId, Answer]] = [{}]
        changes += [{id_: one} for id_ in others for one in ANSWERS if one != "no"]
        for other in changes:
            state = advised({**known, **other}, pattern)
            found.append(unasked(state, *(id_ for id_, one in asked.items() if one == "unasked")))
    return tuple(found)


def relief_turns() -> Iterator[Turn]:
    """Tips unasked to their end, tips about each topic, each exercise by name, the release and its ends."""
    relief = load_relief()
    for state in cautious():
        turn = move(GUIDE, state, "TipsIntent", Slots())
        yield turn
        while turn.state.offer == "more_tips":
            turn = move(GUIDE, turn.state, "AMAZON.YesIntent", Slots())
            yield turn
        for topic in sorted(relief.topics):
            told = move(GUIDE, state, "TipsIntent", Slots(topics=(topic,)))
            yield told
            yield move(GUIDE, told.state, "SourceIntent", Slots())
        for id_ in relief.exercises:
            yield move(GUIDE, state, "ExerciseIntent", Slots(exercises=(id_,)))
        yield from released(state)
    done = changed(advised({}), already_told=tuple(relief.exercises))
    yield move(GUIDE, done, "ExerciseIntent", Slots())


def released(state: State) -> Iterator[Turn]:
    turn = move(GUIDE, state, "CrampNowIntent", Slots())
    yield turn
    if turn.state.offer == "eased":
        yield move(GUIDE, turn.state, "AMAZON.YesIntent", Slots())
        tight = move(GUIDE, turn.state, "AMAZON.NoIntent", Slots())
        yield tight
        yield move(GUIDE, tight.state, "AMAZON.NoIntent", Slots())


def coached_turns() -> Iterator[Turn]:
    """Whatever may be said at each place of each exercise."""
    relief = load_relief()
    for pattern, exercise in product(PATTERNS, relief.exercises.values()):
        if exercise.id == relief.now:
            continue
        state = changed(advised({}, pattern), exercise=exercise.id, already_told=(exercise.id,))
        for beat in range(len(plan(exercise, state.answers, pattern)) - 1):
            here = changed(state, beat=beat, offer="coach" if beat else "begin")
            yield from (move(GUIDE, here, intent, Slots()) for intent in SLOTLESS)


@cache
def places() -> tuple[State, ...]:
    """Where something may be asked for in between: one of each kind."""
    answered = changed(advised({SWOLLEN: "unsure"}), level=None, pattern=None, offer=None)
    answered = unasked(answered, WORSE)
    fresh = a_state(turn=1, offer="check")
    before = (
        State(),
        fresh,
        changed(fresh, already_told=tuple(load_relief().tips)),
        changed(fresh, offer="anything", declined=True),
        changed(fresh, offer=None, asking=CHEST),
        changed(fresh, offer="eased", beat=1, exercise=load_relief().now),
        answered,
        changed(answered, asking=WORSE),
        changed(answered, asking=PRIVATE, form="recheck"),
        changed(answered, offer="recap"),
        changed(
            advised({}),
            level=None,
            pattern=None,
            confirmed=False,
            offer="eased",
            exercise="cramp_release",
            beat=1,
        ),
    )
    after = (
        *(advised({sign: "yes"}) for sign in (SWOLLEN, WORSE, WEAKER, CHEST)),
        *(advised({}, pattern) for pattern in PATTERNS),
        *(advised({}, offer=offer) for offer in ("more_tips", "another", "wanted", "check_again")),
        advised({SWOLLEN: "unsure"}),
        changed(
            advised({}),
            exercise="hamstring_stretch",
            beat=2,
            offer="coach",
            already_told=("hamstring_stretch",),
        ),
    )
    return before + after


def learning_turns() -> Iterator[Turn]:
    """Each line that can be taught, at each kind of place, with what may follow."""
    learning = load_learning()
    for place, subject in product(places(), learning.subjects.values()):
        turn = move(GUIDE, place, "LearnIntent", Slots(subjects=(subject.id,)))
        yield turn
        for number in range(len(subject.pages)):
            taught = changed(turn.state, page=number, said=turn.lines)
            for intent in ("WhyIntent", "SourceIntent", "LearnIntent", "MoreIntent", "AMAZON.NoIntent"):
                yield move(GUIDE, taught, intent, Slots())


def course_turns() -> Iterator[Turn]:
    """What to expect, for every answer that it depends on and every pattern that may go with it."""
    on = sorted({id_ for course in load_learning().courses for id_ in course.when.mentions})
    signs = (*GUIDE.protocol.pattern.nerve, *GUIDE.protocol.pattern.cramp)
    for said in product(ANSWERS, repeat=len(on)):
        known = dict(zip(on, said, strict=True))
        for pattern, points in product(PATTERNS, ANSWERS):
            pointing = dict.fromkeys(signs, points)
            state = advised({**pointing, **known}, pattern)
            turn = move(GUIDE, state, "CourseIntent", Slots())
            yield turn
            yield move(GUIDE, state, "SummaryIntent", Slots())
    for place in places():
        yield move(GUIDE, place, "CourseIntent", Slots())


def summary_turns() -> Iterator[Turn]:
    """The summary wherever it may be asked for, and both answers to its offer."""
    alone: dict[QuestionId, Answer] = {CHEST: "yes"}
    told = a_state(alone, history=(CHEST,), level="emergency", offer="hear_again")
    yield move(GUIDE, told, "SummaryIntent", Slots())
    for place in places():
        turn = move(GUIDE, place, "SummaryIntent", Slots())
        yield turn
        if turn.state.offer == "card":
            yield from (move(GUIDE, turn.state, intent, Slots()) for intent in SLOTLESS)
            yield move(GUIDE, turn.state, "SymptomIntent", Slots(signs=(CHEST,)))


def anywhere_turns() -> Iterator[Turn]:
    """Every intent at each kind of place, and twice in a row."""
    for place, intent in product(places(), SLOTLESS):
        turn = move(GUIDE, place, intent, Slots())
        yield turn
        if turn.ask is not None:
            state = turn.state._replace(said=(*turn.lines, turn.ask))
            yield from (move(GUIDE, state, second, Slots()) for second in SLOTLESS)


def named_turns() -> Iterator[Turn]:
    """Each sign said for sure or perhaps, denied or corrected, each topic, each opening, at each place."""
    for place in places():
        for id_ in GUIDE.protocol.questions:
            for intent in ("SymptomIntent", "NoSymptomIntent", "CorrectIntent", "NotNewIntent"):
                yield move(GUIDE, place, intent, Slots(signs=(id_,)))
            yield move(GUIDE, place, "SymptomIntent", Slots(either=((id_,),)))
        for people in (("adult",), ("any_age",)):
            turn = move(GUIDE, place, "SomebodyElseIntent", Slots(people=people))
            yield turn
            if turn.state.offer == "can_answer":
                yield from (move(GUIDE, turn.state, intent, Slots()) for intent in SLOTLESS)
        for topic in sorted(load_relief().topics):
            yield move(GUIDE, place, "TipsIntent", Slots(topics=(topic,)))
        for opening in sorted(GUIDE.protocol.opens):
            yield move(GUIDE, place, "OpenTopicIntent", Slots(openings=(opening,)))


def question_turns() -> Iterator[Turn]:
    """Whatever may be said to each question, asked as such and with a check to do."""
    answered = changed(advised({SWOLLEN: "unsure"}), level=None, pattern=None, offer=None)
    for id_, intent in product(GUIDE.protocol.questions, SLOTLESS):
        for rechecking in (False, True) if GUIDE.protocol.questions[id_].recheck else (False,):
            state = changed(unasked(answered, id_), asking=id_, form="recheck" if rechecking else "question")
            yield move(GUIDE, state, intent, Slots())
        if GUIDE.protocol.questions[id_].confirm_no:
            state = changed(unasked(answered, id_), asking=id_, form="confirm_no")
            yield move(GUIDE, state, intent, Slots())
    swollen: dict[QuestionId, Answer] = {SWOLLEN: "yes"}
    unknown = a_state(swollen, history=(SWOLLEN,), asking=CHEST, form="recheck")
    yield move(GUIDE, unknown, "UnsureIntent", Slots())


def advice_turns() -> Iterator[Turn]:
    """The advice for any two answers that are not no, with back pain and without it, given after a recap."""
    said: tuple[Answer, ...] = ("yes", "unsure")
    backgrounds: tuple[dict[QuestionId, Answer], ...] = ({}, {QuestionId("back_or_buttock_pain"): "yes"})
    pairs = product(combinations(GUIDE.protocol.questions, 2), product(said, repeat=2))
    for ((one, other), pair), background in product(pairs, backgrounds):
        state = advised({**background, one: pair[0], other: pair[1]})
        recap = changed(state, level=None, pattern=None, confirmed=False, offer="recap")
        yield move(GUIDE, recap, "AMAZON.YesIntent", Slots())


def recap_turns() -> Iterator[Turn]:
    """A recap with up to four answers of each kind, said again after an aside, and refused three times."""
    signs = (SWOLLEN, WORSE, WEAKER, PRIVATE)
    for yes, unsure in product(range(len(signs) + 1), repeat=2):
        said: dict[QuestionId, Answer] = dict.fromkeys((SWOLLEN, WORSE, WEAKER)[:yes], "yes")
        said |= dict.fromkeys(signs[::-1][:unsure], "unsure")
        recap = changed(advised(said), level=None, pattern=None, confirmed=False, offer="recap")
        yield from (move(GUIDE, recap, intent, Slots()) for intent in ("AMAZON.HelpIntent", "SummaryIntent"))
        which = move(GUIDE, recap, "AMAZON.NoIntent", Slots())
        again = move(GUIDE, which.state, "AMAZON.NoIntent", Slots())
        yield from (which, again, move(GUIDE, again.state, "AMAZON.NoIntent", Slots()))


def insisted_turns() -> Iterator[Turn]:
    """Each question, just asked, with what somebody may insist on; and half-way through, any answer to it."""
    for id_ in GUIDE.protocol.questions:
        for intent in ("SaidNoIntent", "SaidYesIntent"):
            asked = a_state({}, asking=id_, turn=1, said=(Line(f"question.{id_}"),))
            yield move(GUIDE, asked, intent, Slots())
    state = a_state(turn=1, offer="check")
    while state.level is None:
        turn = move(GUIDE, state, "AMAZON.YesIntent" if state.offer else "AMAZON.NoIntent", Slots())
        yield turn
        state = turn.state


def told_turns() -> Iterator[Turn]:
    """What is left of the tips, from all of them to the last, and the questions before more of them."""
    tips = tuple(load_relief().tips)
    for count in range(len(tips)):
        state = changed(advised({}, "cramp", "more_tips"), already_told=tips[:count])
        yield move(GUIDE, state, "HowManyLeftIntent", Slots())
    fresh = unasked(advised({}), *load_relief().asks, QuestionId("foot_sore_or_rest_pain"))
    for id_ in load_relief().exercises:
        yield move(GUIDE, fresh, "ExerciseIntent", Slots(exercises=(id_,)))


def odd_turns() -> Iterator[Turn]:
    """What is said when something is not understood three times, cannot be done, or goes wrong."""
    for place in places():
        yield move(GUIDE, place._replace(misheard=2), "AMAZON.FallbackIntent", Slots())
        yield unsupported(Situation(GUIDE, place))
        yield sorry(Situation(GUIDE, place))
        for erasure in get_args(Erasure):
            yield forget_me(Situation(GUIDE, place), erasure)
    yield lost(Situation(GUIDE, State()))


@cache
def reading(kind: Kind = Kind.NOTHING, **found: Any) -> Reading:  # noqa: ANN401 - any field of it
    """A reading of somebody's own words; what is left out is as where nothing was found."""
    nothing = Reading(
        kind=kind, signs=(), stance=Stance.NONE, topic=None, cry=None, want=None, young=False, exact=False,
        mass=0.0, ranked=(), stances={}, vetoed=None,
    )  # fmt: skip
    return replace(nothing, **found)


READINGS = (
    *(reading(cry=cry) for cry in ("crisis", "collapse", "on_the_floor", "call_somebody", "afraid")),
    *(
        reading(Kind.ASKED, signs=(sign, other), stance=stance, topic=sign)
        for sign, other in permutations((PRIVATE, CHEST, SWOLLEN), 2)
        for stance in (Stance.REPORTED, Stance.DENIED, Stance.QUESTION)
    ),
    *(reading(stance=stance, topic=CHEST) for stance in (Stance.PAST, Stance.SOMEBODY, Stance.QUESTION)),
    reading(Kind.RECOGNISED, signs=(PRIVATE,), stance=Stance.REPORTED, topic=PRIVATE),
    *(reading(want=want) for want in ("DrivingIntent", "TipsIntent.heat_or_cold", "some_want")),
)


def own_words_turns() -> Iterator[Turn]:
    """What comes of words that no slot resolved: at the welcome, at a question, after advice."""
    for state in (State(), a_state(turn=1, offer="check"), a_state(turn=1, asking=CHEST), advised({})):
        for each in READINGS:
            yield move(GUIDE, state, "SymptomIntent", Slots(reading=each))
    for id_ in GUIDE.protocol.questions:
        asked = reading(Kind.ASKED, signs=(id_,), stance=Stance.REPORTED, topic=id_)
        for each in (asked, replace(asked, vetoed="somebody")):
            yield move(GUIDE, a_state(turn=1, asking=CHEST), "SymptomIntent", Slots(reading=each))
        question = reading(stance=Stance.QUESTION, topic=id_)
        yield move(GUIDE, a_state(turn=1, asking=CHEST), "SymptomIntent", Slots(reading=question))


@cache
def every_turn() -> tuple[Turn, ...]:
    """All of the above, each set of lines once."""
    kinds = (
        relief_turns, coached_turns, learning_turns, course_turns, summary_turns, anywhere_turns, named_turns,
        question_turns, advice_turns, recap_turns, insisted_turns, told_turns, odd_turns,
        own_words_turns,
    )  # fmt: skip
    found: dict[object, Turn] = {}
    for kind in kinds:
        for turn in kind():
            found.setdefault((turn.lines, turn.ask, turn.reprompt, turn.card), turn)
    return tuple(found.values())
