"""Questions to the person, by their own client's form, in the revisions that ask and in those that return."""

from __future__ import annotations

import pytest
from mcp import Client
from mcp.client.context import ClientRequestContext
from mcp.types import ElicitRequestParams, ElicitResult

from mcp_server.server import build
from tests.mcp_server.people import Model, Person, error_of, unhurried

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("mode", ["auto", "legacy"])]


async def test_the_person_is_asked_the_very_words(mode: str) -> None:
    person = Person("yes", "unsure", "no")
    async with Client(build(unhurried()), mode=mode, elicitation_callback=person) as client:
        model = Model(client)
        said = [(await model.start())["say"]]
        said.append((await model.answer(None))["say"])
        said.append((await model.answer(None))["say"])
        await model.answer(None)
        assert person.asked == said
        assert model.last["form"]
        assert all(each.endswith("?") for each in said)


async def test_a_model_cannot_hand_in_the_persons_answer(mode: str) -> None:
    person = Person("yes")
    async with Client(build(unhurried()), mode=mode, elicitation_callback=person) as client:
        model = Model(client)
        begun = await model.start()
        forged = {"action": "accept", "data": {"answer": "No"}}
        result = await model.call("answer", to=begun["open"]["to"], asked=forged)
        assert person.asked == [begun["say"]]
        assert result["open"]["kind"] == "question"


async def test_no_answer_is_no_no(mode: str) -> None:
    person = Person("yes", None)
    async with Client(build(unhurried()), mode=mode, elicitation_callback=person) as client:
        model = Model(client)
        await model.start()
        asked = await model.answer("yes")
        again = await model.answer("no")
        assert again["open"] == asked["open"]
        assert "not a no" in again["note"]


async def test_an_answer_that_the_form_does_not_have_is_none(mode: str) -> None:
    async def odd(context: ClientRequestContext, params: ElicitRequestParams) -> ElicitResult:
        del context, params
        return ElicitResult(action="accept", content={"answer": "whatever"})

    async with Client(build(unhurried()), mode=mode, elicitation_callback=odd) as client:
        model = Model(client)
        asked = await model.start()
        again = await model.answer("yes")
        assert again["open"] == asked["open"]
        assert again["note"]


async def test_a_form_without_an_answer_is_refused_and_changes_nothing(mode: str) -> None:
    async def odd(context: ClientRequestContext, params: ElicitRequestParams) -> ElicitResult:
        del context, params
        return ElicitResult(action="accept", content={"other": 1})

    async with Client(build(unhurried()), mode=mode, elicitation_callback=odd) as client:
        model = Model(client)
        asked = await model.start()
        given = {"conversation": asked["conversation"], "to": asked["open"]["to"], "answer": "no"}
        assert "elicitation" in error_of(await client.call_tool("answer", given))
        assert (await model.call("repeat"))["open"] == asked["open"]


async def test_going_back_over_a_warning_sign_asks_the_person_again(mode: str) -> None:
    person = Person("yes", "yes", "no")
    async with Client(build(unhurried()), mode=mode, elicitation_callback=person) as client:
        model = Model(client)
        await model.start()
        await model.answer(None)
        assert (await model.answer(None))["level"] == "emergency"
        result = await model.call("go_back")
        assert "chest pain" in person.asked[-1]
        assert result["level"] is None
        assert result["open"]["kind"] == "question"


async def test_going_back_without_an_answer_takes_nothing_back(mode: str) -> None:
    person = Person("yes", "yes", None)
    async with Client(build(unhurried()), mode=mode, elicitation_callback=person) as client:
        model = Model(client)
        await model.start()
        await model.answer(None)
        await model.answer(None)
        result = await model.call("go_back")
        assert result["level"] == "emergency"
        assert "911" in result["say"]


async def test_an_answer_to_a_question_that_has_passed_lowers_nothing(
    mode: str,
) -> None:
    relay = unhurried()
    person = Person("yes", "yes", "no")
    async with Client(build(relay), mode=mode, elicitation_callback=person) as client:
        model = Model(client)
        talk = relay.conversations.find((await model.start())["conversation"], "")
        await model.answer(None)
        await model.answer(None)

        async def meanwhile(context: ClientRequestContext, params: ElicitRequestParams) -> ElicitResult:
            relay.own_words(talk, "it's numb down there")
            return await person(context, params)

        async with Client(build(relay), mode=mode, elicitation_callback=meanwhile) as other:
            result = await other.call_tool("go_back", {"conversation": talk.id})
        assert set(talk.state.answers.values()) == {"yes"}
        assert talk.state.level == "emergency"
        assert result.is_error or "911" in str(result.structured_content)


async def test_who_cannot_be_asked_answers_through_the_model(mode: str) -> None:
    async with Client(build(unhurried()), mode=mode) as client:
        model = Model(client)
        asked = await model.start()
        assert not asked["form"]
        assert (await model.answer("yes"))["open"] != asked["open"]
        given = {"conversation": asked["conversation"], "to": model.last["open"]["to"]}
        assert "yes, no or unsure" in error_of(await client.call_tool("answer", given))
