"""Measures a reader on the rows that it has not learned from, and writes docs/understanding.md."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from crampguide.reviewed import DataError
from crampguide.understand import Kind, Reader, Reading, Stance
from crampguide.understand.reader import SOME_WANT
from tools.understand.rows import NONE, Row, warnings

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "understanding.md"
ORDINARY, PUBLIC = "ordinary", "public"
_MARK = "<!-- {}: learned from {} -->"


class TrainingError(DataError):
    """The rows cannot be learned from; the message says why."""

    def __init__(self, problem: str) -> None:
        super().__init__([problem])


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of a reader on rows that it has not learned from; shares are from 0 to 1."""

    signs: int
    recognised: float
    one_ask: float
    two_asks: float
    wrong: int
    """Another sign than the one that was meant counted as said."""
    others: int
    asked: float
    """Of what is no sign: asked about or recognised."""
    denied: tuple[int, int]
    past: tuple[int, int]
    question: tuple[int, int]
    somebody: tuple[int, int]
    """Spoken of in such a way: how many counted as said, of how many."""
    cries: tuple[int, int]
    """How many cries for help were heard, of how many."""
    wants: tuple[int, int]
    """How many wants were met with what they ask for, of how many."""
    wants_mistaken: int
    """Met with what another one asks for."""
    signs_as_wants: int
    """Sentences that report a warning sign, and were met as a want."""


def measure(rows: Sequence[Row], reader: Reader) -> Figures:
    """The figures of a reader on rows."""
    read = [(row, reader.read(row.said)) for row in rows]
    read = [(row, reading) for row, reading in read if not reading.exact]
    reported = [pair for pair in read if pair[0].stance == "reported" and pair[0].label in warnings()]
    other = [pair for pair in read if pair[0].stance == NONE and (pair[0].label == NONE or pair[0].want)]
    cries = [pair for pair in read if pair[0].stance == NONE and pair[0].label != NONE and not pair[0].want]
    wants = [pair for pair in read if pair[0].want]
    return Figures(
        signs=len(reported),
        recognised=_share(
            reported, lambda row, found: found.kind is Kind.RECOGNISED and _meant(row, found.signs)
        ),
        one_ask=_share(reported, lambda row, found: _meant(row, found.signs[:1])),
        two_asks=_share(reported, lambda row, found: _meant(row, found.signs)),
        wrong=sum(found.kind is Kind.RECOGNISED and not _meant(row, found.signs) for row, found in reported),
        others=len(other),
        asked=_share(other, lambda _, found: found.kind is not Kind.NOTHING),
        cries=(sum(found.cry == row.label for row, found in cries), len(cries)),
        wants=(sum(found.want == row.label for row, found in wants), len(wants)),
        wants_mistaken=sum(found.want not in {row.label, SOME_WANT, None} for row, found in wants),
        signs_as_wants=sum(found.want is not None for _, found in reported),
        **{
            stance: _counted([pair for pair in read if pair[0].stance == stance])
            for stance in (Stance.DENIED, Stance.PAST, Stance.QUESTION, Stance.SOMEBODY)
        },
    )


def no_sign_is_a_want(rows: Sequence[Row], reader: Reader) -> None:
    """Raises ``TrainingError`` where some row that reports a warning sign would be met as a want."""
    for row in rows:
        if row.stance == "reported" and row.label in warnings() and (want := reader.read(row.said).want):
            raise TrainingError(f"{row.said!r} reports {row.label}, and would be met as {want}")


def _meant(row: Row, signs: Sequence[str]) -> bool:
    return not {row.label, *row.also}.isdisjoint(signs)


def _share(read: Sequence[tuple[Row, Reading]], holds: Callable[[Row, Reading], bool]) -> float:
    return sum(holds(row, found) for row, found in read) / len(read) if read else 0.0


def _counted(read: Iterable[tuple[Row, Reading]]) -> tuple[int, int]:
    kinds = [found.kind for _, found in read]
    return kinds.count(Kind.RECOGNISED), len(kinds)


def is_of(language: str, fingerprint: str) -> bool:
    """True where the page holds a language's figures of what it is learned from now."""
    return PAGE.is_file() and _MARK.format(language, fingerprint) in PAGE.read_text(encoding="utf-8")


