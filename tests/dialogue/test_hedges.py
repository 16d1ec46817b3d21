"""No answer that is not plain ever gives the calmer answer, to any question and to any offer.

Every utterance of the three intents is resolved as a device resolves it, in every locale; what it was
resolved to is sent to the real handler wherever something can be asked, and again to what that leads to.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

import pytest

from crampguide.alexa.skill import build_skill
from crampguide.dialogue import hedge
from crampguide.dialogue.codec import read_state, write_state
from crampguide.dialogue.intents import INTENTS
from crampguide.dialogue.offers import load_guide
from crampguide.dialogue.state import Asking, State
from crampguide.dialogue.turn import Calmer, Situation
from crampguide.speech import catalogue_for
from crampguide.triage import Answer, Ask, QuestionId, load_protocol, next_step
from simulator.device.requests import RequestFactory
from simulator.skill import here
from simulator.understanding.resolve import Resolver
from tests.dialogue.states import a_state, changed
from tests.locales import FURTHEST_APART
from tests.speech.turns import CHEST

GUIDE = load_guide()

Json = dict[str, Any]
PROTOCOL = load_protocol()
PAIN = QuestionId("severe_or_worsening_pain")
NOT_PLAIN = ("HedgedYesIntent", "HedgedNoIntent", "WorseIntent")
HEDGES = NOT_PLAIN[:2]
PLAIN = {"yes": "AMAZON.YesIntent", "no": "AMAZON.NoIntent"}
HANDLER = build_skill({}).lambda_handler()


@cache
def resolver(locale: str) -> Resolver:
    return here().resolver(locale)


def utterances(locale: str) -> Iterator[tuple[str, str]]:
    intents = here().model(locale).intents
    yield from ((name, sample) for name in NOT_PLAIN for sample in intents[name].samples if "{" not in sample)


def sent(name: str, state: State, locale: str = "en-US") -> Json:
    """The reply to an intent without slots, in a session with this state."""
    request = {"type": "IntentRequest", "intent": {"name": name, "confirmationStatus": "NONE", "slots": {}}}
    session = {"new": False, "sessionId": "s", "attributes": write_state(state)}
    event = RequestFactory(locale).envelope(request, session)
    return HANDLER(json.loads(json.dumps(event)), None)


def after(answer: Json) -> State:
    return read_state(answer["sessionAttributes"], GUIDE)


def effect(reply: Json) -> object:
    """What a reply did and told, but for the words around it and how often it was said."""
    state = after(reply)
    told = tuple(line.key for line in state.said if not line.key.startswith("acknowledge."))
    kept = changed(state, turn=0, said=(), hedged=False)
    return kept, told, "card" in reply["response"], reply["response"]["shouldEndSession"]


@cache
def denied() -> State:
    """Everyone's questions, all answered no, but for the cramp that is short and sudden."""
    state = State(turn=3)
    while isinstance(step := next_step(PROTOCOL, state.answers), Ask):
        answer: Answer = "yes" if step.question == "short_cramp" else "no"
        answers = {**state.answers, step.question: answer}
        state = state._replace(answers=answers, history=tuple(answers))
    return state


def asked() -> Iterator[State]:
    """Every question, in each form in which it is asked, alone and after everything else was denied."""
    for question in PROTOCOL.questions.values():
        others = {id_: said for id_, said in denied().answers.items() if id_ != question.id}
        for answers in ({}, others):
            state = a_state(answers=answers, history=tuple(answers), asking=question.id, turn=3)
            yield state
            if question.recheck:
                yield changed(state, form="recheck")
            if question.confirm_no:
                yield changed(state, form="confirm_no")


def offered() -> Iterator[State]:
    """Every offer where it can be made: before, during and after a check."""
    advised = denied()._replace(level="self_care", pattern="cramp", confirmed=True)
    exercise = {"begin": 0, "coach": 1, "eased": 1}
    for offer in sorted(GUIDE.offers):
        base = denied() if offer in {"resume", "recap", "correct"} else advised
        for before in (State(turn=3), denied()) if offer in {"check", "eased"} else (base,):
            at = changed(before, offer=offer)
            if offer == "heard_right":
                yield after(sent("AMAZON.YesIntent", a_state(turn=3, asking=CHEST)))
                continue
            if offer in exercise:
                name = "cramp_release" if offer == "eased" else "standing_calf_stretch"
                at = changed(at, exercise=name, beat=exercise[offer], already_told=(name,))
            yield at


@pytest.mark.parametrize("locale", FURTHEST_APART)
def test_every_such_utterance_is_understood_as_what_it_is(locale: str) -> None:
    wrong = [
        (sample, heard.intent)
        for name, sample in utterances(locale)
        if (heard := resolver(locale).resolve(sample)).intent != name or heard.slots
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("um maybe", "HedgedYesIntent"),
        ("well, sort of", "HedgedYesIntent"),
        ("yes, a little", "HedgedYesIntent"),
        ("yeah kind of", "HedgedYesIntent"),
        ("yes i suppose", "HedgedYesIntent"),
        ("no, i don't think so", "HedgedNoIntent"),
        ("no i guess", "HedgedNoIntent"),
        ("hmm not really", "HedgedNoIntent"),
        ("yes, it's got worse", "WorseIntent"),
        ("no, it's got worse", "WorseIntent"),
        ("actually it's worse", "WorseIntent"),
    ],
)
@pytest.mark.parametrize("locale", FURTHEST_APART)
def test_what_is_said_around_it_changes_nothing(locale: str, words: str, name: str) -> None:
    assert resolver(locale).resolve(words).intent == name


