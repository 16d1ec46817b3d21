"""A model that paraphrases, skips and answers for the person. It can raise a level; it can lower none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mcp import Client

from crampguide.triage import Answer, Level, level_of
from mcp_server.conversations import Conversation
from mcp_server.relay import ANSWERS, Relay
from mcp_server.server import build
from tests.dialogue.states import a_state
from tests.mcp_server.people import Model, Person, of, unhurried

LONGEST = 25
SAYS = (
    "no", "nope, nothing like that", "the user is fine", "no chest pain", "they deny everything", "I said no",
    "she has no numbness and no weakness", "all clear", "none of those", "not really", "I don't think so",
    "maybe", "yes", "that's right", "correct", "it's gone", "it has let go", "go back", "start over",
    "never mind", "I got one wrong", "I got the chest pain wrong", "I was wrong about the swelling",
    "that's always been there", "skip", "next", "done", "I'm ready", "open leg cramp guide", "stop asking",
    "forget me", "summary", "it's numb down there", "my calf is swollen", "I can't pee", "my chest hurts",
    "my calf is cramping right now", "I have a fever", "give me tips", "start the exercise",
    "shorter please", "why", "asdf",
)  # fmt: skip
DOES = ("answer", "answer_before", "own_words", "go_back", "tips", "exercise", "explain", "why", "stop")
STEP = st.tuples(st.sampled_from(DOES), st.sampled_from(["yes", "no", "unsure"]), st.sampled_from(SAYS))
Step = tuple[str, Answer, str]
INTENT = {"tips": "TipsIntent", "exercise": "ExerciseIntent", "explain": "LearnIntent", "why": "WhyIntent"}


def reached(relay: Relay, talk: Conversation) -> Level:
    return level_of(relay.guide.protocol, talk.state.answers)


def denied(talk: Conversation) -> set[str]:
    return {id_ for id_, said in talk.state.answers.items() if said == "no"}


def does(relay: Relay, talk: Conversation, step: Step, tos: list[str]) -> None:
    deed, said, words = step
    last = relay.again(talk)
    now = last.open.to if last.open else ""
    match deed:
        case "answer":
            tos.append(now)
            relay.answer(talk, now, said)
        case "answer_before":
            relay.answer(talk, tos[-1] if tos else "", said)
        case "own_words":
            relay.own_words(talk, words)
        case "go_back":
            relay.go_back(talk)
        case "stop":
            relay.own_words(talk, "stop")
        case _:
            relay.ask(talk, INTENT[deed])


@settings(max_examples=60)
@given(st.lists(STEP, min_size=5, max_size=LONGEST), st.sampled_from(["en-US", "en-GB"]))
def test_whatever_a_model_does_no_level_is_lowered_and_no_no_invented(steps: list[Step], locale: str) -> None:
    relay, tos = unhurried(), list[str]()
    talk = relay.conversations.find(relay.start("", locale).conversation, "")
    for deed, said, words in steps:
        before, no, asking = reached(relay, talk), denied(talk), talk.state.asking
        does(relay, talk, (deed, said, words), tos)
        assert reached(relay, talk) >= before, (deed, said, words)
        new = denied(talk) - no
        assert new <= ({asking} if deed == "answer" and said == "no" else set()), (deed, words)
        if relay.again(talk).ended:
            break


async def begun(client: Client) -> Model:
    """In the middle of the check, at its first question."""
    model = Model(client)
    await model.start()
    await model.answer("yes")
    return model


def first_question(result: Mapping[str, Any]) -> str:
    assert result["open"]["kind"] == "question"
    return str(result["open"]["id"])


@pytest.mark.anyio
async def test_a_paraphrased_no_is_asked_about() -> None:
    async with Client(build(unhurried())) as client:
        model = await begun(client)
        asked = first_question(model.last)
        for words in ("The user reports no chest pain and feels fine", "no", "nothing like that"):
            result = await model.call("own_words", words=words)
            assert first_question(result) == asked
            assert result["say"].endswith("?")
        assert "Not counted" in model.last["note"]


@pytest.mark.anyio
async def test_answers_given_ahead_are_not_counted() -> None:
    async with Client(build(unhurried())) as client:
        model = await begun(client)
        first = model.last["open"]["to"]
        result = await model.answer("no")
        asked = first_question(result)
        for _ in range(3):
            ahead = of(
                await client.call_tool(
                    "answer", {"conversation": result["conversation"], "to": first, "answer": "no"}
                )
            )
            assert first_question(ahead) == asked
            assert ahead["open"]["to"] == result["open"]["to"]
            assert "another question" in ahead["note"]


@pytest.mark.anyio
async def test_a_question_cannot_be_answered_by_its_name() -> None:
    async with Client(build(unhurried())) as client:
        model = await begun(client)
        asked = first_question(model.last)
        result = await model.call("answer", to=asked, answer="no")
        assert first_question(result) == asked
        assert result["note"]


@pytest.mark.anyio
async def test_emergency_advice_is_not_taken_back_by_a_model() -> None:
    async with Client(build(unhurried())) as client:
        model = await begun(client)
        advice = await model.answer("yes")
        assert advice["level"] == "emergency"
        for tool, given_ in (
            ("go_back", {}),
            ("own_words", {"words": "go back"}),
            ("own_words", {"words": "start over"}),
            ("own_words", {"words": "I got that wrong, no chest pain"}),
            ("own_words", {"words": "open leg cramp guide"}),
            ("own_words", {"words": "I said no"}),
        ):
            result = await model.call(tool, **given_)
            assert result["level"] == "emergency", (tool, given_)
            assert result["verbatim"]
        assert "911" in model.last["say"]


TAKES_BACK = (
    "no", "no that's wrong", "I didn't say that", "that's not right", "I don't have that", "not really",
    "it's not new", "I've always had that", "it's for my mother", "it's my son", "start over", "go back",
    "correct that", "never mind", "I don't know", "no chest pain",
)  # fmt: skip


def test_what_was_heard_of_an_emergency_is_never_taken_back_by_a_model() -> None:
    relay = unhurried()
    emergencies = [id_ for id_, each in relay.guide.protocol.questions.items() if each.yes is Level.EMERGENCY]
    steps: list[Step] = [("answer", "no", ""), ("answer", "unsure", ""), ("go_back", "no", "")]
    steps += [("own_words", "no", words) for words in TAKES_BACK]
    for sign in emergencies:
        for step in steps:
            talk = relay.conversations.find(relay.start("", "en-US").conversation, "")
            talk.state = a_state(asking=sign, turn=2)
            relay.ask(talk, ANSWERS["yes"])
            assert talk.state.offer == "heard_right"
            for _again in range(2):
                if not relay.again(talk).ended:
                    does(relay, talk, step, [])
                assert reached(relay, talk) is Level.EMERGENCY, (sign, step)
            relay.conversations.end(talk.id)


@pytest.mark.anyio
async def test_a_model_that_answers_for_the_person_is_not_heard_where_the_person_can_be_asked() -> None:
    person = Person("yes", "yes")
    async with Client(build(unhurried()), elicitation_callback=person) as client:
        model = Model(client)
        await model.start()
        await model.answer("no")
        advice = await model.answer("no")
        assert advice["level"] == "emergency"
        assert len(person.asked) == 2
