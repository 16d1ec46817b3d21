"""Packs what was learned into the file that the skill reads."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from crampguide.understand.rules import Rules
from crampguide.understand.text import number, words
from crampguide.understand.weights import pack, phrase
from tools.understand.denying import harmless, pairs_of, telling
from tools.understand.linear import Linear
from tools.understand.meanings import Meanings
from tools.understand.rows import (
    Row,
    answer_words,
    built_denials,
    cries,
    emergencies,
    listed,
    warnings,
)
from tools.understand.together import likely

_PROOFS = 40
_NETS = ("label", "stance", "want")


class Learned(NamedTuple):
    """Two readers that have learned from some rows, and the words that have a vector."""

    known: Sequence[Row]
    said: Sequence[Sequence[str]]
    one: Linear
    other: Meanings
    words: Sequence[str]


def packed(learned: Learned, names: Mapping[str, Any], rules: Rules, folder: Path) -> bytes:
    """The file of a reader; ``names``: its labels, stances and wants, and the hash of its inputs."""
    header = {**names, **_lists(learned, rules, folder), **_steps(learned), "proof": proof(learned)}
    arrays = {**_phrases(folder, rules, names["labels"]), **_linear(learned.one), **_meanings(learned)}
    return pack(header, arrays)


def _lists(learned: Learned, rules: Rules, folder: Path) -> Mapping[str, Any]:
    pairs = pairs_of(learned.known, learned.said, rules, built_denials(folder))
    answers = (words(each, rules.whole, rules.ends) for each in answer_words(folder))
    return {
        "warnings": warnings(),
        "emergencies": emergencies(),
        "cries": cries(folder),
        "answers": sorted({word for each in answers for word in each}),
        "harmless": harmless(*pairs),
        "telling": telling(*pairs),
    }


def _steps(learned: Learned) -> Mapping[str, Any]:
    one, other = learned.one, learned.other
    return {
        "rarity_step": one.rarity_step,
        "value_step": one.value_step,
        "directions": other.table.shape[1],
        "table_step": other.step,
        "word_weight_step": other.weight_step,
        "layer_steps": {
            f"{name}_{layer}": getattr(net, f"{layer}_step")
            for name, net in zip(_NETS, other.layers, strict=True)
            for layer in ("hidden", "head")
        },
    }


def _phrases(folder: Path, rules: Rules, labels: Sequence[str]) -> Mapping[str, array[Any]]:
    found = dict(sorted(phrases(listed(folder), rules, labels).items()))
    return {"phrase_gap": array("Q", gaps([*found])), "phrase_label": array("B", found.values())}


def _linear(one: Linear) -> Mapping[str, array[Any]]:
    return {
        "feature_gap": array("I", gaps(one.features)),
        "rarity": _array("B", one.rarity),
        "many": _array("B", (after - before for before, after in pairwise(one.weights.indptr))),
        "column": _array("B", one.weights.indices),
        "value": _array("b", one.weights.data),
        "bias": _array("f", one.bias),
    }


def _meanings(learned: Learned) -> Mapping[str, array[Any]]:
    other, numbers = learned.other, [number(word) for word in learned.words]
    order = sorted(range(len(numbers)), key=numbers.__getitem__)
    layers = {
        f"{name}_{layer}": _array(kind, getattr(net, layer).ravel())
        for name, net in zip(_NETS, other.layers, strict=True)
        for layer, kind in (("hidden", "b"), ("hidden_bias", "f"), ("head", "b"), ("head_bias", "f"))
    }
    return {
        "word_gap": array("I", gaps([numbers[at] for at in order])),
        "word_weight": _array("B", other.weights[order]),
        "table": _array("b", other.table[order].ravel()),
        **layers,
    }


def gaps(rising: Sequence[int]) -> Iterator[int]:
    """The first of some numbers, then by how much each is greater than the one before."""
    yield rising[0]
    yield from (after - before for before, after in pairwise(rising))


def _array(typecode: str, values: Iterable[Any]) -> array[Any]:
    return array(typecode, list(values))


def phrases(known: Iterable[tuple[str, str]], rules: Rules, labels: Sequence[str]) -> dict[int, int]:
    """The reviewed phrases, by number, with the place of their sign: the first, where two share words."""
    found: dict[int, int] = {}
    for said, sign in known:
        found.setdefault(phrase(words(said, rules.whole, rules.ends)), labels.index(sign))
    return found


def proof(learned: Learned) -> list[list[Any]]:
    """Some rows with the likelihoods that the libraries compute before anything is rounded."""
    chosen = range(0, len(learned.known), max(1, len(learned.known) // _PROOFS))
    found = likely([learned.said[at] for at in chosen], learned.one, learned.other)
    return [
        [learned.known[at].said, [round(float(each), 4) for each in row]]
        for at, row in zip(chosen, found, strict=True)
    ]
