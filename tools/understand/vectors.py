"""Makes a language's vectors of single words from all-MiniLM-L6-v2, without its libraries.

Run once, and again when many rows use words that have no vector:

    python -m tools understand_vectors FOLDER LANGUAGE

FOLDER holds ``model.safetensors`` and ``vocab.txt`` as sentence-transformers publishes them (Apache-2.0). A
word's vector is what the model makes of that word alone, in its 64 main directions, as small integers.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from crampguide.understand.reader import HERE, RULES
from crampguide.understand.rules import load_rules
from crampguide.understand.text import words
from tools.understand.rows import rows

FREQUENT = 8_000
"""So many of the model's own words, which come by frequency, besides all that rows hold."""
DIRECTIONS = 64
LAYERS, HEADS, SIZE = 6, 12, 384
_MOST = 127
_ARGUMENTS = ("FOLDER", "LANGUAGE")
_BATCH = 256
_WORD = re.compile(r"[a-z]{2,}|[aio]")


class MiniLM:
    """The model, read from its published files."""

    def __init__(self, folder: Path) -> None:
        raw = (folder / "model.safetensors").read_bytes()
        at = 8 + int.from_bytes(raw[:8], "little")
        entries = json.loads(raw[8:at])
        self._values: Mapping[str, np.ndarray] = {
            name: np.frombuffer(
                raw[at + entry["data_offsets"][0] : at + entry["data_offsets"][1]], np.float32
            ).reshape(entry["shape"])
            for name, entry in entries.items()
            if entry.get("dtype") == "F32"
        }
        self.words = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
        self._place = {word: at for at, word in enumerate(self.words)}

    def vectors(self, several: Sequence[str]) -> np.ndarray:
        """A row for each word, of length one."""
        pieces = [[self._place["[CLS]"], *self._pieces(word), self._place["[SEP]"]] for word in several]
        found = np.zeros((len(several), SIZE), np.float32)
        for length in {len(each) for each in pieces}:
            same = [at for at, each in enumerate(pieces) if len(each) == length]
            for start in range(0, len(same), _BATCH):
                part = same[start : start + _BATCH]
                found[part] = self._read(np.array([pieces[at] for at in part]))
        return found / np.linalg.norm(found, axis=1, keepdims=True)

    def _pieces(self, word: str) -> Iterable[int]:
        start = 0
        while start < len(word):
            lead = "##" if start else ""
            ends = (end for end in range(len(word), start, -1) if lead + word[start:end] in self._place)
            end = next(ends, None)
            if end is None:
                yield self._place["[UNK]"]
                return
            yield self._place[lead + word[start:end]]
            start = end

    def _read(self, pieces: np.ndarray) -> np.ndarray:
        value = self._values
        state = value["embeddings.word_embeddings.weight"][pieces]
        state = state + value["embeddings.position_embeddings.weight"][: pieces.shape[1]]
        state = self._normal(
            state + value["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm"
        )
        for layer in range(LAYERS):
            name = f"encoder.layer.{layer}"
            told = self._linear(self._attended(state, name), f"{name}.attention.output.dense")
            state = self._normal(told + state, f"{name}.attention.output.LayerNorm")
            inner = _gelu(self._linear(state, f"{name}.intermediate.dense"))
            told = self._linear(inner, f"{name}.output.dense")
            state = self._normal(told + state, f"{name}.output.LayerNorm")
        mean: np.ndarray = state.mean(1)
        return mean

    def _attended(self, state: np.ndarray, name: str) -> np.ndarray:
        rows_, length, _ = state.shape
        query, key, held = (
            self._linear(state, f"{name}.attention.self.{part}")
            .reshape(rows_, length, HEADS, SIZE // HEADS)
            .transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        weights = query @ key.transpose(0, 1, 3, 2) / np.sqrt(SIZE // HEADS)
        weights = np.exp(weights - weights.max(-1, keepdims=True))
        weights /= weights.sum(-1, keepdims=True)
        joined: np.ndarray = (weights @ held).transpose(0, 2, 1, 3).reshape(rows_, length, SIZE)
        return joined

    def _linear(self, state: np.ndarray, name: str) -> np.ndarray:
        found: np.ndarray = state @ self._values[f"{name}.weight"].T + self._values[f"{name}.bias"]
        return found

    def _normal(self, state: np.ndarray, name: str) -> np.ndarray:
        middle = state - state.mean(-1, keepdims=True)
        spread = np.sqrt(state.var(-1, keepdims=True) + 1e-12)
        found: np.ndarray = middle / spread * self._values[f"{name}.weight"] + self._values[f"{name}.bias"]
        return found


def _gelu(state: np.ndarray) -> np.ndarray:
    """The activation, with the error function as Abramowitz and Stegun approximate it (7.1.26)."""
    far = np.abs(state) / np.sqrt(2)
    part = 1 / (1 + 0.3275911 * far)
    terms = (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592)
    total = np.zeros_like(part)
    for term in terms:
        total = (total + term) * part
    error = np.sign(state) * (1 - total * np.exp(-far * far))
    found: np.ndarray = (state * 0.5 * (1 + error)).astype(np.float32)
    return found


def main(argv: list[str]) -> int:
    """Write the vectors of a language."""
    if len(argv) != len(_ARGUMENTS):
        print(f"usage: python -m tools understand_vectors {' '.join(_ARGUMENTS)}", file=sys.stderr)
        return 2
    model, folder = MiniLM(Path(argv[0])), Path(__file__).parent / argv[1]
    rules = load_rules(HERE / argv[1] / RULES)
    needed = {word for row in rows(folder) for word in words(row.said, rules.whole, rules.ends)}
    frequent = [word for word in model.words if _WORD.fullmatch(word)][:FREQUENT]
    chosen = [*frequent, *sorted(needed - set(frequent))]
    vectors = model.vectors(chosen)
    vectors -= vectors.mean(0)
    main_directions = np.linalg.svd(vectors.T @ vectors)[0][:, :DIRECTIONS]
    turned = vectors @ main_directions
    small = np.round(turned / (np.abs(turned).max() / _MOST)).astype(np.int8)
    np.savez_compressed(folder / "vectors.npz", words=np.array(chosen), vectors=small)
    print(f"{len(chosen)} words")
    return 0
