"""The result of every tool: the exact words to say, and all that a model must know to relay them."""

from __future__ import annotations

from typing import Literal

from mcp.types import Annotations, CallToolResult, TextContent
from pydantic import BaseModel, Field

from mcp_server.words import WORDS

_SAYS: dict[str, str] = WORDS["result"]


class Open(BaseModel):
    """The question that is open."""

    kind: Literal["question", "offer"] = Field(description=_SAYS["kind"])
    id: str = Field(description=_SAYS["id"])
    to: str = Field(description=_SAYS["to"])


class Result(BaseModel):
    """Everything that a tool gives back."""

    conversation: str = Field(description=_SAYS["conversation"])
    say: str = Field(description=_SAYS["say"])
    verbatim: bool = Field(description=_SAYS["verbatim"])
    open: Open | None = Field(description=_SAYS["open"])
    level: str | None = Field(description=_SAYS["level"])
    emergency_number: str = Field(description=_SAYS["emergency_number"])
    ended: bool = Field(description=_SAYS["ended"])
    form: bool = Field(default=False, description=_SAYS["form"])
    note: str = Field(default="", description=_SAYS["note"])

    def noted(self, note: str) -> Result:
        """The same once more, with a note of ``words.toml``."""
        return self.model_copy(update={"note": WORDS["note"][note]})


def sent(result: Result) -> CallToolResult:
    """The result on its way: the words for the person first, then everything for the model."""
    return CallToolResult(
        content=[
            TextContent(type="text", text=result.say, annotations=Annotations(audience=["user"], priority=1)),
            TextContent(
                type="text", text=result.model_dump_json(), annotations=Annotations(audience=["assistant"])
            ),
        ],
        structured_content=result.model_dump(mode="json"),
    )
