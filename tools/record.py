"""Record again what the conversations under tests/conversations expect, and show the difference for review.

A conversation is a person who answers questions. Where the skill now asks one that the file has no answer to,
the calmer answer is put in; an answer to what is no longer asked goes, and the change is shown. Words that
a reply must or must not hold are never changed here: where they no longer fit, somebody has to look.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import Any, NamedTuple

from crampguide.dialogue.offers import load_guide
from crampguide.triage import QuestionId, load_protocol
from simulator.device.echo import Exchange
from simulator.files import read_text, toml
from tools import conversations, validate
from tools.conversations import Conversation, ConversationError

_ON_COURSE = frozenset({"heard_right", "more"})
"""Offers that the person takes up: what was said was meant, and advice is heard to its end."""
_IDS = frozenset({"asks", "offer", "ends"})
_LONGEST = 120
"""Turns after which a conversation is given up, longer than any that there is."""
_START, _OVER = "at the start", "after the end"
_Saying = defaultdict[str, deque[list[Mapping[str, Any]]]]


class Recorded(NamedTuple):
    """A conversation as it goes now."""

    conversation: Conversation
    left_out: tuple[str, ...]
    """Words said to something that is no longer asked, as ``"no" at lasting``."""


def record(conversation: Conversation) -> Recorded:
    """Plays the conversation and returns it with the ids, levels and patterns that it has now.

    Raises ``ConversationError`` for one that does not come to an end.
    """
    saying, echo = _by_what_is_open(conversation), conversations.echo_for(conversation)
    turns: list[Mapping[str, Any]] = []
    at = _START
    while said := _next(saying, at):
        if len(turns) > _LONGEST:
            raise ConversationError(f"{conversation.name}: goes round in circles at {at}")
        for each in said:
            turn = echo.act(each["user"]).turn
            at = _open(turn) or at
            turns.append(_expecting(each, turn))
    left = tuple(f'"{turn["user"]}" at {at}' for at, rest in saying.items() for said in rest for turn in said)
    return Recorded(conversation._replace(turns=tuple(turns)), left)


def written(conversation: Conversation) -> str:
    """The text of the file that holds this conversation."""
    head = "".join(f"{key} = {toml(getattr(conversation, key))}\n" for key in ("name", "locale", "why"))
    return f"{head}turns = [\n" + "".join(f"  {toml(turn)},\n" for turn in conversation.turns) + "]\n"


def _by_what_is_open(conversation: Conversation) -> _Saying:
    """Words of the person while each question or offer is open, in order.

    A turn after a reply of which the file says nothing stays with the turn before it.
    """
    saying: _Saying = defaultdict(deque)
    at: str | None = _START
    said: list[Mapping[str, Any]] = []
    for turn in conversation.turns:
        if at is not None:
            said = []
            saying[at].append(said)
        said.append(turn)
        at = _OVER if turn.get("ends") else turn.get("asks") or turn.get("offer")
    return saying


def _next(saying: _Saying, at: str) -> Sequence[Mapping[str, Any]]:
    """The person's next words; the calmer answer to what the file has no answer for; nothing at the end."""
    if saying[at]:
        return saying[at].popleft()
    return () if at in {_START, _OVER} else [{"user": _calmer_answer(at)}]


def _calmer_answer(at: str) -> str:
    if at in _ON_COURSE:
        return "yes"
    question = load_protocol().questions.get(QuestionId(at))
    calmer = question.calmer if question else load_guide().offers[at].calmer
    return "no" if calmer == "neither" else calmer


def _open(turn: Exchange) -> str | None:
    """The question or offer that is open after a turn; ``None`` where nothing changed, as after silence."""
    if turn.ended:
        return _OVER
    return turn.attributes.get("asking") or turn.attributes.get("offer")


def _expecting(said: Mapping[str, Any], turn: Exchange) -> dict[str, Any]:
    """The turn with the ids that its reply has now, and with every other expectation as it was."""
    attributes = turn.attributes
    ids = {} if turn.ended else {"asks": attributes.get("asking"), "offer": attributes.get("offer")}
    kept = {
        "level": attributes.get("level") or "none",
        "pattern": attributes.get("pattern") or "none",
        "answers": {id_: attributes.get("answers", {}).get(id_, "none") for id_ in said.get("answers", ())},
    }
    words = {key: kept.get(key, value) for key, value in said.items() if key not in {*_IDS, "user"}}
    now = {"user": said["user"], **ids, **words, "ends": turn.ended}
    return {key: value for key, value in now.items() if value not in (None, False)}


def main(argv: list[str]) -> int:
    """Show how each conversation differs from what its file expects; with ``--write``, write it down.

    Exits with 1 where a file differs and is not written. While data has a problem nothing is written, for of
    that the skill only apologizes.
    """
    parser = argparse.ArgumentParser(prog="python -m tools record", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="default: every conversation")
    parser.add_argument("--write", action="store_true", help="write the files; run `make test` after it")
    chosen = parser.parse_args(argv)
    if chosen.write and (found := validate.problems()):
        print(*found, sep="\n", file=sys.stderr)
        return 1
    differing = 0
    for path in chosen.files or conversations.paths():
        now = record(conversations.read(path))
        before, after = read_text(path), written(now.conversation)
        if before == after:
            continue
        differing += 1
        name = f"{path.parent.name}/{path.name}"
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
        sys.stdout.writelines(unified_diff(old, new, name, name, n=1))
        sys.stdout.writelines(f"  no longer said: {each}\n" for each in now.left_out)
        if chosen.write:
            path.write_text(after, encoding="utf-8")
    print(f"{differing} conversations {'were written' if chosen.write else 'differ'}")
    return int(differing > 0 and not chosen.write)
