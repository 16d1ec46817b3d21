"""What people say in pain: no remark is an answer, and no question that was not heard is denied."""

from __future__ import annotations

from itertools import product

import pytest

from crampguide.dialogue.intents import INTENTS, move
from crampguide.dialogue.offers import load_guide
from crampguide.dialogue.replies import reply
from crampguide.dialogue.state import Form, State
from crampguide.dialogue.turn import Slots, Turn
from crampguide.speech import Line, catalogue_for
from crampguide.triage import ANSWERS, Answer, Level, Question, QuestionId, because, level_of, load_protocol
from tests.dialogue.states import a_state, changed
from tests.speech.turns import advised, unasked

GUIDE = load_guide()

PROTOCOL = load_protocol()
REMARKS = ("InPainIntent", "PlaceIntent", "NotNowIntent", "OnTheFloorIntent", "AlreadyToldIntent")
FALL = QuestionId("injury_or_pop")
EMERGENCIES = [id_ for id_, question in PROTOCOL.questions.items() if question.yes is Level.EMERGENCY]
SIGNS = [id_ for id_, question in PROTOCOL.questions.items() if question.yes >= Level.URGENT]


def made(state: State, intent: str) -> Turn:
    """The turn, with what was said written down as a reply does."""
    return reply(GUIDE, catalogue_for("en-US"), move(GUIDE, state, intent, Slots())).turn


def at(question: QuestionId) -> State:
    """A check in which this question is open and the one before it was answered no."""
    return a_state({}, asking=question, turn=1, said=(Line(f"question.{question}"),))


def forms_of(question: Question) -> list[Form]:
    """How far a question may have got."""
    forms: dict[Form, bool] = {"recheck": question.recheck, "confirm_no": question.confirm_no}
    return ["question", *(form for form, there_is in forms.items() if there_is)]


@pytest.mark.parametrize("intent", REMARKS)
def test_a_remark_answers_no_question(intent: str) -> None:
    for id_, question in PROTOCOL.questions.items():
        for form in forms_of(question):
            state = changed(at(id_), form=form)
            turn = made(state, intent)
            assert turn.state.answers == {}
            assert turn.lines
            assert not any(line.key.startswith("fallback.") for line in turn.lines)
            if intent == "NotNowIntent":
                assert turn.state.offer == "resume"
                assert Line("net.line") in turn.lines
            elif intent != "OnTheFloorIntent":
                assert turn.state.asking == id_
                assert turn.state.open == state.open


def test_on_the_floor_the_next_question_is_whether_it_was_a_fall() -> None:
    for id_ in PROTOCOL.questions:
        turn = made(at(id_), "OnTheFloorIntent")
        assert turn.state.asking == FALL
        assert Line("net.call") in turn.lines
    known = at(QuestionId("one_calf_swollen"))._replace(answers={FALL: "no"}, history=(FALL,))
    assert made(known, "OnTheFloorIntent").state.asking == "one_calf_swollen"
    first = move(GUIDE, State(), "OnTheFloorIntent", Slots())
    assert first.lines[0] == Line("welcome.short")


@pytest.mark.parametrize("intent", [*REMARKS, "SaidNoIntent", "SaidYesIntent"])
def test_a_remark_fits_every_offer(intent: str) -> None:
    for offer in sorted(load_guide().offers):
        state = changed(
            advised({}),
            offer=offer,
            exercise="standing_calf_stretch",
            beat=1 if offer in {"coach", "eased"} else 0,
        )
        turn = made(state, intent)
        kept = {id_: said for id_, said in state.answers.items() if said == "yes"}
        agreed = {"check_again": {}, "can_answer": {**kept, QuestionId("under_sixteen"): "no"}}
        after = agreed.get(offer, state.answers) if intent == "SaidYesIntent" else state.answers
        assert turn.state.answers == after
        assert not any(line.key.startswith("fallback.") for line in turn.lines)


def test_pain_is_no_reason_to_release_a_calf_that_must_not_be_stretched() -> None:
    for said in ("yes", "unsure"):
        state = at(QuestionId("leg_getting_weaker"))._replace(
            answers={QuestionId("one_calf_swollen"): said}, history=(QuestionId("one_calf_swollen"),)
        )
        assert made(state, "InPainIntent").lines == (Line("remark.pain"),)
    assert made(at(QuestionId("leg_getting_weaker")), "InPainIntent").lines == (Line("remark.pain_cramp"),)


