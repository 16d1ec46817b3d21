"""The reviewed rules of a language: spelling, thresholds, and what takes certainty away."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from crampguide.reviewed import DataError
from crampguide.typed import Texts, typed, typed_files


class UnderstandingError(DataError):
    """The rules or the weights are broken. ``problems`` lists every one found, each naming its culprit."""


class _Share:
    """Marks a likelihood: more than nothing, and less than certainty."""

    def complaint(self, value: float) -> str:
        """Tell what is wrong with a number, or nothing."""
        return "" if 0 < value < 1 else "must lie between 0 and 1"


Likelihood = Annotated[float, _Share()]


class Thresholds(NamedTuple):
    """Likelihoods from 0 to 1; the rules say of each what it decides."""

    recognised: Likelihood
    reported: Likelihood
    undenied: Likelihood
    certain: Likelihood
    graver: Likelihood
    other_recognised: Likelihood
    asked: Likelihood
    cried: Likelihood
    crisis: Likelihood
    topic: Likelihood
    wanted: Likelihood
    wanted_in_all: Likelihood
    wanted_beside: Likelihood


class Limit(NamedTuple):
    """How often the same utterance may lead to a question."""

    asks: int


class Spelling(NamedTuple):
    """Words and endings, each with what is read in its place."""

    whole: Mapping[str, str]
    end: Mapping[str, str]


class History(NamedTuple):
    """Signs that are read otherwise where they are past, or somebody else's."""

    signs: frozenset[str]
    """Signs of which having had them counts."""
    others: frozenset[str]
    """Signs that are always somebody else's."""


class RulesFile(NamedTuple):
    """The tables of a language's file."""

    threshold: Thresholds
    limit: Limit
    spelling: Spelling
    veto: Mapping[str, Texts]
    history: History
    age: Mapping[str, Texts]
    """Words for an age below sixteen: one of `years`, then one of `units`, after none of `past`."""


class Rules(NamedTuple):
    """The rules of one language."""

    threshold: Thresholds
    asks: int
    whole: Mapping[str, str]
    ends: Mapping[str, str]
    veto: Mapping[str, tuple[str, ...]]
    history: frozenset[str]
    """Signs of which having had them counts."""
    others: frozenset[str]
    """Signs that are always somebody else's."""
    age: Mapping[str, tuple[str, ...]]


_VETO = (
    "denies", "able", "hampers", "unless", "can", "can_after", "skips", "ends", "opinions", "opinion_ends",
    "trailing", "joins", "subjects", "pronouns", "governs", "asks", "asks_before", "asked_of", "asks_alone",
    "states", "fillers", "past", "others", "tells", "theirs", "wishes_to_live",
)  # fmt: skip
_AGE = ("years", "units", "past")


def load_rules(path: Path) -> Rules:
    """The rules of a file; raises ``UnderstandingError`` with every problem found."""
    file = typed_files([path], _read, UnderstandingError)
    return Rules(
        threshold=file.threshold,
        asks=file.limit.asks,
        whole=file.spelling.whole,
        ends=file.spelling.end,
        veto=file.veto,
        history=file.history.signs,
        others=file.history.others,
        age=file.age,
    )


def _read(tables: Mapping[str, Any]) -> RulesFile:
    return typed(RulesFile, tables, "the rules", UnderstandingError, _lists)


def _lists(file: RulesFile, _tables: Mapping[str, Any]) -> Iterator[str]:
    for table, lists, names in (("veto", file.veto, _VETO), ("age", file.age, _AGE)):
        for name in names:
            if name not in lists:
                yield f"{table}: {name} is missing"
        for name in lists:
            if name not in names:
                yield f"{table}: {name} is not a known field"
