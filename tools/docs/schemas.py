"""Write the JSON Schemas by which editors complete and check the data files, from the types that read them.

`python -m tools schemas` writes `docs/schemas/*.json`, `--check` tells which are stale. A data file names
its schema in its first line (`#:schema`), as taplo and the editors built on it understand. Another kind of
file is one more entry of `SCHEMAS`: its type, and which of the type's fields stand in that file.
"""

from __future__ import annotations

import argparse
import ast
import inspect
import json
import sys
import types
from collections.abc import Mapping
from datetime import date
from enum import Enum
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from crampguide.condition import ANSWERS, Condition, Level, OfAnswersAlone
from crampguide.dialogue.offers import OffersFile
from crampguide.learning.model import LearningFile
from crampguide.relief.model import ReliefFile
from crampguide.screen.model import Form, Line, PosesFile, ScreensFile
from crampguide.speech.model import Rules
from crampguide.triage.model import ProtocolFile
from crampguide.typed import AtLeast, declared, is_table
from tools.models.forms import IntentsFile, LocalesFile, RulesFile, Samples, SlotValues, ValuesFile, WordsFile
from tools.models.templates import INTENTS, LOCALES, WORDS

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "schemas"
Schema = dict[str, Any]


class Written(NamedTuple):
    """Data files of one form: the type that their tables are read as."""

    paths: tuple[str, ...]
    kind: Any
    """A `NamedTuple`, or a `dict` whose values are the tables."""
    fields: tuple[str, ...] = ()
    """The fields of the `NamedTuple` that stand in these files."""
    in_a_locale: Any = None
    """The type of a table that may stand in each, under a locale's name or a shared wording's."""


_LEARNING, _RELIEF = "lambda/crampguide/learning", "lambda/crampguide/relief"
_UTTERANCES = "interaction_models/en"
_LOCALE = "^([a-z]{2}-[A-Z]{2}|(?!(samples|slots)$)[a-z_]+)$"
_VALUES = ("signs", "openings", "people", "topics", "exercises", "subjects")
SCHEMAS: Mapping[str, Written] = {
    "protocol": Written(("lambda/crampguide/triage/protocol.toml",), ProtocolFile, ProtocolFile._fields),
    "tips": Written((f"{_RELIEF}/tips.toml",), ReliefFile, ("asks", "tip")),
    "exercises": Written((f"{_RELIEF}/exercises.toml",), ReliefFile, ("now", "exercise")),
    "subjects": Written((f"{_LEARNING}/subjects.toml",), LearningFile, ("first", "claim", "subject")),
    "course": Written((f"{_LEARNING}/course.toml",), LearningFile, ("course",)),
    "offers": Written(("lambda/crampguide/dialogue/offers.toml",), OffersFile),
    "screens": Written(("lambda/crampguide/screen/screens.toml",), ScreensFile, ScreensFile._fields),
    "poses": Written(("lambda/crampguide/screen/poses.toml",), PosesFile),
    "locales": Written((f"{_UTTERANCES}/{LOCALES}",), LocalesFile),
    "words": Written((f"{_UTTERANCES}/{WORDS}",), WordsFile),
    "intents": Written((f"{_UTTERANCES}/{INTENTS}",), IntentsFile, in_a_locale=Samples),
    "speech_rules": Written(("lambda/crampguide/speech/rules.toml",), Rules, Rules._fields),
    "model_rules": Written(("interaction_models/rules.toml",), RulesFile, RulesFile._fields),
    "slot_values": Written(
        tuple(f"{_UTTERANCES}/{name}.toml" for name in _VALUES), ValuesFile, in_a_locale=SlotValues
    ),
}

