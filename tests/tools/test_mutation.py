"""What is made of the changes that no test saw; `make mutation` makes them, which takes hours."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.bench import mutation
from tools.bench.mutation import Survivor

ROOT = Path(__file__).parents[2]
SHOWN = """\
--- src/crampguide/triage/next_question.py
+++ src/crampguide/triage/next_question.py
@@ -1,3 +1,3 @@
 def _names(case: Case, asked: QuestionId) -> bool:
-    return any(id_ == asked and "unasked" not in fits for id_, fits in case.answers)
+    return any(id_ == asked or "unasked" not in fits for id_, fits in case.answers)
"""


@pytest.mark.parametrize("entry", mutation.harmless(), ids=lambda entry: f"{entry.where}: {entry.becomes}")
def test_a_line_that_was_judged_is_still_there(entry: Survivor) -> None:
    parts = entry.where.split(".")
    package = ROOT / "lambda" / "crampguide"
    paths = ((package.joinpath(*parts[:depth]).with_suffix(".py"), parts[depth:]) for depth in (1, 2))
    path, names = next((path, names) for path, names in paths if path.is_file())
    source = path.read_text(encoding="utf-8")
    for kind, name in zip(("class", "def")[-len(names) :], names, strict=True):
        assert f"{kind} {name}(" in source
        source = source[source.index(f"{kind} {name}(") :]
    assert " ".join(entry.line.split()) in " ".join(source.split())
    assert entry.becomes != entry.line


def test_a_change_is_known_by_its_function_and_its_lines() -> None:
    found = mutation.survivor("crampguide.triage.next_question.x__names__mutmut_4", SHOWN)
    kept = 'return any(id_ == asked and "unasked" not in fits for id_, fits in case.answers)'
    assert found == Survivor("triage.next_question._names", kept, kept.replace(" and ", " or "))
    method = mutation.survivor(
        "crampguide.triage.model.xǁQuestionǁlevel__mutmut_1", "-    a\n-    b\n+    c\n"
    )
    assert method == Survivor("triage.model.Question.level", "a b", "c")
    private = mutation.survivor("crampguide.dialogue.replies.xǁ_Speakerǁnote__mutmut_8", "-  a\n+  b\n")
    assert private == Survivor("dialogue.replies._Speaker.note", "a", "b")
    with pytest.raises(ValueError, match="no such name is not a name"):
        mutation.survivor("no such name", SHOWN)


def test_too_few_seen_unjudged_and_outdated_judgements_are_problems() -> None:
    judged = set(mutation.harmless())
    assert mutation.problems(100.0, judged) == []
    assert mutation.problems(94.9, judged) == ["only 94.9 percent were seen, of 95"]
    new = Survivor("triage.next_question.level_of", "a", "b")
    assert mutation.problems(99.0, judged | {new}) == [f"nobody judged: {new}"]
    gone = min(judged)
    assert mutation.problems(99.0, judged - {gone}) == [f"judged, but seen or gone: {gone}"]


def test_a_run_of_some_packages_asks_for_nothing_of_the_others() -> None:
    assert mutation.problems(100.0, set(), ["dialog", "triage.next"]) == []
    judged = {each for each in mutation.harmless() if each.where.startswith("triage.next_question.")}
    assert len(mutation.problems(100.0, set(), ["triage.next_question"])) == len(judged) > 0


def test_a_run_of_some_packages_keeps_the_figures_of_the_others() -> None:
    known = {"condition.py": (10, 9), "relief/plan.py": (2, 1)}
    gone = {**known, "relief/no_such_file.py": (3, 3)}
    assert mutation.written(mutation.page(gone)) == known
    assert mutation.figures({"crampguide.condition.x_a__mutmut_1": None}) == {"condition.py": (1, 1)}


def test_the_page_counts_by_file_and_gives_each_reason() -> None:
    outcomes: dict[str, str | None] = {
        f"crampguide.triage.next_question.x_a__mutmut_{each}": None for each in range(98)
    }
    outcomes |= {"crampguide.relief.plan.x_b__mutmut_1": SHOWN, "crampguide.relief.plan.x_b__mutmut_2": None}
    page = mutation.page(mutation.figures(outcomes))
    assert "| `triage/next_question.py` | 98 | 98 |" in page
    assert "| `relief/plan.py` | 2 | 1 |" in page
    assert "100 changes, 99 of them seen: 99.0 percent" in page
    for reason in mutation.harmless().values():
        assert reason in page


def test_the_page_in_the_docs_is_of_the_list_that_is_there() -> None:
    page = mutation.PAGE.read_text(encoding="utf-8")
    for entry, reason in mutation.harmless().items():
        assert f"`{entry.where}`: {reason}" in page
        assert f"- {entry.line}\n" in page
        assert f"+ {entry.becomes}\n" in page


def test_the_shipped_code_is_laid_out_as_the_runner_needs_it(tmp_path: Path) -> None:
    mutation.prepare(tmp_path / "work")
    walk = Path("crampguide") / "triage" / "next_question.py"
    shipped = (ROOT / "lambda" / walk).read_bytes()
    assert (tmp_path / "work" / "src" / walk).read_bytes() == shipped
    assert (tmp_path / "work" / "pyproject.toml").is_file()
    assert not list((tmp_path / "work").rglob("__pycache__"))
    found = tmp_path / "work" / "mutants" / "found"
    found.mkdir(parents=True)
    stale, noted = (tmp_path / "work" / "mutants" / "src" / name for name in ("rules.toml", "flow.py.meta"))
    for each in (stale, noted, tmp_path / "work" / "src" / "gone.toml"):
        each.parent.mkdir(exist_ok=True)
        each.touch()
    mutation.prepare(tmp_path / "work", resume=True)
    assert (found.is_dir(), noted.is_file(), stale.exists()) == (True, True, False)
    assert not (tmp_path / "work" / "src" / "gone.toml").exists()
    mutation.prepare(tmp_path / "work")
    assert not found.exists()
