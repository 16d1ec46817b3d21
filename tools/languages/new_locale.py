"""Lay out the files of a new locale, and list what they still lack; run it again to see what is left."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import Any

from simulator.files import read_toml
from tools.languages.blank import blank
from tools.languages.files import MODELS, NUMBER, Laid, laid
from tools.languages.missing import missing
from tools.words.numbers import NEEDED

ROOT = Path(__file__).parents[2]
LOCALE = re.compile(r"[a-z]{2,3}-[A-Z]{2}")
_FIRST = {
    "locales": '[{locale}]\ninvocation = ""\nfallback_sensitivity = "MEDIUM"\n',
    "words": "# Bundles of words that recur: a template says <name> for any of them.\n"
    'emergency_number = {{ {locale} = "" }}\n',
}
"""The beginning of files whose tables every language has for itself."""


def lay_out(root: Path, locale: str) -> list[str]:
    """Write every file of the locale that is not there, and return their names.

    No file that is there is changed but `locales.toml` of its language, to which the locale is added.
    """
    written = []
    for each in laid(root, locale):
        path = root / each.path
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_text(root, each, locale), encoding="utf-8")
            written.append(each.path)
    return written + _of_the_models(root, locale)


def _text(root: Path, file: Laid, locale: str) -> str:
    tables = read_toml(root / file.pattern)
    if not file.path.endswith(f"/{locale}.toml"):
        grammar: dict[str, Any] = {
            name: {} for name in file.apart if name in tables and file.path.startswith("simulator/")
        }
        return _head(file) + blank({**tables, **grammar}, () if grammar else file.apart, file.kept)
    names = {key: value for key, value in tables["region"].items() if key not in NEEDED}
    return "\n".join([_head(file) + blank({"region": names}), *(NUMBER.format(name=name) for name in NEEDED)])


def _head(file: Laid) -> str:
    return f"# Above each blank stands what {file.pattern} says: take it away when it is filled in.\n"


def _of_the_models(root: Path, locale: str) -> list[str]:
    folder, written = root / MODELS / locale.partition("-")[0], []
    for name, text in _FIRST.items():
        path = folder / f"{name}.toml"
        before = path.read_text(encoding="utf-8") if path.is_file() else ""
        if before and (name != "locales" or f"[{locale}]" in before):
            continue
        path.write_text(f"{before}\n{text.format(locale=locale)}".lstrip(), encoding="utf-8")
        written.append(path.relative_to(root).as_posix())
    return written


def main(argv: list[str], root: Path = ROOT) -> int:
    """Lay out what is not there, list what is lacking, and return 1 while anything is."""
    parser = argparse.ArgumentParser(prog="python -m tools new-locale", description=__doc__)
    parser.add_argument("locale", help="such as es-US")
    locale = parser.parse_args(argv).locale
    if not LOCALE.fullmatch(locale):
        parser.error(f"{locale!r} is no locale: a language and a country, such as es-US")
    for name in lay_out(root, locale):
        print(f"wrote {name}")
    found = missing(root, locale)
    for line in found:
        print(line, file=sys.stderr)
    print(f"{locale}: {len(found)} things are missing" if found else f"{locale}: nothing is missing")
    return int(bool(found))
