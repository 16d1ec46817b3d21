"""Write the interaction models that are derived from a written one; `--check` says what is stale or wrong.

`interaction_models/en-US.json` is written by hand. What another region says otherwise is in `regions.toml`
beside it; from both follows the region's model, which is kept so that it can be read and reviewed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from simulator.files import read_json
from tools.models import model_lint, regions

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "interaction_models"


def text_of(model: Mapping[str, Any]) -> str:
    """A model in the one form that its file has."""
    return json.dumps(model, indent=2, ensure_ascii=False) + "\n"


def derived(folder: Path = FOLDER) -> dict[str, str]:
    """The text of each derived model by its file name.

    Raises:
        regions.RegionError: a rule of ``regions.toml`` cannot be followed.

    """
    texts = {}
    for region in regions.load(folder / "regions.toml"):
        written = read_json(folder / f"{region.source}.json")
        texts[f"{region.locale}.json"] = text_of(regions.derive(written, region))
    return texts


def stale(folder: Path = FOLDER) -> list[str]:
    """A line for each derived model whose file is missing or says something else."""
    return [
        f"{folder.name}/{name}: not what follows from regions.toml; run `python -m tools models`"
        for name, text in derived(folder).items()
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != text
    ]


def main(argv: list[str], root: Path = ROOT) -> int:
    """Write the derived models, or with ``--check`` list every problem of all models and return 1 if any."""
    parser = argparse.ArgumentParser(prog="python -m tools models", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; say what is stale or wrong")
    check = parser.parse_args(argv).check
    folder = root / FOLDER.name
    try:
        if check:
            return _complain([*stale(folder), *model_lint.problems(root)])
        for name, text in derived(folder).items():
            (folder / name).write_text(text, encoding="utf-8")
            print(f"wrote {folder.name}/{name}")
    except regions.RegionError as error:
        return _complain([f"{folder.name}/regions.toml: {error}"])
    return 0


def _complain(problems: list[str]) -> int:
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0