def before_and_now(last: Answer, question: QuestionId) -> State:
    """The question has just been asked for the first time, after another answer."""
    earlier = QuestionId("medicine_link" if question != "medicine_link" else "lasting")
    taken = Line("acknowledge.no_to", (earlier,)) if last == "no" else Line(f"acknowledge.{last}")
    said = (taken, Line(f"question.{question}"))
    return a_state({earlier: last}, asking=question, history=(earlier,), turn=3, said=said)


def test_i_said_no_is_a_no_to_what_was_heard_before() -> None:
    for id_ in PROTOCOL.questions:
        state = before_and_now("no", id_)
        turn = made(state, "SaidNoIntent")
        if id_ in SIGNS:
            # Once more in other words first: it may have been said of the question before.
            assert turn.state.asking == id_
            assert id_ not in turn.state.answers
            turn = made(turn.state, "SaidNoIntent")
        assert turn.state.answers[id_] == "no"


def test_i_said_no_after_another_answer_goes_back_to_it() -> None:
    others: tuple[Answer, ...] = ("yes", "unsure")
    for id_, last in product(PROTOCOL.questions, others):
        state = before_and_now(last, id_)
        turn = made(state, "SaidNoIntent")
        assert turn.state.asking == state.history[-1]
        assert id_ not in turn.state.answers


def test_i_said_yes_after_a_no_goes_back_to_it_and_is_else_a_yes_to_what_was_heard_before() -> None:
    for id_ in PROTOCOL.questions:
        denied = before_and_now("no", id_)
        assert made(denied, "SaidYesIntent").state.asking == denied.history[-1]
        again = made(before_and_now("yes", id_), "SaidYesIntent")
        assert again.state.asking == id_
        assert made(again.state, "SaidYesIntent").state.answers[id_] == "yes"


def test_i_said_yes_confirms_no_recap_and_no_cramp_as_gone() -> None:
    recap = changed(advised({}), level=None, pattern=None, offer="recap", confirmed=False)
    assert made(recap, "SaidYesIntent").state.offer == "correct"
    assert not made(recap, "SaidYesIntent").state.confirmed
    tight = a_state(offer="eased", exercise="cramp_release", beat=1, turn=1)
    assert made(tight, "SaidYesIntent").state.offer == "eased"


@pytest.mark.parametrize("sign", EMERGENCIES)
def test_i_said_no_to_emergency_advice_asks_its_sign_again(sign: QuestionId) -> None:
    given = made(at(sign), "AMAZON.YesIntent")
    assert given.state.level == "emergency"
    turn = made(given.state, "SaidNoIntent")
    assert turn.state.asking == sign
    assert not turn.state.answers


@pytest.mark.parametrize("intent", ["LearnIntent", "WhyIntent", "MeaningIntent"])
def test_more_about_an_emergency_explains_it_and_says_to_call(intent: str) -> None:
    emergencies: list[dict[QuestionId, Answer]] = [{id_: "yes"} for id_ in EMERGENCIES]
    for combination in PROTOCOL.combinations.values():
        if combination.level is Level.EMERGENCY:
            emergencies += combined(combination.id)
    for answers in emergencies:
        state = advised(answers)
        assert state.level == "emergency"
        turn = move(GUIDE, state, intent, Slots())
        keys = [line.key for line in turn.lines]
        assert keys[0].startswith("because.")
        assert keys[1].startswith("why.")
        assert set(keys[1:-1:1]) & {f"why.{id_}" for id_, said in answers.items() if said != "no"}
        assert keys[-1] == "goodbye.emergency"
        assert turn.reprompt == "reprompt.hear_again_emergency"


def combined(rule: str) -> list[dict[QuestionId, Answer]]:
    """Ways to answer the questions of a combination that set it off and no other rule before it."""
    ids = [id_ for id_ in PROTOCOL.questions if id_ in PROTOCOL.combinations[rule].when.mentions]
    found = []
    for said in product(ANSWERS, repeat=len(ids)):
        state = advised(dict(zip(ids, said, strict=True)))
        if because(PROTOCOL, state.answers, level_of(PROTOCOL, state.answers))[:1] == (rule,):
            found.append(dict(zip(ids, said, strict=True)))
    assert found
    return found


