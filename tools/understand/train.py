"""Train the understanding of people's own words; write it and docs/understanding.md.

`--check` says, from hashes alone, whether what was learned is older than what it is learned from.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from crampguide.understand import veto
from crampguide.understand.reader import HERE, RULES, WEIGHTS, Reader
from crampguide.understand.rules import Rules, load_rules
from crampguide.understand.text import number, words
from crampguide.understand.weights import load, pack, phrase, unpack
from simulator.files import read_toml
from tools.understand import report
from tools.understand.rows import (
    MODELS,
    NONE,
    PROTOCOL,
    Row,
    answer_words,
    built_denials,
    cries,
    listed,
    rows,
    signs,
    wants,
    warnings,
)

FOLDER = Path(__file__).parent
DICTIONARY = 8000
"""How many sentences of everything else are learned as no sign."""
_PROOFS = 40
_FEW_SIGNS, _WANTED = 5, 3.0
_CODE = ("rows.py", "linear.py", "meanings.py", "train.py", "dictionary.toml")
_READING = ("text.py", "weights.py", "veto.py")
_STANCES = ("reported", "denied", "past", "question", "somebody", "none")


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

    rules = load_rules(HERE / language / RULES)
    folder = FOLDER / language
    labels, wanted = [*signs(), *cries(folder), NONE], [*wants(folder), NONE]
    if missing := sorted({*labels, *wanted} - {row.label for row in known}):
        raise report.TrainingError(f"no row of {language} says: {', '.join(missing)}")
    said = [words(row.said, rules.whole, rules.ends) for row in known]
    answers = [
        np.array([labels.index(row.label if row.label in labels else NONE) for row in known]),
        np.array([_STANCES.index(row.stance) for row in known]),
        np.array([wanted.index(row.label if row.label in wanted else NONE) for row in known]),
    ]
    alike = np.array([row.weight for row in known])
    weights = [alike, alike, np.array([_weight_of_want(at, row) for at, row in enumerate(known)])]
    one = Linear(said, answers, weights)
    vectors = Vectors(folder / "vectors.npz")
    other = Meanings(said, answers, weights, vectors)
    header = {
        "inputs": fingerprint(language),
        "labels": labels,
        "stances": _STANCES,
        "warnings": warnings(),
        "cries": cries(folder),
        "wants": wanted,
        "answers": sorted(
            {word for each in answer_words(folder) for word in words(each, rules.whole, rules.ends)}
        ),
        "harmless": harmless(known, said, rules, built_denials(folder)),
        "rarity_step": one.rarity_step,
        "value_step": one.value_step,
        "directions": other.table.shape[1],
        "table_step": other.step,
        "word_weight_step": other.weight_step,
        "proof": proof(known, said, one, other),
    }
    known_phrases = phrases(listed(folder), rules, labels)
    arrays = {
        "phrase": array("Q", known_phrases),
        "phrase_label": array("B", known_phrases.values()),
        "feature_gap": array("I", (one.features[0], *(b - a for a, b in pairwise(one.features)))),
        "rarity": _array("B", one.rarity),
        "start": _array("I", one.weights.indptr),
        "column": _array("B", one.weights.indices),
        "value": _array("b", one.weights.data),
        "bias": _array("f", one.bias),
        "word": array("I", (number(word) for word in vectors.words)),
        "word_weight": _array("B", other.weights),
        "table": _array("b", other.table.ravel()),
    }
    for net, layers in zip(("label", "stance", "want"), other.layers, strict=True):
        for name, values in zip(("hidden", "hidden_bias", "head", "head_bias"), layers, strict=True):
            arrays[f"{net}_{name}"] = _array("f", values.ravel())
    return pack(header, arrays)


def _weight_of_want(place: int, row: Row) -> float:
    """The weight of a row for the wants: they and the cries for help more, few of what names a sign."""
    if row.stance != NONE and place % _FEW_SIGNS:
        return 0.0
    return row.weight if row.label in {NONE, *signs()} or row.stance != NONE else row.weight * _WANTED


def _array(typecode: str, values: Iterable[Any]) -> array[Any]:
    return array(typecode, list(values))


def phrases(known: Iterable[tuple[str, str]], rules: Rules, labels: Sequence[str]) -> dict[int, int]:
    """The reviewed phrases, by number, with the place of their sign: the first, where two share words."""
    found: dict[int, int] = {}
    for said, sign in known:
        found.setdefault(phrase(words(said, rules.whole, rules.ends)), labels.index(sign))
    return found


def harmless(
    known: Sequence[Row], said: Sequence[Sequence[str]], rules: Rules, built: Iterable[str]
) -> Mapping[str, list[str]]:
    """For each sign the denying words, with what follows them, that report it and deny nothing anywhere.

    What is not said, or not seen, is denied whatever it is: it is harmless for no sign.
    """
    report_it: dict[str, set[str]] = defaultdict(set)
    deny_it: set[str] = set()
    for row, spoken in zip(known, said, strict=True):
        if row.stance == "denied":
            deny_it |= _pairs(spoken, rules)
        elif row.stance == "reported" and row.bare:
            report_it[row.label] |= _pairs(spoken, rules)
    for each in built:
        deny_it |= _pairs(words(each, rules.whole, rules.ends), rules)
    return {sign: sorted(pairs - deny_it) for sign, pairs in report_it.items() if pairs - deny_it}


def _pairs(spoken: Sequence[str], rules: Rules) -> set[str]:
    clauses = veto.clauses(spoken, rules.veto)
    pairs = {pair for clause in clauses for pair in veto.denials(clause, rules.veto)}
    return {pair for pair in pairs if pair.rpartition(" ")[2] not in rules.veto["unless"]}


def proof(known: Sequence[Row], said: Sequence[Sequence[str]], one: Any, other: Any) -> list[list[Any]]:  # noqa: ANN401
    """Some rows with the likelihoods that the libraries compute before anything is rounded."""
    from tools.understand.together import likely  # noqa: PLC0415 - as above

    chosen = range(0, len(known), max(1, len(known) // _PROOFS))
    found = likely([said[at] for at in chosen], one, other)
    return [
        [known[at].said, [round(float(each), 4) for each in row]]
        for at, row in zip(chosen, found, strict=True)
    ]


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
        content = learn(apart, language)
        rules = load_rules(HERE / language / RULES)
        pages.append(report.page(language, fingerprint(language), found, Reader(rules, unpack(content))))
        ships = learn(found, language)
        report.no_sign_is_a_want(found, Reader(rules, unpack(ships)))
        (HERE / language / WEIGHTS).write_bytes(ships)
    report.PAGE.write_text("\n".join(pages), encoding="utf-8")
    print(report.PAGE.read_text(encoding="utf-8"))
    return 0
