"""The learned weights: two readers of the same signs, stances and wants, and the phrases known word for word.

The file is little-endian: the mark, the length of the header (4 bytes), the header as JSON, then its
arrays one after the other. An array's lowest bytes come first, then the next higher ones: so a package
takes less room. ``pack`` writes what ``load`` reads, so that training and reading cannot differ.
"""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import accumulate
from math import exp, log, sqrt
from operator import mul
from pathlib import Path
from typing import Any

from crampguide.understand.rules import UnderstandingError
from crampguide.understand.text import features, number

MARK = b"crampguide understands 2\n"
LEAST = 1e-5
"""No likelihood counts as less, so that neither reader can silence the other."""
AGREE = 0.65
"""The power of each reader's likelihood: at a half they count as one reader, at one as two strangers."""
_FARTHEST = 30.0
Likelihoods = list[float]


def phrase(said: Iterable[str]) -> int:
    """The number by which a phrase is known word for word."""
    return int.from_bytes(blake2b(" ".join(said).encode(), digest_size=5).digest(), "little")


@dataclass(frozen=True)
class Weights:
    """The learned data of one language."""

    header: Mapping[str, Any]
    arrays: Mapping[str, array[Any]]

    @property
    def labels(self) -> Sequence[str]:
        """Signs, cries for help and ``none``, in the order of the likelihoods."""
        found: Sequence[str] = self.header["labels"]
        return found

    @property
    def stances(self) -> Sequence[str]:
        """The stances, in the order of their likelihoods."""
        found: Sequence[str] = self.header["stances"]
        return found

    @property
    def wants(self) -> Sequence[str]:
        """Wants and ``none``, in the order of their likelihoods."""
        found: Sequence[str] = self.header["wants"]
        return found

    @cached_property
    def exact(self) -> Mapping[int, int]:
        """The place of the label of each phrase that is known word for word."""
        return dict(zip(accumulate(self.arrays["phrase_gap"]), self.arrays["phrase_label"], strict=True))

    @cached_property
    def _feature(self) -> Mapping[int, int]:
        return {each: place for place, each in enumerate(accumulate(self.arrays["feature_gap"]))}

    @cached_property
    def _start(self) -> Sequence[int]:
        return [0, *accumulate(self.arrays["many"])]

    @cached_property
    def _word(self) -> Mapping[int, int]:
        return {each: place for place, each in enumerate(accumulate(self.arrays["word_gap"]))}

    def likelihoods(self, said: Sequence[str]) -> tuple[Likelihoods, Likelihoods, Likelihoods]:
        """Of every label, every stance and every want: the product of both readers, tempered."""
        one, other = self.by_features(said), self.by_words(said)
        stances = len(self.labels)
        wants = stances + len(self.stances)
        labels, held, wanted = (
            _together(_each(one[part]), _softmax(other[part]))
            for part in (slice(stances), slice(stances, wants), slice(wants, None))
        )
        return labels, held, wanted

    def by_features(self, said: Sequence[str]) -> list[float]:
        """The linear reader: log odds of every label, every stance, then every want."""
        columns, values, starts = self.arrays["column"], self.arrays["value"], self._start
        rare, step = self.arrays["rarity"], self.header["rarity_step"]
        found = list(self.arrays["bias"])
        scale = self.header["value_step"]
        for block in features(said):
            places = [self._feature[each] for each in block if each in self._feature]
            size = sqrt(sum((rare[place] * step) ** 2 for place in places)) or 1.0
            for place in places:
                weight = rare[place] * step / size * scale
                for at in range(starts[place], starts[place + 1]):
                    found[columns[at]] += values[at] * weight
        return found

    def by_words(self, said: Sequence[str]) -> list[float]:
        """The reader of what words mean: log odds as ``by_features`` gives them.

        The mean of the words' vectors, weighed by how rare they are, and the greatest value in each direction
        go through a hidden layer each for the labels, the stances and the wants.
        """
        long = self.header["directions"]
        weighed = [self._vector(self._word[each], long) for each in map(number, said) if each in self._word]
        if weighed:
            columns = list(zip(*(vector for _, vector in weighed), strict=True))
            total = sum(weight for weight, _ in weighed)
            entry = [*(sum(column) / total for column in columns), *map(max, columns)]
        else:
            entry = [0.0] * (2 * long)
        found: list[float] = []
        for net in ("label", "stance", "want"):
            hidden = [max(0.0, each) for each in self._layer(f"{net}_hidden", entry)]
            found += self._layer(f"{net}_head", hidden)
        return found

    def _vector(self, place: int, long: int) -> tuple[float, list[float]]:
        weight = self.arrays["word_weight"][place] * self.header["word_weight_step"]
        scale = weight * self.header["table_step"]
        return weight, [each * scale for each in self.arrays["table"][place * long : (place + 1) * long]]

    def _layer(self, name: str, entry: Sequence[float]) -> Iterator[float]:
        weights, step, long = self.arrays[name], self.header["layer_steps"][name], len(entry)
        for row, bias in enumerate(self.arrays[f"{name}_bias"]):
            yield bias + step * sum(map(mul, weights[row * long : (row + 1) * long], entry))


