"""How docstrings begin: with what a thing is or does, never with a clause that needs a second reading."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("lambda", "mcp_server", "simulator", "tools", "webservice")
"""The code that is held to it."""
NEVER = ("What", "Whether", "Where")


def docstrings(source: str) -> Iterator[ast.Constant]:
    """Every text that stands as a statement: what explains a module, a class, a function or a value."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Expr(value=ast.Constant(value=str()) as text):
                yield text


def wrong(source: str) -> Iterator[int]:
    """The lines of docstrings that begin with a word of ``NEVER``."""
    for text in docstrings(source):
        if str(text.value).split(maxsplit=1)[0] in NEVER:
            yield text.lineno


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_docstring_begins_with_a_verb_or_a_noun(folder: str) -> None:
    files = {path.relative_to(ROOT).as_posix(): path for path in (ROOT / folder).rglob("*.py")}
    assert files
    found = {name: list(wrong(path.read_text(encoding="utf-8"))) for name, path in files.items()}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_a_docstring_of_a_class_a_function_and_a_value_is_looked_at() -> None:
    source = '''"""Fine."""
X = 1
"""What X is."""
class C:
  """Whether it is."""
  def f():
    """Where it is."""
'''
    assert list(wrong(source)) == [3, 5, 7]
