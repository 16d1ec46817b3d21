"""Everything that a model reads besides results: tools, instructions, pages, prompts."""

from __future__ import annotations

from pathlib import Path

import pytest
from mcp import Client

from mcp_server.calls import TOOLS
from mcp_server.pages import never, protocol_pages
from mcp_server.server import build
from mcp_server.words import WORDS
from tests.mcp_server.people import Model, error_of, unhurried

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).parents[2]


async def text_of(client: Client, uri: str) -> str:
    (page,) = (await client.read_resource(uri)).contents
    return str(getattr(page, "text", ""))


async def test_every_tool_and_argument_is_explained() -> None:
    async with Client(build(unhurried())) as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert set(tools) == set(WORDS["tool"]) == {tool.__name__ for tool in TOOLS}
    for tool in tools.values():
        assert tool.description == WORDS["tool"][tool.name]
        arguments = tool.input_schema["properties"]
        assert {name for name, each in arguments.items() if not each.get("description")} == set()
        assert "asked" not in arguments, "the person's own answer is none of the model's arguments"
        assert tool.output_schema
        assert set(tool.output_schema["properties"]) <= set(WORDS["result"])


async def test_the_instructions_tell_it_to_relay_alone() -> None:
    async with Client(build(unhurried())) as client:
        said = client.instructions or ""
    for wanted in (
        "exactly",
        "add nothing, soften nothing, skip nothing",
        "Never answer for them",
        "own words",
    ):
        assert wanted in said


async def test_the_protocols_pages_can_be_read() -> None:
    async with Client(build(unhurried())) as client:
        listed = {str(each.uri) for each in (await client.list_resources()).resources}
        assert {f"guide://{name}" for name in protocol_pages()} < listed
        assert await text_of(client, "guide://protocol") == (ROOT / "docs/protocol.md").read_text()


@pytest.mark.parametrize(
    ("locale", "number"), [("en-US", "911"), ("en-GB", "999"), ("en-AU", "000"), ("en-IN", "112")]
)
async def test_the_safety_net_names_the_number_of_its_region(locale: str, number: str) -> None:
    async with Client(build(unhurried())) as client:
        said = await text_of(client, f"guide://safety-net/{locale}")
    assert number in said
    assert "numbness" in said


async def test_it_says_what_it_must_never_be_used_for() -> None:
    async with Client(build(unhurried())) as client:
        said = await text_of(client, "guide://never-use-for")
    assert said == never()
    assert "To diagnose" in said
    assert "As an emergency service" in said
    assert "signed the checklist off" in said


async def test_no_region_hears_the_number_of_another() -> None:
    async with Client(build(unhurried())) as client:
        model = Model(client)
        begun = await model.start("en-NZ")
        await model.answer("yes")
        advice = await model.call("own_words", words="it's numb down there")
    assert advice["level"] == "emergency"
    assert begun["emergency_number"] == "your local emergency number"
    for number in ("911", "999", "112", "000"):
        assert number not in begun["say"] + advice["say"]


async def test_the_country_is_asked_for() -> None:
    async with Client(build(unhurried())) as client:
        assert "locale" in error_of(await client.call_tool("start", {}))


async def test_prompts_begin_in_a_locale_that_is_known() -> None:
    async with Client(build(unhurried())) as client:
        assert {each.name for each in (await client.list_prompts()).prompts} == set(WORDS["prompt"])
        for name in WORDS["prompt"]:
            for given, used in (("en-GB", "en-GB"), ("xx-XX", "en-US")):
                (message,) = (await client.get_prompt(name, {"locale": given})).messages
                assert used in str(message.content)
