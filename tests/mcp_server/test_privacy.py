"""Nothing that somebody says is logged, printed or kept, whatever goes wrong."""

from __future__ import annotations

import logging

import pytest
from mcp import Client

from mcp_server.relay import Relay
from mcp_server.server import build
from mcp_server.understanding import understand
from simulator.skill import here
from tests.mcp_server.people import Model, error_of, unhurried

RARE = "xylophonic"
"""A word that nobody else says."""


@pytest.mark.anyio
@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_conversation_leaves_nothing_in_any_log(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], mode: str
) -> None:
    async with Client(build(unhurried()), mode=mode) as client:
        caplog.set_level(logging.NOTSET)
        model = Model(client)
        await model.start()
        await model.answer("yes")
        asked = model.last["open"]["id"]
        await model.call("own_words", words=f"my {RARE} leg is numb down below")
        await client.call_tool("own_words", {"conversation": RARE, "words": RARE})
        await client.call_tool("answer", {"conversation": RARE, "answer": RARE})
        await client.call_tool(RARE, {"words": RARE})
        await client.read_resource("guide://never-use-for")
        with pytest.raises(Exception, match="Unknown resource"):
            await client.read_resource(f"guide://{RARE}")
        ours = " ".join(
            each.getMessage() for each in caplog.records if each.name.startswith(("mcp.server", "mcp_server"))
        )
    printed = "".join(capfd.readouterr())
    for private in (RARE, asked, "emergency", model.last["conversation"]):
        assert private not in ours
        assert private not in printed


@pytest.mark.anyio
async def test_of_an_error_only_its_kind_is_logged_and_the_conversation_goes_on(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError(RARE)

    async with Client(build(unhurried())) as client:
        model = Model(client)
        begun = await model.start()
        with monkeypatch.context() as changed:
            changed.setattr(Relay, "ask", broken)
            said = error_of(await client.call_tool("why", {"conversation": begun["conversation"]}))
        assert "emergency number" in said
        assert RARE not in said
        assert [each.getMessage() for each in caplog.records if each.name.startswith("mcp")] == [
            '{"error": "KeyError"}'
        ]
        assert (await model.call("repeat"))["open"] == begun["open"]


def test_words_are_not_kept_to_be_quick() -> None:
    guide = unhurried().guide
    understand(guide, "en-US", f"my {RARE} leg is numb down below")
    resolver = here().resolver("en-US")
    language, samples = resolver.language, resolver._samples  # noqa: SLF001 - the stores that make it quick
    assert RARE not in language._stems  # noqa: SLF001
    assert samples.exact.cache_info().currsize == 0
