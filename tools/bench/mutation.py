"""Break the check and the dialogue, one place at a time; write docs/mutation.md: what no test saw."""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from simulator.files import read_json, read_toml

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "mutation.md"
HARMLESS = Path(__file__).with_suffix(".toml")
RUNNER = Path(__file__).with_name("mutation_runner.py")
WORK = ROOT / "build" / "mutation"
SHIPPED = ROOT / "lambda" / "crampguide"
COPIED = ("interaction_models", "lambda", "simulator", "tests", "tools", "pyproject.toml")
OF_THE_RUNNER = {".py", ".meta", ".spans"}
"""Code as it was changed, and what the runner notes beside it: all else that it has is data."""
_CHANGED = re.compile(r"^([-+])(?!\1\1)\s*(.*)$", re.MULTILINE)
_PLACE = re.compile(r"crampguide\.(.+)\.x[ǁ_](.+)__mutmut_\d+")
_ROW = re.compile(r"^\| `([\w/]+\.py)` \| (\d+) \| (\d+) \|$", re.MULTILINE)
_PAGE = """\
# Mutation testing

Written by `make mutation`, which takes the best part of an hour and is no part of `make test`;
`make mutation ARGS="dialogue"` runs one folder, `ARGS="dialogue.flow"` one module, and leaves the other
figures as they are; `ARGS="--resume dialogue"` tries only what the last run has not seen, one that was
interrupted too. It changes one place at a time of what is tested without a device, a comparison, a word, a
number, a branch, and runs the tests that [pyproject.toml](../pyproject.toml) lists. A change that no test
sees is either a test that is missing or harmless; those that were judged are listed below with the reason.
A file without figures here has been rewritten since it was last run.

{figures}

{total} changes, {seen} of them seen: {share:.1f} percent. At least {least:g} percent must be, and every
other one must be in `tools/bench/mutation.toml`.

## What no test sees, and why that is harmless
{reasons}"""


class Survivor(NamedTuple):
    """A change that no test saw: the function it is in, the line as it stands and as it was changed."""

    where: str
    line: str
    becomes: str


def prepare(folder: Path, *, resume: bool = False) -> None:
    """Lay out what is changed and what it is tested with; to ``resume``, over what was laid out before.

    The runner names modules rightly only below a folder called ``src``, so the shipped code stands there.
    """
    if not resume:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=resume)
    # Which test reaches what is found out anew: a test may have been changed.
    (folder / "mutants" / "mutmut-stats.json").unlink(missing_ok=True)
    ignored = shutil.ignore_patterns("__pycache__")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=ignored, dirs_exist_ok=resume)
        else:
            shutil.copy(ROOT / name, folder / name)
    shutil.rmtree(folder / "src", ignore_errors=True)
    shutil.copytree(ROOT / "lambda", folder / "src", ignore=ignored)
    # The runner copies what it lacks, and would go on with the data of the last run.
    for file in (folder / "mutants" / "src").rglob("*"):
        if file.is_file() and file.suffix not in OF_THE_RUNNER:
            file.unlink()


def results(scope: Sequence[str], processes: int) -> dict[str, str | None]:
    """Changes each place of all that is tested, or of these packages and modules.

    For each change, by its name, the change itself where no test saw it, else None.
    """
    found = WORK / "outcomes.json"
    patterns = [f"crampguide.{each}.*" for each in scope] or ["*"]
    subprocess.run(  # noqa: S603 - our own command
        [sys.executable, str(RUNNER), str(found), str(processes), *patterns], cwd=WORK, check=True
    )
    outcomes: dict[str, str | None] = read_json(found)
    return outcomes


def survivor(name: str, shown: str) -> Survivor:
    """The place of a change, and the change itself, from its name and its difference."""
    place = _PLACE.fullmatch(name)
    if place is None:
        raise ValueError(f"{name} is not a name that mutmut gives")
    changed = dict.fromkeys("-+", "")
    for sign, line in _CHANGED.findall(shown):
        changed[sign] = f"{changed[sign]} {line}".strip()
    return Survivor(f"{place[1]}.{place[2].replace('ǁ', '.')}", changed["-"], changed["+"])


