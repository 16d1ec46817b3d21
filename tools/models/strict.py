"""Documents held against the strict schemas in `tools/models/schema`."""

from __future__ import annotations

import functools
import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jsonschema

from simulator.files import read_json

FOLDER = Path(__file__).parent / "schema"
MODEL = "interaction-model"
MANIFEST = "skill-manifest"


@functools.cache
def _validator(name: str) -> jsonschema.Draft202012Validator:
    schema = read_json(FOLDER / f"{name}.json")
    return jsonschema.Draft202012Validator(schema)


def violations(document: Any, name: str) -> list[str]:  # noqa: ANN401 - any JSON may be handed in
    """Violations of the schema in ``document``, one line each with the place first."""
    found = sorted(_validator(name).iter_errors(document), key=lambda error: list(map(str, error.path)))
    return [f"{place(error.absolute_path)}: {textwrap.shorten(error.message, 160)}" for error in found]


def place(path: Iterable[str | int]) -> str:
    """A path into a JSON document as one writes it: ``intents[3].slots[0].name``."""
    written = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return written.lstrip(".") or "the whole document"