def page(language: str, fingerprint: str, rows: Sequence[Row], reader: Reader) -> str:
    """A language's figures in Markdown."""
    aside = [row for row in rows if row.aside]
    columns = [
        measure([row for row in aside if row.file == ORDINARY], reader),
        measure([row for row in aside if row.file == PUBLIC], reader),
        measure([row for row in aside if row.file not in {ORDINARY, PUBLIC}], reader),
        measure(aside, reader),
    ]
    lines = [
        _MARK.format(language, fingerprint),
        "",
        "# Understanding people's own words",
        "",
        _TEXT.format(own=sum(row.own for row in rows), rows=len(rows), asked=reader.rules.asks),
        "",
        f"## Figures: {language}",
        "",
        "| | ordinary words | as the public puts it | far from what is learned | all together |",
        "|---|---|---|---|---|",
        *(f"| {name} | {' | '.join(map(show, columns))} |" for name, show in LINES),
        "",
        _AFTER,
    ]
    return "\n".join(lines) + "\n"


def _of(counted: tuple[int, int]) -> str:
    return "{} of {}".format(*counted) if counted[1] else "not measured"


LINES: Sequence[tuple[str, Callable[[Figures], str]]] = (
    ("sentences that report a warning sign", lambda each: str(each.signs)),
    ("recognised", lambda each: f"{each.recognised:.3f}"),
    ("recognised, or the first question is the right one", lambda each: f"{each.one_ask:.3f}"),
    ("recognised, or one of two questions is the right one", lambda each: f"{each.two_asks:.3f}"),
    ("another warning sign counted", lambda each: str(each.wrong)),
    ("signs taken for a no", lambda _: "0, by construction"),
    ("sentences that name no sign", lambda each: str(each.others)),
    ("of these asked about, or recognised", lambda each: f"{each.asked:.3f}"),
    ("denials recognised as a sign", lambda each: _of(each.denied)),
    ("past events recognised", lambda each: _of(each.past)),
    ("questions recognised", lambda each: _of(each.question)),
    ("somebody else's recognised", lambda each: _of(each.somebody)),
    ("cries for help heard", lambda each: _of(each.cries)),
    ("wants met", lambda each: _of(each.wants)),
    ("wants met with what another one asks for", lambda each: str(each.wants_mistaken)),
    ("warning signs met as a want", lambda each: str(each.signs_as_wants)),
)
"""The lines of the table."""


def shown(page_text: str, name: str) -> list[str]:
    """The cells of a line of the table."""
    found = re.search(rf"^\| {re.escape(name)} \| (.*) \|$", page_text, re.MULTILINE)
    return found.group(1).split(" | ") if found else []


_TEXT = """\
Written by `python -m tools understand`. When somebody says a warning sign in words that no reviewed phrase
holds, `crampguide.understand` reads them inside the skill, with the standard library alone. Sure: the sign
counts as said. In doubt: the likeliest {asked} warning signs are asked about. It never takes words for a no.
Words that speak of no sign may ask for something: what the guide has on it is told, else that it has nothing.

It learns from {rows:,} rows, {own:,} of them written by hand in people's own words (`tools/understand/`), the
others made of the reviewed phrases of the interaction models, and from example sentences of WordNet for what
is no sign. Two readers are joined: a linear one on words, pairs of words and pieces of words; and a small
net on vectors of single words, which come from all-MiniLM-L6-v2 (Apache-2.0) and are learned along, so that
it knows words that no row holds. What takes certainty away, as a denial does, and every threshold are
reviewed data: `lambda/crampguide/understand/<language>/rules.toml`."""

_AFTER = """\
The figures are of a reader that has learned from none of these rows; what ships has learned from them
too. *Ordinary* words are `ordinary.toml`: a sign said plainly, in words that are no reviewed phrase.
*As the public puts it* is `public.toml`: half of it plain, a third roundabout, the rest images, after
forums and patients' stories, in other words, and none of it after a row of another file. *Far* are the
groups marked `aside` in the other files: images, and what follows from a sign, of which nothing similar
was learned at first; the voices that came later were written without a look at them, and what came near
a measured row was left out. *All together* must reach what is aimed at: 0.80 recognised, 0.97 with two
questions, 0.06 asked about needlessly, no denial recognised. Where two signs are as right, both count
as right (`also`). The thresholds and the words of the veto were chosen with these figures in view, so
expect somewhat less of them in life. No row was said by a person to this skill.

A want is met where its intent and its slot are found; to what is wanted but not clear there is said to
be no answer. No row that reports a warning sign, aside or not, is met as a want by what ships: training
ends in an error where one is.

What is no sign is counted as asked about where a sign would be asked about or counted as said. Another
sign counted is strict: one as grave is another too."""
