"""Sentences as people say them, each with what must come of it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from crampguide.understand import Kind, reader

SENTENCES = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text(encoding="utf-8"))["sentence"]


@pytest.mark.parametrize("wanted", SENTENCES, ids=[each["said"] for each in SENTENCES])
def test_what_comes_of_it(wanted: dict[str, Any]) -> None:
    found = reader("en").read(wanted["said"])
    kind, sign = wanted.get("kind"), wanted.get("sign")
    if kind == "said":
        assert found.kind is not Kind.NOTHING
        assert sign in found.signs
    elif kind:
        assert found.kind == kind
        assert found.signs == ((sign,) if sign else ())
    if wanted.get("never"):
        assert found.kind is not Kind.RECOGNISED
    if "stance" in wanted:
        assert found.stance == wanted["stance"]
        assert sign is None or found.topic == sign
    assert found.cry == wanted.get("cry")
