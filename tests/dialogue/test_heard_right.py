"""Emergency advice ends in what was heard: every sign with every reply, and nobody is talked out of one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from crampguide.dialogue import Slots, State, load_guide, move, read_state, reply, write_state
from crampguide.dialogue.intents import INTENTS
from crampguide.dialogue.state import Asking
from crampguide.dialogue.turn import Situation, Turn
from crampguide.speech import catalogue_for, to_plain
from crampguide.triage import Answer, Level, QuestionId
from tests.dialogue.states import a_state
from tests.speech.turns import CHEST, SWOLLEN
from tools.words.speech_lint import locales

GUIDE = load_guide()
QUESTIONS = GUIDE.protocol.questions
SIGNS = [id_ for id_, question in QUESTIONS.items() if question.yes is Level.EMERGENCY]
YES, NO, BACK = "AMAZON.YesIntent", "AMAZON.NoIntent", "AMAZON.PreviousIntent"
AFRESH = {"AMAZON.StartOverIntent", "AMAZON.NavigateHomeIntent"}
TAKES_BACK = {NO, BACK, "SaidNoIntent"}
"""What takes a sign back at "is that right", besides denying it by name; or a start afresh."""
VAGUE = {"HedgedYesIntent", "HedgedNoIntent", "UnsureIntent", "AMAZON.NextIntent", "DoneIntent"}


def asked(sign: QuestionId) -> State:
    return a_state(turn=1, asking=sign)


def heard(sign: QuestionId) -> Turn:
    """A yes to the question about a sign of an emergency."""
    return move(GUIDE, asked(sign), YES)


def says(state: State, *intents: str) -> State:
    for intent in intents:
        state = move(GUIDE, state, intent).state
    return state


def named(state: State, sign: QuestionId, intent: str = "SymptomIntent") -> Turn:
    return move(GUIDE, state, intent, Slots(signs=(sign,)))


def everything(state: State) -> Iterator[Turn]:
    """Every intent, those with a sign about every sign; the state survives the session in each."""
    for intent in INTENTS:
        turn = move(GUIDE, state, intent)
        assert read_state(write_state(turn.state), GUIDE) == turn.state
        yield turn
    for intent, sign in product(
        ("SymptomIntent", "NoSymptomIntent", "CorrectIntent", "NotNewIntent"), QUESTIONS
    ):
        yield move(GUIDE, state, intent, Slots(signs=(sign,)))


def said_twice(sign: QuestionId) -> dict[str, State]:
    """Every way in which somebody says a sign twice."""
    once = heard(sign).state
    ways = {
        "confirmed": says(once, YES),
        "I said yes": says(once, "SaidYesIntent"),
        "named again": named(once, sign).state,
        "named again after a hedge": named(says(once, "HedgedNoIntent"), sign).state,
        "another sign": named(once, next(other for other in SIGNS if other != sign)).state,
        "named after taking it back": named(says(once, NO), sign).state,
    }
    if QUESTIONS[sign].recheck:
        ways["checked"] = says(once, NO, "UnsureIntent", YES)
        ways["taken back twice, checked"] = says(once, NO, YES, NO, YES)
        ways["taken back twice, not known"] = says(once, NO, YES, NO, "UnsureIntent")
        ways["taken back twice, skipped"] = says(once, NO, YES, NO, "AMAZON.NextIntent")
    else:
        ways["taken back twice"] = says(once, NO, YES, NO)
    return ways


@pytest.mark.parametrize("sign", SIGNS)
def test_the_advice_comes_at_once_and_ends_in_what_was_heard(sign: QuestionId) -> None:
    turn = heard(sign)
    assert (turn.state.level, turn.state.offer) == ("emergency", "heard_right")
    assert turn.lines[0].key.startswith("advice.emergency")
    assert turn.lines[-1].key == "advice.emergency_again"
    assert turn.ask == ("ask.heard_right", (sign,), 0)
    assert sign not in [name for line in turn.lines for name in line.names], "it would be said twice"


@pytest.mark.parametrize(("sign", "locale"), list(product(SIGNS, locales())))
def test_the_number_is_first_and_last_and_in_the_reprompt(sign: QuestionId, locale: str) -> None:
    catalogue = catalogue_for(locale)
    said, number = reply(GUIDE, catalogue, heard(sign)), catalogue.say("region.emergency_number")
    sentences = to_plain(said.speech).split(". ")
    assert number in sentences[0]
    assert number in sentences[-3]
    assert catalogue.say(f"sign.{sign}") in sentences[-2]
    assert number in to_plain(said.reprompt or "")
    assert catalogue.say(f"sign.{sign}") in to_plain(said.reprompt or "")


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_told_unasked_is_asked_about_as_told(sign: QuestionId) -> None:
    assert named(a_state(turn=1), sign).ask == ("ask.heard_right_volunteered", (sign,), 0)


@pytest.mark.parametrize("sign", SIGNS)
def test_only_a_plain_no_takes_it_back_and_then_it_is_asked_in_other_words(sign: QuestionId) -> None:
    state = heard(sign).state
    for intent in INTENTS:
        turn = move(GUIDE, state, intent)
        if intent in TAKES_BACK:
            assert (turn.state.level, turn.state.asking, turn.state.answers) == (None, sign, {}), intent
            assert turn.ask == (f"reword.{sign}", (), 0)
            assert [line.key for line in turn.lines] == ["acknowledge.taken_back"]
        elif intent not in AFRESH:
            assert turn.state.answers == {sign: "yes"}, intent
            assert turn.state.level == "emergency", intent


@pytest.mark.parametrize(("sign", "said"), list(product(SIGNS, sorted(VAGUE))))
def test_what_is_no_plain_answer_leaves_the_advice_and_says_the_number(sign: QuestionId, said: str) -> None:
    turn = move(GUIDE, heard(sign).state, said)
    assert [line.key for line in turn.lines] == ["acknowledge.kept"]
    assert (turn.state.offer, turn.reprompt) == ("hear_again", "reprompt.hear_again_emergency")
    assert says(turn.state, NO).answers == {sign: "yes"}


@pytest.mark.parametrize(("sign", "denied"), list(product(SIGNS, SIGNS)))
def test_a_denial_by_name_takes_back_that_sign_alone(sign: QuestionId, denied: QuestionId) -> None:
    turn = named(heard(sign).state, denied, "NoSymptomIntent")
    if denied == sign:
        assert (turn.state.asking, turn.state.answers) == (sign, {})
    else:
        assert turn.state.answers[sign] == "yes"
        assert turn.state.level == "emergency"


@pytest.mark.parametrize("sign", SIGNS)
def test_not_understood_is_asked_once_more_and_then_leaves_the_advice(sign: QuestionId) -> None:
    first = move(GUIDE, heard(sign).state, "AMAZON.FallbackIntent")
    assert [line.key for line in first.lines] == ["fallback.again", "goodbye.emergency"]
    assert first.ask == ("ask.heard_right", (sign,), 0)
    second = move(GUIDE, first.state, "AMAZON.FallbackIntent")
    assert [line.key for line in second.lines] == ["acknowledge.kept"]


@pytest.mark.parametrize("sign", SIGNS)
def test_after_taking_it_back_a_no_counts_and_the_check_goes_on(sign: QuestionId) -> None:
    state = says(heard(sign).state, NO, NO)
    if QUESTIONS[sign].confirm_no:
        assert (state.asking, state.open and getattr(state.open, "form", None)) == (sign, "confirm_no")
        state = says(state, NO)
    assert state.answers == {sign: "no"}
    assert state.asking not in {None, sign}


@pytest.mark.parametrize("sign", SIGNS)
def test_a_yes_after_taking_it_back_gets_the_advice_and_is_asked_about_again(sign: QuestionId) -> None:
    turn = move(GUIDE, says(heard(sign).state, NO), YES)
    assert turn.lines[0].key.startswith("advice.emergency")
    assert (turn.state.level, turn.state.offer) == ("emergency", "heard_right")


@pytest.mark.parametrize("sign", [sign for sign in SIGNS if QUESTIONS[sign].recheck])
def test_taken_back_twice_it_is_checked_by_hand_and_a_no_counts(sign: QuestionId) -> None:
    turn = move(GUIDE, says(heard(sign).state, NO, YES), NO)
    assert turn.ask == (f"recheck.{sign}", (), 0)
    assert says(turn.state, NO).answers == {sign: "no"}


@pytest.mark.parametrize("sign", SIGNS)
def test_nobody_who_said_a_sign_twice_is_talked_out_of_it(sign: QuestionId) -> None:
    for way, state in said_twice(sign).items():
        assert (state.level, state.offer) == ("emergency", "hear_again"), way
        for turn in everything(state):
            if turn.state.answers:
                assert turn.state.answers[sign] == "yes", (way, turn)
                assert turn.state.level == "emergency", (way, turn)
                assert turn.state.asking != sign, (way, turn)
            else:
                assert turn.state.sure == frozenset(), "only a start from the beginning"


AFTER_A_PLAIN_NO = {
    YES: "yes",
    "SaidYesIntent": "yes",
    "WorseIntent": "yes",
    "HedgedYesIntent": "yes",
    NO: "no",
    "SaidNoIntent": "no",
    "UnsureIntent": "unsure",
    "AMAZON.NextIntent": "skipped",
}
"""What each reply to the question in other words says of the sign; any other leaves it unanswered."""


@pytest.mark.parametrize("sign", SIGNS)
def test_what_is_said_to_the_question_in_other_words(sign: QuestionId) -> None:
    question, cramp = QUESTIONS[sign], QuestionId("short_cramp")
    state = says(a_state({cramp: "yes"}, history=(cramp,), turn=1, asking=sign), YES, NO)
    for intent in INTENTS:
        turn, said = move(GUIDE, state, intent), AFTER_A_PLAIN_NO.get(intent)
        checked = {"no": question.confirm_no, "unsure": question.recheck}.get(said or "")
        expected: dict[str, str] = (
            {} if said is None or checked else {sign: said.replace("skipped", "unsure")}
        )
        found = {id_: answer for id_, answer in turn.state.answers.items() if id_ != cramp}
        assert found == expected, intent
        assert (cramp in turn.state.answers) == (intent not in {*AFRESH, BACK}), "no other answer is touched"
        if checked:
            asks = Asking(sign, "confirm_no" if said == "no" else "recheck")
            assert turn.state.open == asks, intent
        reached = question.level(expected[sign]) if expected else None  # type: ignore[arg-type]
        assert (turn.state.level == "emergency") == (reached is Level.EMERGENCY), intent


def steps(state: State, sign: QuestionId) -> Iterator[tuple[str, Turn, int]]:
    """Each thing that may be said about a sign; 1 where it says it, -1 where it may take it back, else 0."""
    heard_right = state.offer == "heard_right" and state.to_confirm is not None
    about = state.asking == sign or (heard_right and sign in state.to_confirm.names)  # type: ignore[union-attr]
    yield YES, move(GUIDE, state, YES), int(about)
    for intent in (NO, BACK, "SaidNoIntent"):
        yield intent, move(GUIDE, state, intent), -1
    for intent in (
        "UnsureIntent",
        "HedgedNoIntent",
        "AMAZON.NextIntent",
        "AMAZON.FallbackIntent",
        "SaidYesIntent",
    ):
        yield intent, move(GUIDE, state, intent), 0
    yield "SymptomIntent", named(state, sign), 1
    yield "NotNewIntent", named(state, sign, "NotNewIntent"), 0
    for intent in ("NoSymptomIntent", "CorrectIntent"):
        yield intent, named(state, sign, intent), -1


_LONGEST = 5


@pytest.mark.parametrize("sign", SIGNS)
def test_no_replies_lead_away_from_a_sign_that_was_said_twice(sign: QuestionId) -> None:
    """Every sequence of replies: said twice with no taking back between, it stays whatever follows.

    To say that it is not new takes nothing back yet: whether it has changed is asked, and a no does.
    """
    reached: list[tuple[tuple[str, ...], State, int]] = [((), asked(sign), 0)]
    seen: set[tuple[object, int]] = set()
    for _ in range(_LONGEST):
        following: list[tuple[tuple[str, ...], State, int]] = []
        for path, state, said in reached:
            for intent, turn, step in steps(state, sign):
                times = 2 if said == 2 else 0 if step < 0 else said + step
                if times == 2:
                    assert turn.state.answers.get(sign) == "yes", (*path, intent)
                    assert Situation(GUIDE, turn.state).level is Level.EMERGENCY, (*path, intent)
                    assert turn.state.asking != sign, (*path, intent)
                key = (apart(turn.state), times)
                if turn.ask is not None and key not in seen:
                    seen.add(key)
                    following.append(((*path, intent), turn.state, times))
        reached = following
    assert any(times == 2 for _, times in seen)


def apart(state: State) -> object:
    """What tells two states apart for what follows."""
    return str(write_state(state._replace(said=state.said[-1:], rest=())))


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("said", [NO, "AMAZON.StopIntent", "AMAZON.CancelIntent"])
def test_the_end_carries_the_number_and_takes_nothing_back(sign: QuestionId, said: str) -> None:
    ends = [says(heard(sign).state, YES)] + ([] if said == NO else [heard(sign).state])
    for state in ends:
        turn = move(GUIDE, state, said)
        assert turn.ask is None
        assert turn.lines[-1].key == "goodbye.emergency"
        assert turn.state.answers == {sign: "yes"}


def together() -> Iterator[tuple[str, dict[QuestionId, Answer]]]:
    for id_, rule in GUIDE.protocol.combinations.items():
        if rule.level is Level.EMERGENCY:
            members = sorted(rule.when.mentions)
            for said in product(("yes", "unsure", "no"), repeat=len(members)):
                answers: dict[QuestionId, Answer] = dict(zip(members, said, strict=True))  # type: ignore[arg-type]
                situation = Situation(GUIDE, a_state(answers))
                alone = any(
                    QUESTIONS[one].level(answer) is Level.EMERGENCY for one, answer in answers.items()
                )
                if situation.level is Level.EMERGENCY and not alone:
                    yield id_, answers


def test_of_signs_that_count_together_the_last_is_asked_about_and_alone_taken_back() -> None:
    seen = set()
    for id_, answers in together():
        for last, said in answers.items():
            if said == "no":
                continue
            before: dict[QuestionId, Answer] = {one: answer for one, answer in answers.items() if one != last}
            if Situation(GUIDE, a_state(before)).level is Level.EMERGENCY:
                continue
            state = a_state(
                before,
                history=tuple(before),
                turn=4,
                asking=last,
                form="recheck" if QUESTIONS[last].recheck else "question",
            )
            turn = move(GUIDE, state, YES if said == "yes" else "UnsureIntent")
            if turn.state.level != "emergency":
                continue
            key = "ask.heard_right" if said == "yes" else "ask.heard_right_unsure"
            assert turn.ask == (key, (last,), 0), id_
            back = says(turn.state, NO)
            assert (back.asking, back.answers) == (last, before), id_
            assert says(turn.state, YES, NO).answers == {**before, last: said}
            seen.add(id_)
    assert seen == {id_ for id_, rule in GUIDE.protocol.combinations.items() if rule.level is Level.EMERGENCY}


def test_a_calmer_sign_is_noted_and_the_question_is_asked_again() -> None:
    turn = named(heard(CHEST).state, SWOLLEN)
    assert turn.state.answers == {CHEST: "yes", SWOLLEN: "yes"}
    assert turn.ask == ("ask.heard_right", (CHEST,), 0)


def test_repeat_says_the_whole_advice_and_the_same_question() -> None:
    said = reply(GUIDE, catalogue_for("en-US"), heard(CHEST))
    turn = move(GUIDE, said.turn.state, "AMAZON.RepeatIntent")
    assert (turn.lines, turn.ask, turn.reprompt) == (
        heard(CHEST).lines,
        heard(CHEST).ask,
        "reprompt.heard_right",
    )


def test_what_is_kept_of_taking_back_does_not_grow() -> None:
    state = asked(CHEST)
    for _ in range(4):
        state = says(state, YES, NO, NO)
        assert state.answers == {CHEST: "no"}
        state = named(state, CHEST, "CorrectIntent").state
    assert state.taken_back == (CHEST, CHEST)


def test_what_to_do_while_waiting_is_not_lost() -> None:
    answers: dict[QuestionId, Answer] = {id_: "yes" for id_ in QUESTIONS if QUESTIONS[id_].waiting}
    state = a_state(answers, history=tuple(answers), turn=4, asking=CHEST)
    told = move(GUIDE, state, YES)
    later = move(GUIDE, told.state, YES)
    waiting = {line.key for turn in (told, later) for line in turn.lines if line.key.startswith("waiting.")}
    assert waiting == {f"waiting.{question.waiting}" for question in QUESTIONS.values() if question.waiting}


@pytest.mark.parametrize("sign", SIGNS)
def test_for_chest_aneurysm_and_stroke_signs_nobody_is_sent_to_drive(sign: QuestionId) -> None:
    ambulance = sign in {"chest_or_breathing", "chest_again", "sudden_belly_back_pain", "stroke_signs"}
    assert QUESTIONS[sign].ambulance == ambulance
    assert heard(sign).lines[0].key == ("advice.emergency_ambulance" if ambulance else "advice.emergency")
