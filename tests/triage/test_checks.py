"""A broken protocol is refused with a message that names the culprit.

Each fault of `broken/protocol` makes one thing wrong in `valid.toml`.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from crampguide import condition, typed
from crampguide.triage import ProtocolError, load_protocol, problems, read_protocol
from tests.patches import Fault, as_toml, faults
from tests.triage.small import combination, protocol, question

FOLDER = Path(__file__).parents[1] / "broken" / "protocol"
VALID = tomllib.loads((FOLDER / "valid.toml").read_text(encoding="utf-8"))
FAULTS = faults(FOLDER)


def test_the_protocol_that_ships_is_accepted() -> None:
    assert load_protocol().questions


def test_the_protocol_that_the_broken_ones_are_made_of_is_accepted() -> None:
    path = FOLDER / "valid.toml"
    assert read_protocol(path.read_text(encoding="utf-8"), path.name).questions


def test_the_valid_protocol_is_as_valid_when_it_is_written_anew() -> None:
    assert read_protocol(as_toml(VALID)) == read_protocol((FOLDER / "valid.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_broken_protocol_is_refused(fault: Fault) -> None:
    with pytest.raises(ProtocolError) as refused:
        read_protocol(fault.text(VALID), f"{fault.name}.toml")
    assert refused.value.problems == (fault.refused,)
    assert str(refused.value) == fault.refused


def test_every_problem_is_told_at_once() -> None:
    text = (FOLDER / "valid.toml").read_text(encoding="utf-8").replace('cites = ["BOOK"]', "cites = []")
    with pytest.raises(ProtocolError) as refused:
        read_protocol(text)
    culprits = [problem.partition(":")[0] for problem in refused.value.problems]
    assert culprits == [
        "chest",
        "weaker",
        "cannot_move",
        "down_leg",
        "lasting",
        "weaker_and_unknown_chest",
        "pattern",
    ]


@pytest.mark.parametrize(
    ("when", "alone"),
    [
        ('all_of = { weaker = "yes", down_leg = "no" }', "urgent"),
        ('all_of = { chest = "unsure", down_leg = "no" }', "urgent"),
        ('all_of = { down_leg = "no", chest = ["yes", "unsure"] }', "urgent"),
        ('any_of = { weaker = "unsure", chest = "unsure" }', "urgent"),
    ],
)
def test_a_combination_that_an_answer_reaches_alone_is_refused(when: str, alone: str) -> None:
    with pytest.raises(ProtocolError) as refused:
        protocol(combination("idle", "urgent", when))
    assert refused.value.problems == (f"idle: its answers reach {alone} without it",)


def test_what_follows_a_question_that_nothing_leads_to_is_checked_too() -> None:
    nowhere = question(
        "nowhere", 'when = { all_of = [{ any_of = { chest = "no" } }, { any_of = { chest = "yes" } }] }'
    )
    with pytest.raises(ProtocolError) as refused:
        protocol(nowhere, question("idle"))
    assert [problem.partition(":")[0] for problem in refused.value.problems] == ["nowhere", "idle"]


def messages(source: Path) -> Iterator[str]:
    """Every message of a module, as a pattern: what is yielded, or added to what was found."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        holders = (
            [node.value]
            if isinstance(node, ast.Yield)
            else node.args
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "append"
            else []
        )
        for message in holders:
            if isinstance(message, ast.JoinedStr):
                parts = (part.value if isinstance(part, ast.Constant) else None for part in message.values)
                yield "".join(".+" if part is None else re.escape(str(part)) for part in parts)


@pytest.mark.parametrize("module", [condition, typed, problems], ids=lambda module: module.__name__)
def test_every_check_has_a_broken_protocol(module: object) -> None:
    patterns = list(messages(Path(str(getattr(module, "__file__", "")))))
    assert patterns, "the messages are found in the source"
    told = [fault.refused for fault in FAULTS]
    assert [pattern for pattern in patterns if not any(re.fullmatch(pattern, one) for one in told)] == []
