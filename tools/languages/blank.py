"""Files of a language with every text left out, for somebody who speaks another one to fill in."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterator, Mapping
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SHOWN = 3
"""How many wordings of the pattern stand above a blank, so that what is meant is seen."""

Path = tuple[str, ...]


def blanks(
    tables: Mapping[str, Any], apart: Container[str] = (), within: Path = ()
) -> Iterator[tuple[Path, Any]]:
    """Every text or list of texts, with the keys that lead to it, but for the tables named in ``apart``."""
    for key, value in tables.items():
        if key in apart:
            continue
        if isinstance(value, Mapping):
            yield from blanks(value, apart, (*within, key))
        elif _is_text(value):
            yield (*within, key), value


def blank(tables: Mapping[str, Any], apart: Container[str] = (), kept: Container[str] = ()) -> str:
    """The same tables as TOML, each text blank beneath a comment that holds it; those in ``kept`` stay."""
    return "\n".join(_table(tables, (), apart, kept)).strip() + "\n"


def is_blank(value: object) -> bool:
    """True for what nobody has filled in."""
    if isinstance(value, list):
        return all(map(is_blank, value))
    return isinstance(value, str) and not value.strip()


def at(tables: Mapping[str, Any], path: Path) -> object:
    """The value to which the keys lead; blank where there is none."""
    found: object = tables
    for key in path:
        found = found.get(key, "") if isinstance(found, Mapping) else ""
    return found


def _is_text(value: object) -> bool:
    return not is_blank(value) and (
        isinstance(value, str) or (isinstance(value, list) and all(isinstance(each, str) for each in value))
    )


def _table(
    tables: Mapping[str, Any], path: Path, apart: Container[str], kept: Container[str]
) -> Iterator[str]:
    plain = {key: value for key, value in tables.items() if not isinstance(value, Mapping)}
    inner = {key: value for key, value in tables.items() if isinstance(value, Mapping) and key not in apart}
    if path and (plain or not inner):
        yield f"\n[{'.'.join(map(_key, path))}]"
    for key, value in plain.items():
        if _is_text(value):
            said = [value] if isinstance(value, str) else value[:_SHOWN]
            yield from (f"# {text}" for text in said)
            yield f"{_key(key)} = {'[]' if isinstance(value, list) else json.dumps('')}"
        else:
            yield f"{_key(key)} = {_value(value)}"
    for key, value in inner.items():
        if key in kept:
            yield from (f"{_key(key)}.{_key(name)} = {_value(held)}" for name, held in value.items())
    for key, value in inner.items():
        if key not in kept:
            yield from _table(value, (*path, key), apart, kept)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else json.dumps(key, ensure_ascii=False)


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_key(key)} = {_value(held)}' for key, held in value.items())} }}"
    return json.dumps(value, ensure_ascii=False)
