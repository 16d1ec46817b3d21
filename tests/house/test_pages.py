"""What the pages for maintainers name exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
NAMED = re.compile(
    r"`((?:lambda|tools|simulator|webservice|mcp_server)/[\w./-]+\.\w+)`(?:: ((?:`\w+`(?:, )?)+))?"
)
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")])


def test_the_way_of_a_yes_names_files_and_functions_that_exist() -> None:
    named = NAMED.findall((DOCS / "architecture.md").read_text(encoding="utf-8"))
    assert len(named) >= 20
    missing = [
        f"{file}: {name}"
        for file, names in named
        for name in re.findall(r"\w+", names) or [""]
        if not (ROOT / file).is_file() or (name and name not in defined(ROOT / file))
    ]
    assert missing == []


def defined(path: Path) -> set[str]:
    """The functions, classes and values that a module defines at its top."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    names = {node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    return names | {
        target.id
        for node in body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def test_every_decision_is_listed() -> None:
    listed = re.findall(r"\((\d{4}-[\w-]+\.md)\)", (DOCS / "adr" / "README.md").read_text(encoding="utf-8"))
    assert listed == sorted(path.name for path in (DOCS / "adr").glob("[0-9]*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"https?:|mailto:", link):
            path, _, anchor = link.partition("#")
            target = (page.parent / path).resolve() if path else page
            assert target.exists(), link
            if anchor and target.suffix == ".md":
                assert anchored(target.read_text(encoding="utf-8"), anchor), link


def anchored(text: str, anchor: str) -> bool:
    """Whether a page has this anchor: one of its own, or that of a heading."""
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    slugs = {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings}
    return f'id="{anchor}"' in text or anchor in slugs