def _each(odds: Sequence[float]) -> Likelihoods:
    """Likelihoods of answers that were learned one against all others."""
    found = [1 / (1 + exp(-max(-_FARTHEST, each))) for each in odds]
    total = sum(found)
    return [each / total for each in found]


def _softmax(odds: Sequence[float]) -> Likelihoods:
    top = max(odds)
    found = [exp(each - top) for each in odds]
    total = sum(found)
    return [each / total for each in found]


def _together(one: Likelihoods, other: Likelihoods) -> Likelihoods:
    return _softmax(
        [(log(max(a, LEAST)) + log(max(b, LEAST))) * AGREE for a, b in zip(one, other, strict=True)]
    )


def pack(header: Mapping[str, Any], arrays: Mapping[str, array[Any]]) -> bytes:
    """The file that holds a header and arrays."""
    listed = [[name, each.typecode, len(each)] for name, each in arrays.items()]
    lead = json.dumps({**header, "arrays": listed}, ensure_ascii=False, sort_keys=True).encode()
    return b"".join(
        [MARK, len(lead).to_bytes(4, "little"), lead, *(_by_place(_little(each)) for each in arrays.values())]
    )


def load(path: Path) -> Weights:
    """The weights of a file; raises ``UnderstandingError`` for one that is missing or no such file."""
    try:
        return unpack(path.read_bytes())
    except (OSError, ValueError, KeyError) as broken:
        raise UnderstandingError(
            [f"{path.name}: cannot be read: run `python -m tools understand`"]
        ) from broken


def unpack(content: bytes) -> Weights:
    """The header and arrays of a file; raises ``ValueError`` for what is none."""
    if not content.startswith(MARK):
        raise ValueError("no mark")
    at = len(MARK) + 4
    long = int.from_bytes(content[len(MARK) : at], "little")
    header, at = json.loads(content[at : at + long]), at + long
    arrays: dict[str, array[Any]] = {}
    for name, typecode, length in header["arrays"]:
        found: array[Any] = array(typecode)
        size = length * found.itemsize
        raw = bytearray(size)
        for place in range(found.itemsize):
            raw[place :: found.itemsize] = content[at + place * length : at + (place + 1) * length]
        found.frombytes(raw)
        arrays[name], at = _little(found), at + size
    if at != len(content):
        raise ValueError("another length")
    return Weights(header, arrays)


def _by_place(numbers: array[Any]) -> bytes:
    raw, size = numbers.tobytes(), numbers.itemsize
    return b"".join(raw[place::size] for place in range(size))


def _little(numbers: array[Any]) -> array[Any]:
    if sys.byteorder == "little":
        return numbers
    turned = numbers[:]
    turned.byteswap()
    return turned
