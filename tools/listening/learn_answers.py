"""Teach the speaker's judge what answers sound like, and say how it does with voices it does not know."""

from __future__ import annotations

import argparse
import sys
import warnings
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from time import time
from typing import NamedTuple

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from simulator.speaker.judge import ANSWERS, EARS, FILE, Judge
from tools.listening.cores import cores, parts
from tools.listening.lessons import Lesson, data, fetch_styles, lessons, programme, recipe, talks
from tools.listening.robot_voice import NoVoiceError, flite_version
from tools.listening.speakers import RECORDINGS

HEARD = RECORDINGS.parent / "lessons"
BATCH = 25
FALSE = (0.02, 0.01, 0.005, 0.002)
QUIET, LOUD = 18, 13
"""Decibels by which a voice is louder than noise that is called quiet, at least; and loud, at most."""


class Book(NamedTuple):
    """All lessons, a row each; a row of `wordings` is not a number where they were not compared."""

    states: np.ndarray
    embedding: np.ndarray
    words: np.ndarray
    pieces: np.ndarray
    wordings: np.ndarray
    kind: np.ndarray
    family: np.ndarray
    room: np.ndarray
    noise: np.ndarray
    text: np.ndarray

    def only(self, rows: np.ndarray) -> Book:
        """Some of the lessons."""
        return Book(*(part[rows] for part in self))


def hear(part: int, until: float) -> int:
    """Hear a part of the clips until some time, and keep what came of it; returns how many batches."""
    folder = heard_in()
    folder.mkdir(parents=True, exist_ok=True)
    for batch in count(part, parts()):
        if time() > until:
            return batch // parts()
        file = folder / f"{batch}.npz"
        if not file.is_file():
            numbers = range(batch * BATCH, (batch + 1) * BATCH)
            keep([lesson for number in numbers for lesson in lessons(number)], file)
            print(f"{batch * BATCH} clips", file=sys.stderr, flush=True)
    raise AssertionError


def heard_in() -> Path:
    """The folder of what was heard by this recipe."""
    return HEARD / recipe(heard=True)[:12]


def keep(heard: Sequence[Lesson], file: Path) -> None:
    """Write lessons down; the file is whole or not there."""
    nothing = np.full(next(len(each.wordings) for each in heard if each.wordings is not None), np.nan)
    rows = [each._replace(wordings=nothing if each.wordings is None else each.wordings) for each in heard]
    unfinished = file.with_suffix(".unfinished.npz")
    columns = dict(zip(Book._fields, map(np.array, zip(*rows, strict=True)), strict=True))
    np.savez(unfinished, **columns)
    unfinished.replace(file)


def opened(files: Iterable[Path]) -> Book:
    """All lessons that were kept."""
    books = [np.load(file) for file in sorted(files)]
    return Book(*(np.concatenate([book[name] for book in books]) for name in Book._fields))


def learnt(book: Book) -> dict[str, np.ndarray]:
    """Learn what sounds are from these lessons: the layers as `judge.npz` has them.

    Several nets, side by side in one, are surer than each of them.
    """
    return {name: layer for ear in EARS for name, layer in _by_ear(ear, getattr(book, ear), book.kind)}