@pytest.mark.parametrize("locale", FURTHEST_APART)
@pytest.mark.parametrize("name", NOT_PLAIN)
def test_to_no_question_is_it_the_calmer_answer(name: str, locale: str) -> None:
    for state in asked():
        question, before = state.asking, state
        assert question is not None
        for _ in range(4):
            before = after(sent(name, before, locale))
            assert before.answers.get(question) != PROTOCOL.questions[question].calmer, state
            if before.asking != question:
                break
        else:
            # A worsening is asked about instead, and says nothing of the question.
            assert name == "WorseIntent"


@pytest.mark.parametrize("locale", FURTHEST_APART)
@pytest.mark.parametrize("name", NOT_PLAIN)
def test_to_no_offer_is_it_the_calmer_answer(name: str, locale: str) -> None:
    for state in offered():
        answer = GUIDE.offers[state.offer or ""].calmer
        if answer == "neither":
            continue
        reassured = effect(sent(PLAIN[answer], state, locale))
        before = state
        for _ in range(4):
            reply = sent(name, before, locale)
            assert effect(reply) != reassured, (state.offer, name)
            before = after(reply)
            if before.asking or before.offer != state.offer:
                break


def test_a_hedge_is_a_yes_wherever_a_yes_is_a_sign() -> None:
    signs = [state for state in asked() if state.asking and PROTOCOL.questions[state.asking].calmer == "no"]
    assert signs
    for state in signs:
        for name in ("HedgedYesIntent", "WorseIntent"):
            said = after(sent(name, state)).answers
            assert said.get(state.asking or QuestionId("")) == "yes"


def test_a_hedge_that_would_reassure_is_asked_again_in_plain_words_and_once() -> None:
    catalogue = catalogue_for("en-US")
    for state in asked():
        if state.asking is None or state.open == Asking(state.asking, "recheck"):
            continue
        calm = PROTOCOL.questions[state.asking].calmer
        name = HEDGES[("yes", "no").index(calm)]
        first = sent(name, state)
        again = after(first)
        assert again.asking == state.asking
        assert again.answers == state.answers
        speech = first["response"]["outputSpeech"]["ssml"]
        assert any(line in speech for line in catalogue.lines["acknowledge.hedged"])
        assert after(sent(name, again)).answers[state.asking] == "unsure"


def test_a_plain_answer_after_a_hedge_counts() -> None:
    for state in (*asked(), *offered()):
        for name in HEDGES:
            again = after(sent(name, state))
            if again.open is None or not again.open.hedged:
                continue
            if again.asking:
                calm = PROTOCOL.questions[again.asking].calmer
                checked = PROTOCOL.questions[again.asking].recheck
                said = after(sent(PLAIN[calm], changed(again, form="recheck") if checked else again))
                assert said.answers[again.asking] == calm
            else:
                plain = PLAIN[GUIDE.offers[state.offer or ""].calmer]
                assert effect(sent(plain, again)) == effect(sent(plain, state))


@pytest.mark.parametrize("name", ["WorseIntent", "HurtsMoreIntent"])
@pytest.mark.parametrize(
    "offer", ["recap", "correct", "resume", "tips", "wanted", "hear_again", "more", "check_again"]
)
@pytest.mark.parametrize(("said", "advised"), [("no", "self_care"), ("unsure", "routine")])
def test_what_got_worse_is_asked_about_where_it_was_not_a_yes(
    name: str, offer: str, said: Answer, advised: str
) -> None:
    answers: dict[QuestionId, Answer] = {**denied().answers, PAIN: said}
    level = None if offer in {"recap", "correct", "resume"} else advised
    state = changed(denied(), answers=answers, offer=offer, level=level, pattern="cramp" if level else None)
    asking = after(sent(name, state))
    assert asking.asking == PAIN
    assert after(sent(name, asking)).answers[PAIN] == "yes"


@pytest.mark.parametrize("name", ["WorseIntent", "HurtsMoreIntent"])
def test_a_no_about_the_pain_is_asked_again_when_it_got_worse_meanwhile(name: str) -> None:
    for state in (
        changed(
            denied(),
            offer="eased",
            exercise="cramp_release",
            beat=1,
            interrupted_question=QuestionId("lasting"),
        ),
        changed(denied(), asking=QuestionId("lasting" if name == "HurtsMoreIntent" else "short_cramp")),
    ):
        assert PAIN not in after(sent(name, state)).counted_answers()


def test_nothing_is_asked_twice_once_the_pain_is_known() -> None:
    state = changed(denied(), answers={**denied().answers, PAIN: "yes"}, offer="recap")
    answer = after(sent("WorseIntent", state))
    assert (answer.offer, answer.level) == ("recap", None)


def test_every_question_and_every_offer_has_a_calmer_answer() -> None:
    assert {question.calmer for question in PROTOCOL.questions.values()} == {"yes", "no"}
    assert {offer.calmer for offer in GUIDE.offers.values()} == set(get_args(Calmer))
    for state in (*asked(), *offered()):
        assert hedge.calmer_of(Situation(GUIDE, state)) in {"yes", "no", "neither"}
    assert set(NOT_PLAIN) <= INTENTS.keys()