def harmless() -> dict[Survivor, str]:
    """Each change that was judged harmless, with the reason."""
    entries = read_toml(HARMLESS)["harmless"]
    return {
        Survivor(entry["where"], entry["line"], becomes): entry["reason"]
        for entry in entries
        for becomes in entry["becomes"]
    }


def problems(share: float, survivors: set[Survivor], scope: Sequence[str] = ()) -> list[str]:
    """Everything not as it must be: too few seen, one that nobody judged, or a judgement about nothing."""
    judged = {each: reason for each, reason in harmless().items() if _within(each.where, scope)}
    found = [f"only {share:.1f} percent were seen, of {least():g}"] if share < least() else []
    found += [f"nobody judged: {each}" for each in sorted(survivors - judged.keys())]
    return found + [f"judged, but seen or gone: {each}" for each in sorted(judged.keys() - survivors)]


def least() -> float:
    """The percentage of changes that must be seen."""
    return float(read_toml(HARMLESS)["least"])


def figures(outcomes: Mapping[str, str | None]) -> dict[str, tuple[int, int]]:
    """For each file how many changes were made to it, and how many of them were seen."""
    every = Counter(map(_file, outcomes))
    seen = Counter(_file(name) for name, unseen in outcomes.items() if unseen is None)
    return {file: (count, seen[file]) for file, count in every.items()}


def written(text: str) -> dict[str, tuple[int, int]]:
    """The figures that a page already has, of files that are still there."""
    rows = ((file, (int(count), int(seen))) for file, count, seen in _ROW.findall(text))
    return {file: numbers for file, numbers in rows if (SHIPPED / file).is_file()}


def page(known: dict[str, tuple[int, int]]) -> str:
    """The page for the figures of each file."""
    rows = ["| file | changes | seen |", "|---|---|---|"]
    rows += [f"| `{file}` | {count} | {seen} |" for file, (count, seen) in sorted(known.items())]
    reasons: dict[tuple[str, str, str], list[str]] = {}
    for each, reason in harmless().items():
        reasons.setdefault((each.where, each.line, reason), []).append(each.becomes)
    listed = [
        "\n".join(
            [f"\n`{where}`: {reason}\n", "```diff", f"- {line}", *(f"+ {each}" for each in becomes), "```"]
        )
        for (where, line, reason), becomes in reasons.items()
    ]
    total, count = sum(made for made, _ in known.values()), sum(seen for _, seen in known.values())
    return _PAGE.format(
        figures="\n".join(rows),
        total=f"{total:,}",
        seen=f"{count:,}",
        share=100 * count / total,
        least=least(),
        reasons="\n".join(listed) + "\n",
    )


def _module(name: str) -> str:
    return name.removeprefix("crampguide.").rpartition(".")[0]


def _file(name: str) -> str:
    return f"{_module(name).replace('.', '/')}.py"


def _within(place: str, scope: Sequence[str]) -> bool:
    """Tells whether a module, or a function of one, is in these packages and modules; all is in none."""
    return not scope or any(f"{place}.".startswith(f"{each}.") for each in scope)


def main(argv: list[str]) -> int:
    """Run it all and write the page; 1 where too many changes go unseen, or one that nobody judged."""
    parser = argparse.ArgumentParser(prog="python -m tools mutation", description=__doc__)
    parser.add_argument("--processes", type=int, default=2, help="how many changes to try at once")
    parser.add_argument("--resume", action="store_true", help="try only what the last run has not seen")
    parser.add_argument("scope", nargs="*", help="packages or modules, such as dialogue or dialogue.flow")
    asked = parser.parse_args(argv)
    prepare(WORK, resume=asked.resume)
    outcomes = results(asked.scope, asked.processes)
    survivors = {survivor(name, unseen) for name, unseen in outcomes.items() if unseen is not None}
    others = written(PAGE.read_text(encoding="utf-8")) if asked.scope else {}
    PAGE.write_text(page({**others, **figures(outcomes)}), encoding="utf-8")
    seen = sum(unseen is None for unseen in outcomes.values())
    share = 100 * seen / len(outcomes)
    print(f"{len(outcomes)} changes, {seen} seen: {share:.1f} percent; wrote {PAGE.relative_to(ROOT)}")
    found = problems(share, survivors, asked.scope)
    print(*found, sep="\n", end="\n" if found else "", file=sys.stderr)
    return 1 if found else 0
