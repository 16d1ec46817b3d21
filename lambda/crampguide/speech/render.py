"""Puts lines into the words of a locale, and those into SSML with a reprompt in other words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from crampguide.speech.catalogue import Catalogue
from crampguide.speech.line import Line, Worded
from crampguide.speech.spoken import Pace, to_ssml

_OTHER_WORDS = {
    "question": "reword.{}",
    "recheck": "reword.{}",
    "confirm_no": "question.{}",
    "reword": "question.{}",
    "ask": "reprompt.{}",
    "newness": "newness.reword",
}
_NAMES = {
    "source.lead": "source.{}",
    "recap.no_to_all": "denied.{}",
    "recap.no_to_others": "denied.{}",
}
"""The lines whose names come from elsewhere; in any other line they are signs."""
_SIGN = "sign.{}"


def words(catalogue: Catalogue, line: Line, number: int) -> str:
    """The plain words of one line, ``number`` choosing among phrasings.

    Raises KeyError where some of them are missing.
    """
    names = _listed(catalogue, [catalogue.say(key) for key in _names(line)])
    count = _in_words(catalogue, line.number)
    return catalogue.say(line.key, number, signs=names, sources=names, count=str(line.number), number=count)


def reprompt(
    catalogue: Catalogue, ask: Line, chosen: str | None, number: int, missing: Callable[[KeyError], object]
) -> str:
    """The question in other words, or those of the key ``chosen``; where they are missing, in the same.

    ``missing`` is told what was.
    """
    kind, _, id_ = ask.key.partition(".")
    try:
        return words(catalogue, Line(chosen or _OTHER_WORDS[kind].format(id_), ask.names), number)
    except KeyError as lacking:
        missing(lacking)
        return words(catalogue, ask, number)


def ssml(worded: Iterable[Worded], pace: Pace) -> str:
    """All lines as the content of one ``<speak>`` element."""
    return to_ssml(" ".join(each.text for each in worded), pace)


def _in_words(catalogue: Catalogue, number: int) -> str:
    """A small number as a word; a large one, and any where the words are missing, in digits."""
    known = catalogue.lines.get("number.words", ())
    return known[number] if number < len(known) else str(number)


def _names(line: Line) -> list[str]:
    return [_NAMES.get(line.key, _SIGN).format(name) for name in line.names]


def _listed(catalogue: Catalogue, names: list[str]) -> str:
    *first, last = names or [""]
    return f"{', '.join(first)} {catalogue.say('recap.and')} {last}" if first else last
