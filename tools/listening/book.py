"""Write down the sentences that the voice of `make speak` makes beforehand."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from crampguide.speech import Catalogue, Line, catalogue_for, words
from crampguide.speech.spoken import to_ssml
from simulator.speaker.book import book_file
from simulator.speaker.house import MODEL
from simulator.speaker.settings import settings
from simulator.speaker.spoken import Words, parts
from tools.listening.prompts_heard import data

LOCALES = ("en-US", "en-GB")


def sentences(locale: str) -> list[str]:
    """Everything that may be spoken in a locale, what everybody hears first.

    What names a sign or a number stands here with each of them, whatever anybody has answered. What names
    several is left out, but for the recap that names all.
    """
    catalogue = catalogue_for(locale)
    keys = sorted(catalogue.lines, key=_when_wanted)
    lines = [to_ssml(said) for key in keys if _is_spoken(key) for said in _ways(catalogue, key)]
    asked = [question for question in settings().answers.about.values() if "{" not in question]
    spoken = (part for line in (lines[0], *asked, *lines) for part in parts(f"<speak>{line}</speak>"))
    return list(dict.fromkeys(part.text for part in spoken if isinstance(part, Words)))


def _ways(catalogue: Catalogue, key: str) -> Iterator[str]:
    """A line as it may be said, in each phrasing."""
    for turn, phrase in enumerate(catalogue.lines[key]):
        for line in _filled(catalogue, key, phrase):
            with suppress(KeyError):
                yield words(catalogue, line, turn)


def _filled(catalogue: Catalogue, key: str, phrase: str) -> Iterator[Line]:
    """A line with each sign that it may name, or each number; what names all of a kind, with all of them."""
    if kind := data()["names_all"].get(key):
        yield Line(key, tuple(_named(catalogue, kind)))
    elif "{signs}" in phrase or "{sources}" in phrase:
        names = _named(catalogue, "sign" if "{signs}" in phrase else "source")
        yield from (Line(key, (name,)) for name in names)
    elif "{count}" in phrase or "{number}" in phrase:
        yield from (Line(key, number=number) for number in range(1, data()["numbers_up_to"] + 1))
    else:
        yield Line(key)


def _named(catalogue: Catalogue, kind: str) -> list[str]:
    """The ids of all that has a name of this kind."""
    groups = (key.partition(".") for key in catalogue.lines)
    return [id_ for group, _, id_ in groups if group == kind]


def _is_spoken(key: str) -> bool:
    group, told = key.partition(".")[0], data()
    alone = group not in told["inside"] or key in told["sentences"]
    return alone and group not in told["groups_not_spoken"]


def _when_wanted(key: str) -> int:
    order: list[str] = data()["wanted_first"]
    named = [name for name in (key, key.partition(".")[0]) if name in order]
    return order.index(named[0]) if named else len(order)


def write(folder: Path) -> None:
    """The book of each locale, in the folder of what the speaker needs."""
    for locale in LOCALES:
        book_file(locale, folder).write_text(json.dumps(sentences(locale)), encoding="utf-8")


def main(argv: list[str]) -> int:
    """Write the books; 2 where something is asked that it cannot do."""
    if argv:
        print("usage: python -m tools book", file=sys.stderr)
        return 2
    write(MODEL)
    return 0