def _by_ear(ear: str, heard: np.ndarray, kinds: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    """The layers of one ear. `heard`: of each lesson its cuts, a row each."""
    cuts = heard.shape[1]
    sounds = heard.astype(np.float32).reshape(len(kinds) * cuts, -1)
    scale = scaling(ear, sounds)
    given = (sounds - scale[f"{ear}_mean"]) / scale[f"{ear}_scale"]
    nets = [_net(given, np.repeat(kinds, cuts), seed) for seed in range(data()["learning"]["nets"])]
    yield from scale.items()
    for name, layer in (
        (f"{ear}_weights", np.hstack([net.coefs_[0] for net in nets])),
        (f"{ear}_bias", np.hstack([net.intercepts_[0] for net in nets])),
        (f"{ear}_hidden_weights", np.vstack([net.coefs_[1] for net in nets]) / len(nets)),
        (f"{ear}_hidden_bias", np.mean([net.intercepts_[1] for net in nets], axis=0)),
    ):
        yield name, layer.astype(np.float16)


def _net(given: np.ndarray, kinds: np.ndarray, seed: int) -> MLPClassifier:
    how = data()["learning"]
    net = MLPClassifier(
        (how["hidden"],), alpha=how["decay"], max_iter=how["rounds"], learning_rate_init=how["rate"],
        batch_size=how["batch"], random_state=seed,
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # it is stopped early on purpose
        return net.fit(given, kinds)


def joined(known: dict[str, np.ndarray], by_sound: np.ndarray, book: Book) -> dict[str, np.ndarray]:
    """The last layer besides; `by_sound`: what judges that did not know a voice made of its sound."""
    worded = ~np.isnan(book.wordings[:, 0])
    given = np.hstack([by_sound, book.wordings])[worded]
    scale = scaling("all", given)
    last = LogisticRegression(C=data()["learning"]["inverse_decay"], max_iter=1000)
    last.fit((given - scale["all_mean"]) / scale["all_scale"], book.kind[worded])
    weights = {"all_weights": last.coef_.T.astype(np.float32), "all_bias": last.intercept_.astype(np.float32)}
    return {**known, **scale, **weights}


def scaling(name: str, given: np.ndarray) -> dict[str, np.ndarray]:
    """The mean and the spread of each number, under the names that the judge looks for."""
    spread = given.std(0) + 1e-6
    return {f"{name}_mean": given.mean(0).astype(np.float32), f"{name}_scale": spread.astype(np.float32)}


def by_sound(known: dict[str, np.ndarray], book: Book) -> np.ndarray:
    """Tell what a judge makes of the sound of each lesson."""
    judge = Judge(known)
    heard = [getattr(book, ear).astype(np.float32) for ear in EARS]
    return np.array([judge.by_sound(dict(zip(EARS, cuts, strict=True))) for cuts in zip(*heard, strict=True)])


def unknown(book: Book) -> np.ndarray:
    """Tell what is made of the sound of each lesson by a judge that knows none of its family's voices."""
    found = np.zeros((len(book.kind), len(EARS) * (len(ANSWERS) + 1)))
    for family in np.unique(book.family):
        out = book.family == family
        found[out] = by_sound(learnt(book.only(~out)), book.only(out))
    return found


def chances(book: Book, sound: np.ndarray) -> np.ndarray:
    """The chances of each lesson that has wordings, from a judge that knows none of its family's voices."""
    found = np.full((len(book.kind), len(ANSWERS) + 1), np.nan)
    for family in np.unique(book.family):
        out = (book.family == family) & ~np.isnan(book.wordings[:, 0])
        judge = Judge(joined({}, sound[~(book.family == family)], book.only(book.family != family)))
        found[out] = [judge.joined(*row) for row in zip(sound[out], book.wordings[out], strict=True)]
    return found


def table(book: Book, found: np.ndarray) -> Iterator[str]:
    """How many answers are taken where some share of other talk is let through, and of their opposites."""
    worded = ~np.isnan(found[:, 0])
    quiet = (book.room == "clean") | ((book.room == "noise") & (book.noise >= QUIET))
    loud = (book.room == "noise") & (book.noise < LOUD)
    nothing = worded & (book.kind == len(ANSWERS))
    yield f"{worded.sum()} lessons with wordings, {nothing.sum()} of them no answers"
    for at, name in enumerate(ANSWERS):
        chance = found[:, at]
        none = np.sort(chance[nothing])[::-1]
        opposite = np.sort(chance[worded & (book.kind != at) & (book.kind < len(ANSWERS))])[::-1]
        for share in FALSE:
            limit = none[int(share * len(none))]
            taken = [
                f"{(chance[worded & (book.kind == at) & rows] > limit).mean():.3f}"
                for rows in (np.ones_like(worded), quiet, loud)
            ]
            yield (
                f"{name}: {share:.1%} wrongly at {limit:.3f}: all, quiet, loud {' '.join(taken)}; "
                f"other answers {(opposite > limit).sum()}, at most {opposite[0]:.3f}"
            )


def main(argv: list[str]) -> int:
    """Hear for some minutes, learn from all that was heard, and write `judge.npz`."""
    parser = argparse.ArgumentParser(prog="python -m tools learn_answers", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60, help="hear for so long (default: %(default)s)")
    parser.add_argument("--dry", action="store_true", help="say how it does, and write nothing")
    given = parser.parse_args(argv)
    try:
        flite_version()
    except NoVoiceError as missing:
        print(missing, file=sys.stderr)
        return 1
    fetch_styles()
    talks()
    programme()
    with cores() as pool:
        list(pool.map(partial(hear, until=time() + 60 * given.minutes), range(parts())))
    book = opened(heard_in().glob("*[0-9].npz"))
    sound = unknown(book)
    print("\n".join(table(book, chances(book, sound))))
    if not given.dry:
        known = joined(learnt(book), sound, book)
        np.savez_compressed(FILE, recipe=np.array(recipe()), lessons=np.array(len(book.kind)), **known)
    return 0
