"""The protocol as the page draws it: every question, what opens it, and what it can lead to.

It is read as the file stands, since the page lights up what the session attributes say, and decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from simulator.files import read_toml

PROTOCOL = Path(__file__).parents[2] / "lambda" / "crampguide" / "triage" / "protocol.toml"
CODES = Path(__file__).with_name("codes.toml")
LEVELS = ("self_care", "routine", "urgent", "emergency")

Json = dict[str, Any]


def diagram(path: Path = PROTOCOL) -> Json:
    """Questions in the order of asking, each under the one that opens it, and the combinations after them."""
    protocol = read_toml(path)
    questions = {entry["id"]: entry for entry in protocol["question"]}
    return {
        "version": protocol["version"],
        "levels": LEVELS,
        "questions": [
            {
                "id": id_,
                "number": entry["number"],
                "group": entry["group"],
                "sign": entry["sign"],
                "suspects": entry["suspects"],
                "yes": entry["yes"],
                "unsure": entry["unsure"],
                "under": _opener(entry, questions),
                "when": _condition(entry.get("when", {}), questions),
            }
            for id_, entry in questions.items()
        ],
        "combinations": [
            {
                "id": entry["id"],
                "level": entry["level"],
                "when": _condition(entry.get("when", {}), questions),
                "reason": entry["reason"],
            }
            for entry in protocol["combination"]
        ],
    }


@cache
def _opened() -> Mapping[str, str]:
    """The words for what opens a question, other than an answer."""
    opened: Mapping[str, str] = read_toml(CODES)["opened"]
    return opened


def _opener(entry: Mapping[str, Any], questions: Mapping[str, Any]) -> str | None:
    """The first question that has to be a yes before this one opens: it is drawn below that one."""
    needed = _needed(entry.get("when", {}))
    return next((name for name in questions if name in needed), None)


def _needed(condition: Mapping[str, Any]) -> set[str]:
    """The questions without whose yes the condition cannot hold."""
    needed: set[str] = set()
    for operator, parts in condition.items():
        if operator == "not":
            continue
        each = [
            _needed(part) if isinstance(part, Mapping) else _of_entry(part[0], part[1])
            for part in _parts(parts)
        ]
        needed |= set.intersection(*each) if operator == "any_of" else set.union(*each)
    return needed


def _of_entry(name: str, fits: object) -> set[str]:
    return {name} if "yes" in _fits(fits) else set()


def _parts(parts: Any) -> list[Any]:  # noqa: ANN401 - a table of entries, or a list of conditions
    return list(parts.items()) if isinstance(parts, Mapping) else list(parts)


def _fits(answers: object) -> list[object]:
    return answers if isinstance(answers, list) else [answers]


def _condition(condition: Mapping[str, Any], questions: Mapping[str, Any]) -> str:
    """The condition in words, the questions by the number they have on paper."""
    return "; and ".join(_operator(operator, parts, questions) for operator, parts in condition.items())


def _operator(operator: str, parts: Any, questions: Mapping[str, Any]) -> str:  # noqa: ANN401 - the same
    if operator == "not":
        return f"not {_condition(parts, questions)}"
    said = (
        _condition(part, questions) if isinstance(part, Mapping) else _in_words(part[0], part[1], questions)
        for part in _parts(parts)
    )
    return (", or " if operator == "any_of" else " and ").join(said)


def _in_words(name: str, fits: object, questions: Mapping[str, Any]) -> str:
    if name == "opened":
        return _opened()[str(fits)]
    if name == "reached":
        return f"the level {str(fits).replace('_', ' ')} or higher"
    return f"{questions[name]['number']} {'/'.join(map(str, _fits(fits)))}"
