"""Everything that a locale still lacks, each with its file and key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from crampguide.condition import Level
from simulator.files import read_json, read_toml
from tools.languages.blank import at, blanks, is_blank
from tools.languages.files import MODELS, SPEECH, Laid, laid
from tools.words import numbers

WORDS_OF_A_LANGUAGE = ("denying", "not_in_an_invocation_name")
READER = "tools/understand/{}/frames.toml"
NO_READER = "is missing; until it is there, only listed phrases are understood"
TEXTS = "name, summary, description, examplePhrases, keywords and icons"


def missing(root: Path, locale: str) -> list[str]:
    """A line for each thing that is lacking; the model is asked for once what it is made of is whole."""
    language = locale.partition("-")[0]
    found = [line for each in laid(root, locale) for line in _of_file(root, each)]
    found += _numbers(root, language, locale)
    found += _of_the_models(root, language, locale)
    if not found and not (root / MODELS / f"{locale}.json").is_file():
        found.append(f"{MODELS}/{locale}.json: is missing; `python -m tools models` writes it")
    found += _of_the_store(root, locale)
    found += _conversations(root, locale)
    found += _reader(root, language, locale)
    return list(dict.fromkeys(found))


def _of_file(root: Path, file: Laid) -> Iterator[str]:
    path = root / file.path
    if not path.is_file():
        yield f"{file.path}: is missing; `python -m tools new-locale` lays it out"
        return
    given, pattern = read_toml(path), read_toml(root / file.pattern)
    for keys, _ in blanks(pattern, (*file.apart, *file.kept)):
        if keys[0] == "region":
            keys = keys[:2]  # noqa: PLW2901 - a name of the region, in whatever form it is stated
        if is_blank(at(given, keys)):
            yield f"{file.path}: {'.'.join(keys)} is blank"


def _numbers(root: Path, language: str, locale: str) -> Iterator[str]:
    place = f"{language}/regions/{locale}.toml"
    if (root / SPEECH / place).is_file():
        yield from (f"{SPEECH}/{each}" for each in numbers.problems(root / SPEECH) if each.startswith(place))


def _of_the_models(root: Path, language: str, locale: str) -> Iterator[str]:
    name = f"{MODELS}/{language}/locales.toml"
    locales = read_toml(root / name) if (root / name).is_file() else {}
    if is_blank(at(locales, (locale, "invocation"))):
        yield f"{name}: {locale}.invocation is blank"
    words = f"{MODELS}/{language}/words.toml"
    if not (root / words).is_file():
        yield f"{words}: is missing; `python -m tools new-locale` lays it out"
    else:
        for bundle, said in read_toml(root / words).items():
            if bundle.endswith("_number") and is_blank(at({bundle: said}, (bundle, locale))):
                yield f"{words}: {bundle}.{locale} is blank"
    rules = read_toml(root / MODELS / "rules.toml")
    for table in WORDS_OF_A_LANGUAGE:
        if is_blank(at(rules, (table, language))):
            yield f"{MODELS}/rules.toml: {table}.{language} is missing"
    if not at(read_toml(root / SPEECH / "rules.toml"), ("budget", language)):
        yield f"{SPEECH}/rules.toml: budget.{language} is missing"


def _reader(root: Path, language: str, locale: str) -> Iterator[str]:
    name = READER.format(language)
    if not (root / name).is_file():
        yield f"{name}: {NO_READER}"
    elif locale not in read_toml(root / name)["models"]:
        yield f"{name}: models: {locale} is missing; then `make understand` learns its phrases"


def _of_the_store(root: Path, locale: str) -> Iterator[str]:
    store = read_json(root / "skill.json")["manifest"]["publishingInformation"]
    if locale not in store["locales"]:
        yield f"skill.json: locales.{locale} is missing: {TEXTS}"
    country = locale.partition("-")[2]
    if country not in store["distributionCountries"]:
        yield f"skill.json: distributionCountries: {country} is missing"


def _conversations(root: Path, locale: str) -> Iterator[str]:
    folder = f"tests/conversations/{locale}"
    told = json.dumps([read_toml(path) for path in sorted((root / folder).glob("*.toml"))])
    for level in Level:
        if f'"level": "{level.id}"' not in told:
            yield f"{folder}: no conversation comes to {level.id}"
