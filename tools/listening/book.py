"""Write down the sentences that are always said alike, which the voice of `make speak` makes beforehand."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from crampguide.speech import catalogue_for
from crampguide.speech.spoken import to_ssml
from simulator.speaker.book import book_file
from simulator.speaker.house import MODEL
from simulator.speaker.spoken import Words, parts
from tools.listening.prompts_heard import data

LOCALES = ("en-US", "en-GB")


def sentences(locale: str) -> list[str]:
    """Everything that is spoken and always the same in a locale, what everybody hears first.

    What is filled in with somebody's own answers is left out.
    """
    catalogue = catalogue_for(locale)
    found: dict[str, None] = {}
    for key in sorted(catalogue.lines, key=_when_wanted):
        for turn in range(len(catalogue.lines[key])):
            try:
                line = catalogue.say(key, turn)
            except KeyError:
                continue
            said = parts(f"<speak>{to_ssml(line)}</speak>") if _is_spoken(key) else ()
            found.update((part.text, None) for part in said if isinstance(part, Words))
    return list(found)


def _is_spoken(key: str) -> bool:
    return key.partition(".")[0] not in data()["groups_not_spoken"]


def _when_wanted(key: str) -> int:
    order: list[str] = data()["wanted_first"]
    group = key.partition(".")[0]
    return order.index(group) if group in order else len(order)


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
