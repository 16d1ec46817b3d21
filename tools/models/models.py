"""Write the interaction models from what people may say; `--check` says what is stale or wrong.

`interaction_models/<language>/` says it in templates. The models are kept as well, for they are what is
imported into Alexa's developer console.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools.models import model_lint, spelled_out, templates

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "interaction_models"


class FaultyTemplatesError(ValueError):
    """Templates from which no model can be written; holds a line for each fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def text_of(model: Mapping[str, Any]) -> str:
    """Give a model the one form that its file has: a list of phrases to a line."""
    return _text(model, "") + "\n"


def _text(part: object, indent: str) -> str:
    if not _holds_tables(part):
        return json.dumps(part, ensure_ascii=False)
    inside = indent + "  "
    if isinstance(part, Mapping):
        brackets = "{}"
        lines = [f"{json.dumps(key)}: {_text(value, inside)}" for key, value in part.items()]
    else:
        brackets = "[]"
        lines = [_text(each, inside) for each in _listed(part)]
    return f"{brackets[0]}\n" + ",\n".join(inside + line for line in lines) + f"\n{indent}{brackets[1]}"


def _holds_tables(part: object) -> bool:
    if isinstance(part, Mapping):
        return any(map(_holds_tables, part.values()))
    return any(isinstance(each, Mapping) for each in _listed(part))


def _listed(part: object) -> list[object]:
    return part if isinstance(part, list) else []


def written(folder: Path = FOLDER) -> dict[str, str]:
    """Return the text of each model, as the templates have it, by its file name.

    Raises:
        FaultyTemplatesError: a template or a table is at fault.

    """
    texts, faults = {}, []
    for place in sorted(path for path in folder.iterdir() if path.is_dir()):
        language, found = templates.read(place)
        faults += found or spelled_out.faults(language)
        if not faults:
            for locale in language.locales:
                texts[f"{locale}.json"] = text_of(spelled_out.model(language, locale))
    if faults:
        raise FaultyTemplatesError(faults)
    return texts


def stale(folder: Path = FOLDER) -> list[str]:
    """List each model whose file is missing, says something else than the templates, or has none."""
    texts = written(folder)
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}
    return [
        f"{folder.name}/{name}: not what the templates say; run `python -m tools models`"
        for name, text in texts.items()
        if there.get(name) != text
    ] + [f"{folder.name}/{name}: no language has this locale" for name in sorted(there.keys() - texts.keys())]


def main(argv: list[str], root: Path = ROOT) -> int:
    """Write the models, or with ``--check`` list every problem of all models and return 1 if any."""
    parser = argparse.ArgumentParser(prog="python -m tools models", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; say what is stale or wrong")
    check = parser.parse_args(argv).check
    folder = root / FOLDER.name
    try:
        if check:
            return _complain([*stale(folder), *model_lint.problems(root)])
        for name, text in written(folder).items():
            (folder / name).write_text(text, encoding="utf-8")
            print(f"wrote {folder.name}/{name}")
    except FaultyTemplatesError as error:
        return _complain(error.faults)
    return 0


def _complain(problems: list[str]) -> int:
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0
