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

from crampguide.reviewed import DataError
from crampguide.speech import catalogue_for
from crampguide.triage import Answer, Ask, QuestionId, load_protocol, next_step
from crampguide.voice import calmer, hedge
from crampguide.voice.moves import INTENTS
from crampguide.voice.skill import build_skill
from crampguide.voice.state import State, read_state
from simulator.device.requests import RequestFactory
from simulator.understanding.model import load_model
from simulator.understanding.resolve import Resolver
from tools.words.speech_lint import locales

Json = dict[str, Any]
PROTOCOL = load_protocol()
PAIN = QuestionId("severe_or_worsening_pain")
NOT_PLAIN = ("HedgedYesIntent", "HedgedNoIntent", "WorseIntent")
HEDGES = NOT_PLAIN[:2]
PLAIN = {"yes": "AMAZON.YesIntent", "no": "AMAZON.NoIntent"}
HANDLER = build_skill({}).lambda_handler()


@cache
def resolver(locale: str) -> Resolver:
    return Resolver.for_locale(locale)


def utterances(locale: str) -> Iterator[tuple[str, str]]:
    intents = load_model(locale).intents
    yield from ((name, sample) for name in NOT_PLAIN for sample in intents[name].samples if "{" not in sample)


def sent(name: str, state: State, locale: str = "en-US") -> Json:
    """The reply to an intent without slots, in a session with this state."""
    request = {"type": "IntentRequest", "intent": {"name": name, "confirmationStatus": "NONE", "slots": {}}}
    session = {"new": False, "sessionId": "s", "attributes": state.write()}
    event = RequestFactory(locale).envelope(request, session)
    return HANDLER(json.loads(json.dumps(event)), None)


def after(answer: Json) -> State:
    return read_state(answer["sessionAttributes"], PROTOCOL)


def effect(reply: Json) -> object:
    """What a reply did and told, but for the words around it and how often it was said."""
    state = after(reply)
    told = tuple(line.key for line in state.said if not line.key.startswith("acknowledge."))
    kept = state._replace(turn=0, said=(), hedged=False)
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
            state = State(answers=answers, history=tuple(answers), asking=question.id, turn=3)
            yield state
            yield state._replace(rechecking=True)
            yield state._replace(confirming=True)


def offered() -> Iterator[State]:
    """Every offer where it can be made: before, during and after a check."""
    advised = denied()._replace(level="self_care", pattern="cramp", confirmed=True)
    exercise = {"begin": 0, "coach": 1, "eased": 1}
    for offer in sorted(calmer.load_offers()):
        base = denied() if offer in {"resume", "recap", "correct"} else advised
        for before in (State(turn=3), denied()) if offer in {"check", "eased"} else (base,):
            at = before._replace(offer=offer)
            if offer in exercise:
                name = "cramp_release" if offer == "eased" else "standing_calf_stretch"
                at = at._replace(exercise=name, beat=exercise[offer], told=(name,))
            yield at


@pytest.mark.parametrize("locale", locales())
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
@pytest.mark.parametrize("locale", locales())
def test_what_is_said_around_it_changes_nothing(locale: str, words: str, name: str) -> None:
    assert resolver(locale).resolve(words).intent == name


@pytest.mark.parametrize("locale", locales())
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


@pytest.mark.parametrize("locale", locales())
@pytest.mark.parametrize("name", NOT_PLAIN)
def test_to_no_offer_is_it_the_calmer_answer(name: str, locale: str) -> None:
    for state in offered():
        answer = calmer.load_offers()[state.offer or ""]
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
        if state.rechecking or state.asking is None:
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
            if not again.hedged:
                continue
            if again.asking:
                calm = PROTOCOL.questions[again.asking].calmer
                said = after(sent(PLAIN[calm], again._replace(rechecking=True)))
                assert said.answers[again.asking] == calm
            else:
                plain = PLAIN[calmer.load_offers()[state.offer or ""]]
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
    state = denied()._replace(answers=answers, offer=offer, level=level, pattern="cramp" if level else None)
    asking = after(sent(name, state))
    assert asking.asking == PAIN
    assert after(sent(name, asking)).answers[PAIN] == "yes"


@pytest.mark.parametrize("name", ["WorseIntent", "HurtsMoreIntent"])
def test_a_no_about_the_pain_is_asked_again_when_it_got_worse_meanwhile(name: str) -> None:
    for state in (
        denied()._replace(offer="eased", exercise="cramp_release", beat=1, held=QuestionId("lasting")),
        denied()._replace(asking=QuestionId("lasting" if name == "HurtsMoreIntent" else "short_cramp")),
    ):
        assert PAIN not in after(sent(name, state)).heard()


def test_nothing_is_asked_twice_once_the_pain_is_known() -> None:
    state = denied()._replace(answers={**denied().answers, PAIN: "yes"}, offer="recap")
    answer = after(sent("WorseIntent", state))
    assert (answer.offer, answer.level) == ("recap", None)


def test_every_question_and_every_offer_has_a_calmer_answer() -> None:
    assert {question.calmer for question in PROTOCOL.questions.values()} == {"yes", "no"}
    assert set(calmer.load_offers().values()) == set(get_args(calmer.Calmer))
    for state in (*asked(), *offered()):
        assert hedge.calmer_of(PROTOCOL, state) in {"yes", "no", "neither"}
    assert set(NOT_PLAIN) <= INTENTS.keys()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[recap]\nreason = "r"\n', "o.toml: recap: calmer is missing"),
        (
            '[recap]\ncalmer = "maybe"\nreason = "r"\n',
            "o.toml: recap: calmer is 'maybe', not one of yes, no, neither",
        ),
        ('[recap]\ncalmer = "yes"\nreason = " "\n', "o.toml: recap: reason is empty"),
        ('[recap]\ncalmer = "yes"\nreason = "r"\nsaid = 1\n', "o.toml: recap: said is not a known field"),
        ('recap = "yes"\n', "o.toml: recap: must be a table"),
    ],
)
def test_an_offer_without_it_is_refused(text: str, problem: str) -> None:
    with pytest.raises(DataError) as refused:
        calmer.read_offers(text, "o.toml")
    assert refused.value.problems == (problem,)


def test_an_offer_that_is_not_listed_or_has_no_move_is_refused() -> None:
    moves: dict[str | None, object] = dict.fromkeys(calmer.load_offers())
    calmer.refuse_unlisted(moves, moves)
    fewer = {offer: move for offer, move in moves.items() if offer != "recap"}
    for other in ({**moves, "pizza": None}, fewer):
        with pytest.raises(DataError, match=r"(pizza|recap) needs an entry, and a move for yes and for no"):
            calmer.refuse_unlisted(moves, other)


def test_offers_that_are_no_toml_are_refused_by_their_name() -> None:
    with pytest.raises(DataError, match=r"o\.toml: not valid TOML"):
        calmer.read_offers("[recap", "o.toml")