_PLAIN: Mapping[type, Schema] = {
    str: {"type": "string", "pattern": r"\S"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    date: {"type": "string", "format": "date"},
}


def schema(written: Written) -> Schema:
    """The JSON Schema of a data file."""
    whole = _whole(written)
    if "#/definitions/" in json.dumps(whole):
        whole["definitions"] = {name: _condition(name) for name in ("condition", "answers")}
    return {"$schema": "http://json-schema.org/draft-07/schema#", **whole}


def _whole(written: Written) -> Schema:
    if is_table(written.kind):
        return _table(written.kind, frozenset(written.kind._fields) - {*written.fields})
    tables = _value(written.kind)
    if written.in_a_locale:
        tables["additionalProperties"]["patternProperties"] = {_LOCALE: _value(written.in_a_locale)}
    return tables


def _table(kind: Any, left_out: frozenset[str] = frozenset()) -> Schema:  # noqa: ANN401 - any NamedTuple
    told = _told(kind)
    fields = {name: each for name, each in declared(kind).items() if name not in left_out}
    return {
        "type": "object",
        "description": inspect.cleandoc(kind.__doc__),
        "properties": {
            name: {**_value(each), **({"description": told[name]} if name in told else {})}
            for name, each in fields.items()
        },
        "required": [name for name in fields if name not in kind._field_defaults],
        "additionalProperties": False,
    }


def _value(kind: Any) -> Schema:  # noqa: ANN401, PLR0911 - any type, one line for each kind
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _marked(_value(inner[0]), inner[1:])
    if origin in {types.UnionType, Union}:
        choices = [_value(each) for each in inner if each is not types.NoneType]
        return choices[0] if len(choices) == 1 else {"anyOf": choices}
    if origin is Literal:
        return {"enum": list(inner)}
    if origin in {tuple, frozenset}:
        return {"type": "array", "items": _value(inner[0])}
    if origin is not None:
        held = _table(inner[1], frozenset({"id"})) if is_table(inner[1]) else _value(inner[1])
        return {"type": "object", "additionalProperties": held}
    if isinstance(kind, type) and issubclass(kind, Line):
        return {**_form(kind.pattern), "description": inspect.cleandoc(kind.__doc__ or "")}
    if kind is Condition:
        return {"allOf": [{"$ref": "#/definitions/condition"}]}
    if is_table(kind):
        return _table(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [each.name.lower() for each in kind]}
    return dict(_PLAIN[getattr(kind, "__supertype__", kind)])


def _marked(value: Schema, marks: tuple[object, ...]) -> Schema:
    least = {"integer": "minimum", "array": "minItems", "object": "minProperties"}
    for mark in marks:
        if isinstance(mark, AtLeast):
            value = {**value, least[value["type"]]: mark.minimum}
        elif isinstance(mark, Form):
            value = _form(mark.pattern)
        elif isinstance(mark, OfAnswersAlone):
            value = {"allOf": [{"$ref": "#/definitions/answers"}]}
    return value


def _form(pattern: str) -> Schema:
    return {"type": "string", "pattern": f"^({pattern})$"}


def _condition(name: str) -> Schema:
    """The form of a condition; of one named "answers", no entry may be what was opened or reached."""
    itself = {"$ref": f"#/definitions/{name}"}
    said = {"enum": list(ANSWERS)}
    aside: Schema = {"opened": dict(_PLAIN[str]), "reached": {"enum": [level.id for level in Level]}}
    entries = {
        "type": "object",
        "minProperties": 1,
        "properties": aside if name == "condition" else dict.fromkeys(aside, False),
        "additionalProperties": {"anyOf": [said, {"type": "array", "minItems": 1, "items": said}]},
    }
    either = {"anyOf": [entries, {"type": "array", "minItems": 1, "items": itself}]}
    return {
        "type": "object",
        "description": "What stands side by side must all hold.",
        "minProperties": 1,
        "properties": {
            "any_of": {**either, "description": "One of these must hold."},
            "all_of": {**either, "description": "All of these must hold."},
            "not": {"allOf": [itself], "description": "This must not hold."},
        },
        "additionalProperties": False,
    }


@cache
def _told(kind: Any) -> Mapping[str, str]:  # noqa: ANN401 - any NamedTuple
    """The docstring under each field of a type that has one."""
    body = ast.parse(inspect.getsource(kind)).body[0]
    lines = body.body if isinstance(body, ast.ClassDef) else []
    return {
        field.target.id: inspect.cleandoc(text.value.value)
        for field, text in pairwise(lines)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }


def main(argv: list[str], folder: Path = FOLDER) -> int:
    """Write the schemas, or with `--check` tell which are stale; 1 if any is."""
    parser = argparse.ArgumentParser(prog="python -m tools schemas", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, and tell what is stale")
    given = parser.parse_args(argv)
    stale = 0
    for name, written in SCHEMAS.items():
        path = folder / f"{name}.json"
        text = json.dumps(schema(written), indent=2) + "\n"
        if given.check and (not path.is_file() or path.read_text(encoding="utf-8") != text):
            print(f"{path.name} is stale: run `make docs`", file=sys.stderr)
            stale = 1
        elif not given.check:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return stale
