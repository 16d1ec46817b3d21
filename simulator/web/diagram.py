"""The protocol as the page draws it: every question, what opens it, and what it can lead to.

It is read as the file stands, since the page lights up what the session attributes say, and decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from simulator.device.skill import SOURCE
from simulator.files import read_toml
from simulator.web.codes import codes

PROTOCOL = SOURCE / "crampguide" / "triage" / "protocol.toml"
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
                "when": _condition(entry, questions),
            }
            for id_, entry in questions.items()
        ],
        "combinations": [
            {
                "id": entry["id"],
                "level": entry["level"],
                "when": _condition(entry, questions),
                "reason": entry["reason"],
            }
            for entry in protocol["combination"]
        ],
    }


def _opener(entry: Mapping[str, Any], questions: Mapping[str, Any]) -> str | None:
    """The first question that has to be a yes before this one opens: it is drawn below that one."""
    cases = entry.get("when", [{}])
    opening = (name for name in cases[0] if all("yes" in _fits(case.get(name)) for case in cases))
    return next((name for name in opening if name in questions), None)


def _fits(answers: object) -> list[object]:
    return answers if isinstance(answers, list) else [answers]


def _condition(entry: Mapping[str, Any], questions: Mapping[str, Any]) -> str:
    """The condition in words, the questions by the number they have on paper."""
    groups = (
        ", or ".join(_case(case, questions) for case in entry[key]) for key in ("when", "and") if key in entry
    )
    return "; and ".join(groups)


def _case(case: Mapping[str, Any], questions: Mapping[str, Any]) -> str:
    return " and ".join(_in_words(name, fits, questions) for name, fits in case.items())


def _in_words(name: str, fits: object, questions: Mapping[str, Any]) -> str:
    if name == "opened":
        return codes()["opened"][str(fits)]
    if name == "reached":
        return f"the level {str(fits).replace('_', ' ')} or higher"
    return f"{questions[name]['number']} {'/'.join(map(str, _fits(fits)))}"
