"""Every key that the skill can ask words for, read from its code and its data.

A key stands in the code as it is (``Line("net.line")``), or as a family that begins with its group
(``Line(f"why.{question}")``, ``"reword.{}"``). Who belongs to a family follows from the data: ``families``.
One that is not listed there, or whose group the code leaves open, is a problem itself.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple, get_args

import crampguide
from crampguide.dialogue.offers import load_guide
from crampguide.learning import Learning, load_learning
from crampguide.memory import Erasure
from crampguide.relief import Relief, load_relief
from crampguide.screen.data import drawn, positions, screens
from crampguide.triage import ANSWERS, Level, Protocol, load_protocol

CODE = Path(next(iter(crampguide.__path__)))
NO_KEYS = frozenset({"dateutil.tz"})
"""Names that look like a key in the code and are none."""
ANY_GROUP = frozenset({"{words or form}.{question}", "{field}.{name}", "{name}.{field}"})
"""Families as they stand in the code that name no group there: the form in which a question is asked, and the
lines of the words themselves, which are read from a table for each thing."""
_KEY = re.compile(r"[a-z_]+(\.[A-Za-z0-9_]+)+")
_FAMILY = re.compile(r"(?P<group>[a-z_]+|\{\})\.[A-Za-z0-9_.]*\{\}[A-Za-z0-9_.{}]*")
_FILES = (".toml", ".json", ".bin")
_ALWAYS_SHOWN = ("home", "page")


class Found(NamedTuple):
    """Something in the code that may be asked words for."""

    text: str
    """A key, or a family with ``{}`` for what the code puts in."""
    written: str
    """A family as it stands in the code."""
    place: str


def problems() -> list[str]:
    """Families in the code whose keys cannot be told, each with its place."""
    return list(unknown(in_code()))


def unknown(found: Iterable[Found]) -> Iterator[str]:
    """Those among ``found`` that ``families`` and ``ANY_GROUP`` do not list."""
    for each in found:
        group = each.text.partition(".")[0]
        if "{" in group:
            if each.written not in ANY_GROUP:
                yield f"{each.place}: {each.written} could be any line; let it begin with its group"
        elif "{" in each.text and each.text.partition("{")[0] not in families():
            yield f"{each.place}: tools/words/sayable.py does not say what {each.written} can be"


@cache
def keys() -> frozenset[str]:
    """Every key that can be asked words for."""
    literal = {each.text for each in in_code() if "{" not in each.text}
    return frozenset(literal.union(*families().values(), _named_by_offers()))


@cache
def families() -> Mapping[str, frozenset[str]]:
    """The keys of each family, by what stands before the first thing that the code puts in."""
    parts = (
        _of_the_check(load_protocol()),
        _of_relief(load_relief()),
        _of_learning(load_learning()),
        _of_talk(),
    )
    found: dict[str, set[str]] = {}
    for part in (*parts, _of_screens()):
        for lead, ids in part.items():
            found.setdefault(lead, set()).update(f"{lead}{id_}" for id_ in ids)
    return {lead: frozenset(members) for lead, members in found.items()}


def _of_the_check(protocol: Protocol) -> dict[str, Iterable[str]]:
    questions = protocol.questions.values()
    levels, patterns = [level.id for level in Level], {fit.id for fit in protocol.pattern.fit}
    patterns.add(protocol.pattern.otherwise)
    return {
        **{f"{group}.": protocol.questions for group in ("question", "reword", "why", "meaning", "sign")},
        "recheck.": [each.id for each in questions if each.recheck],
        "confirm_no.": [each.id for each in questions if each.confirm_no],
        "denied.": [each.id for each in questions if each.gates_emergency],
        "waiting.": [each.waiting for each in questions if each.waiting],
        "where.": [each.where for each in questions if each.where],
        "because.": protocol.combinations,
        "source.": protocol.sources,
        "pattern.": patterns,
        "advice.": levels,
        "times.": [level.id for level in Level if level < Level.URGENT],
        "help.": [*levels, "start"],
        "card.": [*levels, *patterns, *ANSWERS],
        "summary.": ANSWERS,
    }


def _of_relief(relief: Relief) -> dict[str, Iterable[str]]:
    steps = [(each, step) for each in relief.exercises.values() for step in each.steps]
    return {
        "tip.": relief.tips,
        "source.": relief.sources,
        "intro.": relief.exercises.keys() - {relief.now},
        "step.": [f"{each.id}.{step.id}" for each, step in steps],
        "again.": [
            f"{each.id}.{step.id}"
            for each, step in steps
            if step.part == "each" and (each.times > 1 or each.id == relief.now)
        ],
        "count.s": [str(step.hold) for _, step in steps if step.hold],
        "rest.s": [str(step.rest) for _, step in steps if step.rest],
    }


def _of_learning(learning: Learning) -> dict[str, Iterable[str]]:
    courses = [each.id for each in learning.courses]
    lines = [key for subject in learning.subjects.values() for key in subject.lines]
    return {
        "learn.": [key.removeprefix("learn.") for key in lines],
        "course.": courses,
        "back.": courses,
        "source.": learning.sources,
    }


def _of_talk() -> dict[str, Iterable[str]]:
    return {"ask.": load_guide().offers, "reprompt.": load_guide().offers, "forget.": get_args(Erasure)}


def _named_by_offers() -> set[str]:
    rows = load_guide().offers.values()
    return {key for each in rows for key in (each.help, each.options, each.progress) if key}


def _of_screens() -> dict[str, Iterable[str]]:
    kinds = {kind.id for kind in screens().kind} - {"advice"}
    return {
        "screen.act.": {touch for choices in screens().answers.values() for touch in choices},
        "screen.title.": {*kinds, *_ALWAYS_SHOWN},
        "screen.level.": [level.id for level in Level],
        "screen.drawing.": drawn(),
        "screen.exercise.": {name.partition(".")[0] for name in positions()},
    }


@cache
def in_code(folder: Path = CODE) -> tuple[Found, ...]:
    """Every key and family that the modules under ``folder`` hold."""
    paths = sorted(folder.rglob("*.py"))
    return tuple(found for path in paths for found in read(path.read_text(encoding="utf-8"), path.name))


def read(source: str, name: str) -> Iterator[Found]:
    """The keys and families in the source of one module; what it is documented with is left out."""
    tree = ast.parse(source)
    beside = {id(text) for text in _not_said(tree)}
    for node in ast.walk(tree):
        if id(node) in beside:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = written = node.value
        elif isinstance(node, ast.JoinedStr):
            text = _joined(node, lambda _: "{}")
            written = _joined(node, lambda hole: f"{{{ast.unparse(hole)}}}")
        else:
            continue
        is_key = _KEY.fullmatch(text) and text not in NO_KEYS
        if (is_key or _FAMILY.fullmatch(text)) and not text.endswith(_FILES):
            yield Found(text, written, f"{name}:{node.lineno}")


def _not_said(tree: ast.AST) -> Iterator[ast.AST]:
    """Texts that stand by themselves, which document something, and the pieces of those put together."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            yield node.value
        if isinstance(node, ast.JoinedStr):
            yield from node.values


def _joined(text: ast.JoinedStr, hole: Callable[[ast.expr], str]) -> str:
    return "".join(
        hole(part.value) if isinstance(part, ast.FormattedValue) else str(getattr(part, "value", ""))
        for part in text.values
    )
