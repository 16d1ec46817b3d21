"""Train the understanding of people's own words; write it and docs/understanding.md.

`--check` says, from hashes alone, whether what was learned is older than what it is learned from.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from crampguide.understand.model import Stance
from crampguide.understand.reader import HERE, RULES, WEIGHTS, Reader
from crampguide.understand.rules import load_rules
from crampguide.understand.text import words
from crampguide.understand.weights import load, unpack
from simulator.files import read_toml
from tools.understand import report
from tools.understand.rows import (
    MODELS,
    NONE,
    PROTOCOL,
    Row,
    cries,
    rows,
    signs,
    wants,
)

FOLDER = Path(__file__).parent
DICTIONARY = 8000
"""How many sentences of everything else are learned as no sign."""
_FEW_SIGNS, _WANTED = 10, 6.0
_CODE = ("rows.py", "linear.py", "meanings.py", "packing.py", "denying.py", "train.py", "dictionary.toml")
_READING = ("text.py", "weights.py", "veto.py")


def languages() -> list[str]:
    """The languages that have rows to learn from."""
    return sorted(path.parent.name for path in FOLDER.glob("*/frames.toml"))


def fingerprint(language: str) -> str:
    """The hash of all that a language's reader is learned from."""
    found = hashlib.sha256()
    folder = FOLDER / language
    inputs = [
        *(FOLDER / name for name in _CODE),
        *(HERE / name for name in _READING),
        HERE / language / RULES,
        PROTOCOL,
        *sorted(folder.iterdir()),
        *(MODELS / f"{locale}.json" for locale in read_toml(folder / "frames.toml")["models"]),
    ]
    for path in inputs:
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def stale(language: str) -> Iterator[str]:
    """The files of a language that are older than what they are learned from."""
    wanted = fingerprint(language)
    file = HERE / language / WEIGHTS
    if not file.is_file() or load(file).header["inputs"] != wanted:
        yield f"{language}/{WEIGHTS}"
    if not report.is_of(language, wanted):
        yield report.PAGE.name


def learn(known: Sequence[Row], language: str) -> bytes:
    """The file of a reader that has learned from the rows."""
    import numpy as np  # noqa: PLC0415 - takes seconds, which `--check` need not wait

    from tools.understand.linear import Linear  # noqa: PLC0415
    from tools.understand.meanings import Meanings, Vectors  # noqa: PLC0415
    from tools.understand.packing import Learned, packed  # noqa: PLC0415

    rules = load_rules(HERE / language / RULES)
    folder = FOLDER / language
    labels, wanted, stances = [*signs(), *cries(folder), NONE], [*wants(folder), NONE], [*Stance]
    if missing := sorted({*labels, *wanted} - {row.label for row in known}):
        raise report.TrainingError(f"no row of {language} says: {', '.join(missing)}")
    said = [words(row.said, rules.whole, rules.ends) for row in known]
    answers = [
        np.array([labels.index(row.label if row.label in labels else NONE) for row in known]),
        np.array([stances.index(row.stance) for row in known]),
        np.array([wanted.index(row.label if row.label in wanted else NONE) for row in known]),
    ]
    alike = np.array([row.weight for row in known])
    weights = [alike, alike, np.array([_weight_of_want(at, row) for at, row in enumerate(known)])]
    one = Linear(said, answers, weights)
    vectors = Vectors(folder / "vectors.npz")
    other = Meanings(said, answers, weights, vectors)
    learned = Learned(known, said, one, other, vectors.words)
    names = {"inputs": fingerprint(language), "labels": labels, "stances": stances, "wants": wanted}
    return packed(learned, names, rules, folder)


def _weight_of_want(place: int, row: Row) -> float:
    """The weight of a row for the wants: they and the cries for help more, few of what names a sign."""
    if row.unsorted or (row.stance != NONE and place % _FEW_SIGNS):
        return 0.0
    return row.weight if row.label in {NONE, *signs()} or row.stance != NONE else row.weight * _WANTED


def main(argv: list[str]) -> int:
    """Learn, measure and write, or with ``--check`` return 1 where something is stale."""
    parser = argparse.ArgumentParser(prog="python -m tools understand", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; say whether what was learned is stale"
    )
    if parser.parse_args(argv).check:
        old = sorted({name for language in languages() for name in stale(language)})
        for name in old:
            print(f"{name}: learned from something else; run `make understand`", file=sys.stderr)
        return int(bool(old))
    from tools.understand.dictionary import examples  # noqa: PLC0415 - fetches

    pages = []
    for language in languages():
        found = rows(FOLDER / language, examples(DICTIONARY))
        measured = {row.said for row in found if row.aside}
        apart = [row for row in found if row.said not in measured]
        with ProcessPoolExecutor(2) as pool:
            content, ships = pool.map(learn, (apart, found), (language, language))
        rules = load_rules(HERE / language / RULES)
        pages.append(report.page(language, fingerprint(language), found, Reader(rules, unpack(content))))
        report.no_sign_is_a_want(found, Reader(rules, unpack(ships)))
        (HERE / language / WEIGHTS).write_bytes(ships)
    report.PAGE.write_text("\n".join(pages), encoding="utf-8")
    print(report.PAGE.read_text(encoding="utf-8"))
    return 0
