"""Checks that the files of the spoken words state each line that can be said, once, and no other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from crampguide.speech.catalogue import File, read_file
from crampguide.speech.model import Rules

ELSEWHERE = "elsewhere"
"""The region's file for a locale that has none of its own."""
MAY_BE_SILENT = frozenset({"meaning"})
"""Groups of which a line may have no words: the reply that asks for one does without it."""
_RULES = "rules"
_REGIONS, _WORDINGS = "regions", "wordings"
_REGION = "region."

Lines = Mapping[str, Sequence[str]]
Files = Mapping[str, File]
"""The content of each file, by its path without the ending: ``en/tips``, ``en/regions/en-GB``."""


def read_all(folder: Path) -> dict[str, File]:
    """The content of every file in the languages' folders; raises ``DataError`` for one that is broken."""
    places = ("*", f"*/{_REGIONS}", f"*/{_WORDINGS}")
    files = sorted(path for place in places for path in folder.glob(f"{place}/*.toml"))
    return {path.relative_to(folder).with_suffix("").as_posix(): read_file(path) for path in files}


def incomplete(files: Files, given: Rules, wanted: frozenset[str]) -> Iterator[str]:
    """Lines that are missing, stated twice or said by nobody, each with its file first.

    ``given`` are the rules of ``rules.toml``, ``wanted`` the keys of all lines that can be asked for.
    """
    wrong = [*_wrong_rules(files, given, wanted), *_wrong_wordings(files)]
    yield from wrong
    if wrong:
        return
    yield from _wrong_budgets(files, given)
    words = frozenset(key for key in wanted if not key.startswith(_REGION))
    languages = _languages(files)
    if not languages:
        yield "speech: there is no language"
    for language in languages:
        silent = frozenset(_joined(given.silent.get(language, {})))
        own = {
            name: file.lines for name, file in files.items() if PurePosixPath(name).parent.name == language
        }
        yield from _language(own, words, silent)
        stated = frozenset(key for lines in own.values() for key in lines)
        for region in sorted({*_inside(files, language, _REGIONS), ELSEWHERE}):
            name = f"{language}/{_REGIONS}/{region}"
            lines = files[name].lines if name in files else {}
            yield from _region(name, lines, stated, wanted - words, given.reworded.get(region, ()))
        for wording in _inside(files, language, _WORDINGS):
            name = f"{language}/{_WORDINGS}/{wording}"
            yield from _region(name, files[name].lines, stated, frozenset(), given.reworded.get(wording, ()))


def _languages(files: Files) -> list[str]:
    return sorted({name.partition("/")[0] for name in files})


def _inside(files: Files, language: str, folder: str) -> list[str]:
    return [PurePosixPath(name).name for name in files if name.startswith(f"{language}/{folder}/")]


def _wrong_wordings(files: Files) -> Iterator[str]:
    """Wordings that are not there or that nobody shares, and what may not be shared: names and numbers."""
    used = set()
    for name, file in files.items():
        home = PurePosixPath(name).parent.parent / _WORDINGS
        shared = [f"{home}/{wording}" for wording in file.like]
        used.update(shared)
        yield from (f"{name}.toml: like: there is no {each}.toml" for each in shared if each not in files)
    for name in files:
        if PurePosixPath(name).parent.name != _WORDINGS:
            continue
        if name not in used:
            yield f"{name}.toml: no region is like this"
        for key in files[name].lines:
            if key.startswith(_REGION):
                yield f"{name}.toml: {key} is stated by each region, and never shared"


def _language(own: Mapping[str, Lines], words: frozenset[str], silent: frozenset[str]) -> Iterator[str]:
    stated: dict[str, str] = {}
    for name, lines in own.items():
        for key in lines:
            if (first := stated.setdefault(key, name)) != name:
                yield f"{name}.toml: {key} is stated in {first}.toml too"
            if key not in words:
                yield f"{name}.toml: {key} is said by nobody"
            if key in silent:
                yield f"{name}.toml: {key} has words, but {_RULES}.toml says that it is silent"
    for key in sorted(words - stated.keys() - silent):
        group = key.rpartition(".")[0]
        homes = [name for name, lines in own.items() if any(each.startswith(f"{group}.") for each in lines)]
        yield f"{' or '.join(f'{name}.toml' for name in homes or own)}: {key} is missing"


def _region(
    name: str, own: Lines, stated: frozenset[str], named: frozenset[str], reworded: Sequence[str]
) -> Iterator[str]:
    """Problems of a region, which states all its names and numbers and the lines that it words otherwise.

    A wording that regions share has no names and numbers.
    """
    for key in sorted(named - own.keys()):
        yield f"{name}.toml: {key} is missing"
    for key in sorted(set(reworded) - own.keys()):
        yield f"{name}.toml: {key} is missing, and {_RULES}.toml says that it is worded otherwise there"
    for key in sorted(own.keys() - named):
        if key not in stated:
            yield f"{name}.toml: {key} is said by nobody"
        elif key not in reworded:
            yield f"{name}.toml: {key} is not among the lines that {_RULES}.toml says are worded otherwise"


def _wrong_rules(files: Files, given: Rules, wanted: frozenset[str]) -> Iterator[str]:
    groups = {key.partition(".")[0] for key in wanted}
    for key in sorted(given.brief - wanted):
        yield f"{_RULES}.toml: brief: {key} is said by nobody"
    for group in sorted(given.logged - groups):
        yield f"{_RULES}.toml: logged: there is no group {group}"
    languages = _languages(files)
    for language, lines in given.silent.items():
        if language not in languages:
            yield f"{_RULES}.toml: silent: {language} is no language"
        for group in sorted(lines.keys() - MAY_BE_SILENT):
            yield f"{_RULES}.toml: silent.{language}: a line of {group} may not be silent"
        for key in sorted(set(_joined(lines)) - wanted):
            yield f"{_RULES}.toml: silent.{language}: {key} is asked for by nobody"
    places = {
        name
        for each in languages
        for folder in (_REGIONS, _WORDINGS)
        for name in _inside(files, each, folder)
    }
    for place in sorted(given.reworded.keys() - places):
        yield f"{_RULES}.toml: reworded: {place} is no region, and no wording"


def _wrong_budgets(files: Files, given: Rules) -> Iterator[str]:
    for language in sorted({*_languages(files)} - given.budget.keys()):
        yield f"{_RULES}.toml: budget.{language} is missing"
    for language in sorted(given.budget.keys() - {*_languages(files)}):
        yield f"{_RULES}.toml: budget: {language} is no language"


def _joined(groups: Mapping[str, Sequence[str]]) -> Iterator[str]:
    return (f"{group}.{name}" for group, names in groups.items() for name in names)
