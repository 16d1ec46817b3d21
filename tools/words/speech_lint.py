"""Checks of the spoken words of a locale. Each check yields one sentence per problem."""

from __future__ import annotations

import string
from collections.abc import Iterator, Sequence
from pathlib import Path

from crampguide.learning import load_learning
from crampguide.relief import load_relief
from crampguide.speech import Catalogue, catalogue_for, rules
from crampguide.triage import Protocol, load_protocol
from tools.words import learning_lint, numbers, relief_lint, sayable
from tools.words.budgets import LONGEST_TURN, budget_of
from tools.words.speech_files import incomplete, read_all

SPEECH = Path(__file__).parents[2] / "lambda" / "crampguide" / "speech"

ASKING = frozenset({"ask", "reprompt", "question", "reword", "recheck", "confirm_no", "newness"})
"""Groups whose lines ask; no other line holds a question mark."""
ABOVE = ("acknowledge.", "help.question", "fallback.again", "fallback.options")
"""Lines that may stand above any question."""
PLACEHOLDERS = frozenset(
    {
        "emergency",
        "emergency_department",
        "doctor",
        "advice_line",
        "urgent_place",
        "crisis_line",
        "signs",
        "sources",
        "count",
        "number",
        "pause",
    }
)
OF_A_GROUP = {"card": frozenset({"when"}), "screen": frozenset({"total", "name"})}
"""Placeholders that only lines of one group have."""


def locales() -> list[str]:
    """Every locale with a file of its own, such as ``en-GB``."""
    return sorted(path.stem for path in SPEECH.glob("*/regions/*-*.toml"))


def languages() -> list[str]:
    """Every language that has a locale."""
    return sorted({locale.partition("-")[0] for locale in locales()})


def longest(language: str) -> Catalogue:
    """Phrasings of each line where they take longest: what keeps to a budget in them does so in each locale.

    The locale that it bears is one of them.
    """
    catalogues = [catalogue_for(locale) for locale in locales() if locale.startswith(f"{language}-")]
    keys = sorted({key for catalogue in catalogues for key in catalogue.lines})
    told = {key: [each.lines[key] for each in catalogues if each.has(key)] for key in keys}
    first = catalogues[0]

    def length(phrasings: Sequence[str]) -> float:
        return max(map(first.seconds, phrasings))

    return Catalogue(first.locale, {key: max(said, key=length) for key, said in told.items()})


def problems() -> list[str]:
    """Every problem of every locale. While a line is missing that is all, for the rest is held against it."""
    found = [
        *sayable.problems(),
        *incomplete(read_all(SPEECH), rules(), sayable.keys()),
        *numbers.problems(SPEECH),
    ]
    if found:
        return found
    protocol = load_protocol()
    for locale in locales():
        catalogue = catalogue_for(locale)
        checks = (
            shapes(catalogue),
            lengths(catalogue, protocol),
            relief_lint.problems(catalogue, load_relief()),
            learning_lint.problems(catalogue, load_learning()),
        )
        found += [f"{locale}: {problem}" for check in checks for problem in check]
    return found


def shapes(catalogue: Catalogue) -> Iterator[str]:
    """Question marks, placeholders, markup, and phrasings that are the same."""
    for key, phrasings in catalogue.lines.items():
        group = key.partition(".")[0]
        asks, known = group in ASKING, PLACEHOLDERS | OF_A_GROUP.get(group, frozenset())
        if len(set(phrasings)) < len(phrasings):
            yield f"{key} has the same phrasing twice"
        for text in phrasings:
            if asks and not (text.endswith("?") and text.count("?") == 1):
                yield f"{key} must be one question and end in a question mark"
            if not asks and "?" in text:
                yield f"{key} asks, but is not a question's line"
            yield from (f"{key} {problem}" for problem in _placeholders(text, known))
            if set("<>&") & set(text):
                yield f"{key} holds markup; words only"


def _placeholders(text: str, known: frozenset[str]) -> Iterator[str]:
    try:
        names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError as broken:
        yield f"has braces that are no placeholder: {broken}"
        return
    yield from (f"has the unknown placeholder {{{name}}}" for name in sorted(names - known))


def lengths(catalogue: Catalogue, protocol: Protocol) -> Iterator[str]:
    """Lines over budget: a question by itself, and beneath whatever may be said above it."""
    seconds, most = catalogue.seconds, budget_of(catalogue).longest_question
    above = max(
        seconds(text)
        for key, phrasings in catalogue.lines.items()
        if key.startswith(ABOVE) and "{" not in "".join(phrasings)
        for text in phrasings
    )
    for id_ in protocol.questions:
        asked = catalogue.say(f"question.{id_}")
        if len(asked.split()) > most:
            yield f"question.{id_} has {len(asked.split())} words, more than {most}"
        for group in ("why", "meaning"):
            said = catalogue.say(f"{group}.{id_}") if catalogue.has(f"{group}.{id_}") else ""
            if seconds(said) + seconds(asked) > LONGEST_TURN:
                yield f"{group}.{id_} and its question take {seconds(said) + seconds(asked):.1f} seconds"
        for group in ("question", "reword", "recheck", "confirm_no"):
            text = catalogue.say(f"{group}.{id_}") if catalogue.has(f"{group}.{id_}") else ""
            if above + seconds(text) > LONGEST_TURN:
                took = above + seconds(text)
                yield f"{group}.{id_} takes {took:.1f} seconds with the longest line above it"
