"""What the spoken words of a locale must keep to. Each check yields one sentence per problem."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterator
from pathlib import Path

from crampguide.learning import load_learning
from crampguide.relief import load_relief
from crampguide.speech import Catalogue, catalogue_for, seconds
from crampguide.triage import Level, Protocol, load_protocol
from tools import learning_lint, relief_lint

ROOT = Path(__file__).parents[1]
SPEECH = ROOT / "lambda" / "crampguide" / "speech"
LONGEST_QUESTION = 20
"""Words."""
LONGEST_TURN = 12.0
LONGEST_PIECE = 45.0
"""Seconds: of a reply that asks a question, and of one piece of advice."""

ASKING = frozenset({"ask", "reprompt", "question", "reword", "recheck", "confirm_no", "newness"})
"""Groups whose lines ask; no other line holds a question mark."""
ABOVE = ("acknowledge.", "help.question", "fallback.again", "fallback.options")
"""Lines that may stand above any question."""
ABOUT_A_QUESTION = frozenset(
    {"question", "reword", "recheck", "confirm_no", "why", "meaning", "sign", "denied"}
)
PLACEHOLDERS = frozenset(
    {
        "emergency",
        "emergency_department",
        "doctor",
        "advice_line",
        "urgent_place",
        "signs",
        "sources",
        "count",
        "pause",
        "total",
        "when",
        "name",
    }
)
REGION = frozenset({"emergency_number", "emergency_department", "doctor", "advice_line", "urgent_place"})


def locales() -> list[str]:
    """Every locale with a file of its own, such as ``en-GB``."""
    return sorted(path.stem for path in SPEECH.glob("*-*.toml"))


def problems() -> list[str]:
    """Every problem of every locale."""
    protocol = load_protocol()
    found = []
    for locale in locales():
        catalogue = catalogue_for(locale)
        checks = (
            missing(catalogue, protocol),
            shapes(catalogue),
            lengths(catalogue, protocol),
            relief_lint.problems(catalogue, load_relief()),
            learning_lint.problems(catalogue, load_learning()),
        )
        found += [f"{locale}: {problem}" for check in checks for problem in check]
        found += regions(SPEECH / f"{locale}.toml")
    return [*found, *twice(SPEECH)]


def needed(protocol: Protocol) -> Iterator[str]:
    """The keys that a protocol needs words for."""
    for id_, question in protocol.questions.items():
        yield from (f"{group}.{id_}" for group in ("question", "reword", "why", "sign"))
        if question.recheck:
            yield f"recheck.{id_}"
        if question.confirm_no:
            yield f"confirm_no.{id_}"
        if question.gates_emergency:
            yield f"denied.{id_}"
        if question.waiting:
            yield f"waiting.{question.waiting}"
        if question.where:
            yield f"where.{question.where}"
    yield from (f"because.{id_}" for id_ in protocol.combinations)
    yield from (f"advice.{level.id}" for level in Level)
    yield from (f"pattern.{fit.id}" for fit in protocol.pattern.fits)
    yield f"pattern.{protocol.pattern.otherwise}"
    yield from (f"source.{id_}" for id_ in protocol.sources)


def missing(catalogue: Catalogue, protocol: Protocol) -> Iterator[str]:
    """Lines that the protocol needs and the catalogue lacks, and lines about unknown questions."""
    for key in needed(protocol):
        if not catalogue.has(key):
            yield f"{key} is missing"
    for key in catalogue.lines:
        group, _, id_ = key.partition(".")
        if group in ABOUT_A_QUESTION and id_ not in protocol.questions:
            yield f"{key} is about no question of the protocol"


def shapes(catalogue: Catalogue) -> Iterator[str]:
    """Question marks, placeholders, markup, and phrasings that are the same."""
    for key, phrasings in catalogue.lines.items():
        asks = key.partition(".")[0] in ASKING
        if len(set(phrasings)) < len(phrasings):
            yield f"{key} has the same phrasing twice"
        for text in phrasings:
            if asks and not (text.endswith("?") and text.count("?") == 1):
                yield f"{key} must be one question and end in a question mark"
            if not asks and "?" in text:
                yield f"{key} asks, but is not a question's line"
            for name in {
                name for _, name, _, _ in string.Formatter().parse(text) if name is not None
            } - PLACEHOLDERS:
                yield f"{key} has the unknown placeholder {{{name}}}"
            if set("<>&") & set(text):
                yield f"{key} holds markup; words only"


def lengths(catalogue: Catalogue, protocol: Protocol) -> Iterator[str]:
    """Lines over budget: a question by itself, and beneath whatever may be said above it."""
    above = max(
        seconds(text)
        for key, phrasings in catalogue.lines.items()
        if key.startswith(ABOVE) and "{" not in "".join(phrasings)
        for text in phrasings
    )
    for id_ in protocol.questions:
        asked = catalogue.say(f"question.{id_}")
        if len(asked.split()) > LONGEST_QUESTION:
            yield f"question.{id_} has {len(asked.split())} words, more than {LONGEST_QUESTION}"
        for group in ("why", "meaning"):
            said = catalogue.say(f"{group}.{id_}") if catalogue.has(f"{group}.{id_}") else ""
            if seconds(said) + seconds(asked) > LONGEST_TURN:
                yield f"{group}.{id_} and its question take {seconds(said) + seconds(asked):.1f} seconds"
        for group in ("question", "reword", "recheck", "confirm_no"):
            text = catalogue.say(f"{group}.{id_}") if catalogue.has(f"{group}.{id_}") else ""
            if above + seconds(text) > LONGEST_TURN:
                took = above + seconds(text)
                yield f"{group}.{id_} takes {took:.1f} seconds with the longest line above it"


def regions(path: Path) -> list[str]:
    """A region states all of its own names and numbers, and nothing else."""
    own = tomllib.loads(path.read_text(encoding="utf-8")).get("region", {})
    return [f"{path.name}: region.{name} is not stated" for name in sorted(REGION - own.keys())]


def twice(folder: Path) -> Iterator[str]:
    """Keys that a language states in more than one of its files, of which only one would be heard."""
    for path in sorted(folder.glob("*_*.toml")):
        language = path.stem.partition("_")[0]
        for other in sorted({*folder.glob(f"{language}.toml"), *folder.glob(f"{language}_*.toml")} - {path}):
            for key in sorted(_keys(path) & _keys(other)):
                yield f"{path.name}: {key} is stated in {other.name} too"


def _keys(path: Path) -> set[str]:
    groups = tomllib.loads(path.read_text(encoding="utf-8"))
    return {f"{group}.{key}" for group, lines in groups.items() for key in lines}
