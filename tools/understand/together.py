"""The joint finding of both readers, computed by the libraries that trained them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from crampguide.understand.text import features
from crampguide.understand.weights import AGREE, LEAST
from tools.understand.linear import Linear
from tools.understand.meanings import Meanings


def likely(said: Sequence[Sequence[str]], one: Linear, other: Meanings) -> np.ndarray:
    """How likely each label is, a row for each utterance."""
    first = one.label_model.predict_proba(one.matrix([features(each) for each in said]))
    second = other.likely(said)
    found = (np.maximum(first, LEAST) * np.maximum(second, LEAST)) ** AGREE
    return found / found.sum(1, keepdims=True)