def test_more_about_urgent_advice_explains_it_too() -> None:
    for id_ in SIGNS:
        if PROTOCOL.questions[id_].yes is Level.URGENT:
            keys = [line.key for line in move(GUIDE, advised({id_: "yes"}), "LearnIntent", Slots()).lines]
            assert keys[:2] == ["because.yes", f"why.{id_}"]
            assert keys[-1] == "goodbye.urgent"


@pytest.mark.parametrize(("wanted", "heard"), [
    ("TipsIntent", Slots()),
    ("TipsIntent", Slots(topics=("medicines",))),
    ("ExerciseIntent", Slots(exercises=("standing_calf_stretch",))),
    ("ExerciseIntent", Slots(exercises=("knee_to_chest",))),
    ("ExerciseIntent", Slots(exercises=("nerve_glide",))),
])  # fmt: skip
def test_as_many_questions_come_before_relief_as_were_announced(wanted: str, heard: Slots) -> None:
    asks = (QuestionId("pregnant_or_new_mother"), QuestionId("skin_and_circulation"))
    follow_ups = [
        QuestionId(id_) for id_ in ("foot_sore_or_rest_pain", "walking_calf_pain", "home_care_failed")
    ]
    callers: list[dict[QuestionId, Answer]] = [
        {},
        {QuestionId("lasting"): "yes"},
        {QuestionId("pain_down_leg"): "yes"},
    ]
    for answers in callers:
        state = unasked(advised(answers), *asks, *follow_ups)
        turn = move(GUIDE, state, wanted, heard)
        if turn.state.asking is None:
            continue
        line = next(line for line in turn.lines if line.key.startswith("relief.caution"))
        taken = questions_from(turn)
        assert max(taken) == max(line.number, 1)
        exact = line.key in {"relief.caution", "relief.cautions"}
        assert (len(taken) == 1) is exact
        assert (1 in taken) is (line.key in {"relief.caution", "relief.caution_or_more"})


def questions_from(turn: Turn, *asked: str) -> set[int]:
    """How many questions are asked until something else is, on every way through."""
    if turn.state.asking is None:
        return {len(set(asked))}
    onward = (
        move(GUIDE, turn.state, f"{intent}Intent", Slots())
        for intent in ("AMAZON.Yes", "AMAZON.No", "Unsure")
    )
    return {count for then in onward for count in questions_from(then, *asked, turn.state.asking)}


def test_a_declined_check_is_offered_by_no_reply_after_it() -> None:
    declined = move(GUIDE, a_state(offer="check", turn=1), "AMAZON.NoIntent", Slots()).state
    assert declined.declined
    places = [declined, changed(declined, offer="anything"), changed(declined, offer=None)]
    for state, intent in product(places, sorted(INTENTS.keys() - {"AMAZON.NavigateHomeIntent"})):
        turn = made(state, intent)
        assert turn.state.offer != "check", intent
        if turn.ask is not None and turn.state.asking is None:
            assert made(turn.state, "AMAZON.HelpIntent").state.offer != "check"
    assert made(declined, "CheckIntent").state.asking == "chest_or_breathing"
    assert not made(declined, "CheckIntent").state.declined


@pytest.mark.parametrize(
    ("answers", "level", "line"),
    [
        ({"chest_or_breathing": "yes"}, "emergency", "advice.emergency_ambulance"),
        ({"saddle_numbness": "yes"}, "emergency", "advice.emergency"),
        ({"one_calf_swollen": "yes"}, "urgent", "remark.driving_urgent"),
        ({"one_calf_swollen": "yes"}, None, "remark.driving"),
        ({}, "self_care", "remark.driving"),
    ],
)
def test_whether_to_drive_hangs_on_how_bad_it_may_be(
    answers: dict[QuestionId, Answer], level: str | None, line: str
) -> None:
    state = a_state(answers, level=level, history=tuple(answers), turn=3)
    turn = made(state, "DrivingIntent")
    assert turn.lines[0] == Line(line)
    assert turn.state.answers == answers
