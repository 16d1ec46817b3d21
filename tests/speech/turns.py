"""Every turn whose words can differ: each question, advice, relief, learning, what to expect, the summary."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations, product
from typing import cast, get_args

from crampguide.learning import load_learning
from crampguide.memory import Erasure
from crampguide.relief import load_relief, plan
from crampguide.triage import Answer, Level, Protocol, QuestionId, level_of, load_protocol
from crampguide.triage.model import ANSWERS, Pattern
from crampguide.voice.asides import forget_me, unsupported
from crampguide.voice.handlers import sorry
from crampguide.voice.moves import INTENTS, move
from crampguide.voice.start import lost
from crampguide.voice.state import Line, State
from crampguide.voice.turn import Heard, Turn

SLOTLESS = sorted(INTENTS.keys() - {"SymptomIntent", "NoSymptomIntent", "OpenTopicIntent", "CorrectIntent"})
PATTERNS: tuple[Pattern, ...] = get_args(Pattern)
SWOLLEN, WORSE = QuestionId("one_calf_swollen"), QuestionId("severe_or_worsening_pain")
WEAKER, CHEST, PRIVATE = (
    QuestionId("leg_getting_weaker"),
    QuestionId("chest_or_breathing"),
    QuestionId("saddle_numbness"),
)


def advised(
    changed: dict[QuestionId, Answer], pattern: Pattern | None = "either", offer: str = "tips"
) -> State:
    """After the advice for all answers no, but for those given."""
    protocol = load_protocol()
    asked = [id_ for id_, question in protocol.questions.items() if not question.optional]
    answers: dict[QuestionId, Answer] = {id_: "no" for id_ in asked if id_ != "under_sixteen"}
    answers |= changed
    level = level_of(protocol, answers)
    calm = level < Level.URGENT
    return State(
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


def relief_turns(protocol: Protocol) -> Iterator[Turn]:
    """Tips unasked to their end, tips about each topic, each exercise by name, the release and its ends."""
    relief = load_relief()
    for state in cautious():
        turn = move(protocol, state, "TipsIntent", Heard())
        yield turn
        while turn.state.offer == "more_tips":
            turn = move(protocol, turn.state, "AMAZON.YesIntent", Heard())
            yield turn
        for topic in sorted(relief.topics):
            told = move(protocol, state, "TipsIntent", Heard(topics=(topic,)))
            yield told
            yield move(protocol, told.state, "SourceIntent", Heard())
        for id_ in relief.exercises:
            yield move(protocol, state, "ExerciseIntent", Heard(exercises=(id_,)))
        yield from released(protocol, state)
    done = advised({})._replace(told=tuple(relief.exercises))
    yield move(protocol, done, "ExerciseIntent", Heard())


def released(protocol: Protocol, state: State) -> Iterator[Turn]:
    turn = move(protocol, state, "CrampNowIntent", Heard())
    yield turn
    if turn.state.offer == "eased":
        yield move(protocol, turn.state, "AMAZON.YesIntent", Heard())
        tight = move(protocol, turn.state, "AMAZON.NoIntent", Heard())
        yield tight
        yield move(protocol, tight.state, "AMAZON.NoIntent", Heard())


def coached_turns(protocol: Protocol) -> Iterator[Turn]:
    """Whatever may be said at each place of each exercise."""
    relief = load_relief()
    for pattern, exercise in product(PATTERNS, relief.exercises.values()):
        if exercise.id == relief.now:
            continue
        state = advised({}, pattern)._replace(exercise=exercise.id, told=(exercise.id,))
        for beat in range(len(plan(exercise, state.answers, pattern)) - 1):
            here = state._replace(beat=beat, offer="coach" if beat else "begin")
            yield from (move(protocol, here, intent, Heard()) for intent in SLOTLESS)


@cache
def places() -> tuple[State, ...]:
    """Where something may be asked for in between: one of each kind."""
    answered = advised({SWOLLEN: "unsure"})._replace(level=None, pattern=None, offer=None)
    answered = unasked(answered, WORSE)
    fresh = State(turn=1, offer="check")
    before = (
        State(),
        fresh,
        fresh._replace(told=tuple(load_relief().tips)),
        fresh._replace(offer="anything", declined=True),
        fresh._replace(offer=None, asking=CHEST),
        fresh._replace(offer="eased", beat=1, exercise=load_relief().now),
        answered,
        answered._replace(asking=WORSE),
        answered._replace(asking=PRIVATE, rechecking=True),
        answered._replace(offer="recap"),
        advised({})._replace(
            level=None, pattern=None, confirmed=False, offer="eased", exercise="cramp_release", beat=1
        ),
    )
    after = (
        *(advised({sign: "yes"}) for sign in (SWOLLEN, WORSE, WEAKER, CHEST)),
        *(advised({}, pattern) for pattern in PATTERNS),
        *(advised({}, offer=offer) for offer in ("more_tips", "another", "wanted", "check_again")),
        advised({SWOLLEN: "unsure"}),
        advised({})._replace(
            exercise="hamstring_stretch", beat=2, offer="coach", told=("hamstring_stretch",)
        ),
    )
    return before + after


def learning_turns(protocol: Protocol) -> Iterator[Turn]:
    """Each line that can be taught, at each kind of place, with what may follow."""
    learning = load_learning()
    for place, subject in product(places(), learning.subjects.values()):
        turn = move(protocol, place, "LearnIntent", Heard(subjects=(subject.id,)))
        yield turn
        for number in range(len(subject.pages)):
            taught = turn.state._replace(page=number, said=turn.lines)
            for intent in ("WhyIntent", "SourceIntent", "LearnIntent", "MoreIntent", "AMAZON.NoIntent"):
                yield move(protocol, taught, intent, Heard())


def course_turns(protocol: Protocol) -> Iterator[Turn]:
    """What to expect, for every answer that it depends on and every pattern that may go with it."""
    on = sorted({id_ for course in load_learning().courses for id_ in course.when.mentions})
    signs = (*protocol.pattern.nerve, *protocol.pattern.cramp)
    for said in product(ANSWERS, repeat=len(on)):
        known = dict(zip(on, said, strict=True))
        for pattern, points in product(PATTERNS, ANSWERS):
            pointing = dict.fromkeys(signs, points)
            state = advised({**pointing, **known}, pattern)
            turn = move(protocol, state, "CourseIntent", Heard())
            yield turn
            yield move(protocol, state, "SummaryIntent", Heard())
    for place in places():
        yield move(protocol, place, "CourseIntent", Heard())


def summary_turns(protocol: Protocol) -> Iterator[Turn]:
    """The summary wherever it may be asked for, and both answers to its offer."""
    for place in places():
        turn = move(protocol, place, "SummaryIntent", Heard())
        yield turn
        if turn.state.offer == "card":
            yield from (move(protocol, turn.state, intent, Heard()) for intent in SLOTLESS)
            yield move(protocol, turn.state, "SymptomIntent", Heard(signs=(CHEST,)))


def anywhere_turns(protocol: Protocol) -> Iterator[Turn]:
    """Every intent at each kind of place, and twice in a row."""
    for place, intent in product(places(), SLOTLESS):
        turn = move(protocol, place, intent, Heard())
        yield turn
        if turn.ask is not None:
            state = turn.state._replace(said=(*turn.lines, turn.ask))
            yield from (move(protocol, state, second, Heard()) for second in SLOTLESS)


def named_turns(protocol: Protocol) -> Iterator[Turn]:
    """Each sign said for sure or perhaps, denied or corrected, each topic, each opening, at each place."""
    for place in places():
        for id_ in protocol.questions:
            for intent in ("SymptomIntent", "NoSymptomIntent", "CorrectIntent", "NotNewIntent"):
                yield move(protocol, place, intent, Heard(signs=(id_,)))
            yield move(protocol, place, "SymptomIntent", Heard(either=((id_,),)))
        for topic in sorted(load_relief().topics):
            yield move(protocol, place, "TipsIntent", Heard(topics=(topic,)))
        for opening in sorted(protocol.opens):
            yield move(protocol, place, "OpenTopicIntent", Heard(openings=(opening,)))


def question_turns(protocol: Protocol) -> Iterator[Turn]:
    """Whatever may be said to each question, asked as such and with a check to do."""
    answered = advised({SWOLLEN: "unsure"})._replace(level=None, pattern=None, offer=None)
    for id_, intent in product(protocol.questions, SLOTLESS):
        for rechecking in (False, True) if protocol.questions[id_].recheck else (False,):
            state = unasked(answered, id_)._replace(asking=id_, rechecking=rechecking)
            yield move(protocol, state, intent, Heard())
        if protocol.questions[id_].confirm_no:
            state = unasked(answered, id_)._replace(asking=id_, confirming=True)
            yield move(protocol, state, intent, Heard())


def advice_turns(protocol: Protocol) -> Iterator[Turn]:
    """The advice for any two answers that are not no, with back pain and without it, given after a recap."""
    said: tuple[Answer, ...] = ("yes", "unsure")
    backgrounds: tuple[dict[QuestionId, Answer], ...] = ({}, {QuestionId("back_or_buttock_pain"): "yes"})
    pairs = product(combinations(protocol.questions, 2), product(said, repeat=2))
    for ((one, other), pair), background in product(pairs, backgrounds):
        state = advised({**background, one: pair[0], other: pair[1]})
        recap = state._replace(level=None, pattern=None, confirmed=False, offer="recap")
        yield move(protocol, recap, "AMAZON.YesIntent", Heard())


def recap_turns(protocol: Protocol) -> Iterator[Turn]:
    """A recap with up to four answers of each kind, said again after an aside, and refused three times."""
    signs = (SWOLLEN, WORSE, WEAKER, PRIVATE)
    for yes, unsure in product(range(len(signs) + 1), repeat=2):
        said: dict[QuestionId, Answer] = dict.fromkeys((SWOLLEN, WORSE, WEAKER)[:yes], "yes")
        said |= dict.fromkeys(signs[::-1][:unsure], "unsure")
        recap = advised(said)._replace(level=None, pattern=None, confirmed=False, offer="recap")
        yield from (
            move(protocol, recap, intent, Heard()) for intent in ("AMAZON.HelpIntent", "SummaryIntent")
        )
        which = move(protocol, recap, "AMAZON.NoIntent", Heard())
        again = move(protocol, which.state, "AMAZON.NoIntent", Heard())
        yield from (which, again, move(protocol, again.state, "AMAZON.NoIntent", Heard()))


def insisted_turns(protocol: Protocol) -> Iterator[Turn]:
    """Each question, just asked, with what somebody may insist on; and half-way through, any answer to it."""
    for id_ in protocol.questions:
        for intent in ("SaidNoIntent", "SaidYesIntent"):
            asked = State({}, asking=id_, turn=1, said=(Line(f"question.{id_}"),))
            yield move(protocol, asked, intent, Heard())
    state = State(turn=1, offer="check")
    while state.level is None:
        turn = move(protocol, state, "AMAZON.YesIntent" if state.offer else "AMAZON.NoIntent", Heard())
        yield turn
        state = turn.state


def told_turns(protocol: Protocol) -> Iterator[Turn]:
    """What is left of the tips, from all of them to the last, and the questions before more of them."""
    tips = tuple(load_relief().tips)
    for count in range(len(tips)):
        state = advised({}, "cramp", "more_tips")._replace(told=tips[:count])
        yield move(protocol, state, "HowManyLeftIntent", Heard())
    fresh = unasked(advised({}), *load_relief().asks, QuestionId("foot_sore_or_rest_pain"))
    for id_ in load_relief().exercises:
        yield move(protocol, fresh, "ExerciseIntent", Heard(exercises=(id_,)))


def odd_turns(protocol: Protocol) -> Iterator[Turn]:
    """What is said when something is not understood three times, cannot be done, or goes wrong."""
    for place in places():
        yield move(protocol, place._replace(misheard=2), "AMAZON.FallbackIntent", Heard())
        yield unsupported(protocol, place, Heard())
        yield sorry(place)
        for erasure in get_args(Erasure):
            yield forget_me(protocol, place, Heard(), erasure)
    yield lost(protocol, State(), Heard())


@cache
def every_turn() -> tuple[Turn, ...]:
    """All of the above, each set of lines once."""
    protocol = load_protocol()
    kinds = (
        relief_turns, coached_turns, learning_turns, course_turns, summary_turns, anywhere_turns, named_turns,
        question_turns, advice_turns, recap_turns, insisted_turns, told_turns, odd_turns,
    )  # fmt: skip
    found: dict[object, Turn] = {}
    for kind in kinds:
        for turn in kind(protocol):
            found.setdefault((turn.lines, turn.ask, turn.reprompt, turn.card), turn)
    return tuple(found.values())
