"""Run mutmut so that tests are collected once and each change is a fork that runs those which reach it.

Started in the folder that was laid out, with the file for the outcomes, the number of processes, and patterns
of what is to be changed.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from collections import Counter
from collections.abc import Iterable
from fnmatch import fnmatch
from functools import cached_property
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from _pytest.config import _prepareconfig
from _pytest.runner import runtestprotocol
from mutmut import __main__ as command
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.runners.harness import PytestRunner
from mutmut.state import state
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import change_cwd, walk_mutatable_files
from mutmut.utils.format_utils import mangled_name_from_mutant_name
from mutmut.workers import isolation

every_change, estimate = command.collect_source_file_mutation_data, command.estimated_worst_case_time
SEEN = {"killed", "timeout", "segfault"}
"""Results that count as seen: a test failed, or never came to an end."""


class CollectedRunner(PytestRunner):  # type: ignore[misc]  # see pyproject.toml
    """Runs tests that were collected before the process forked: first the one that saw the change before."""

    @cached_property
    def items(self) -> dict[str, pytest.Item]:
        """The tests by their id; collected for the first run, in which nothing is changed."""
        with change_cwd("mutants"):
            config = _prepareconfig(
                ["--rootdir=.", *self._pytest_add_cli_args, *self._pytest_add_cli_args_test_selection]
            )
            config._do_configure()  # noqa: SLF001 - as pytest itself begins
            session = pytest.Session.from_config(config)
            config.hook.pytest_sessionstart(session=session)
            config.hook.pytest_collection(session=session)
        return {item.nodeid: item for item in session.items}

    @cached_property
    def last_failed(self) -> dict[str, Any]:
        """For each function the number of the test that saw its last change, in memory that forks share."""
        functions = ("", *state().tests_by_mangled_function_name)
        return {name: multiprocessing.Value("l", -1, lock=False) for name in functions}

    def run_forced_fail(self) -> int:
        """Fails on purpose, in a process of its own: a test that fails leaves its fixtures behind."""
        return int(isolation.run_in_fork(super().run_forced_fail))

    def run_tests(self, *, mutant_name: str | None, tests: Iterable[str]) -> int:
        """1 as soon as one of the tests fails, else 0; without any named, all of them."""
        durations, ids = state().duration_by_test, list(self.items)
        last = self.last_failed[mangled_name_from_mutant_name(mutant_name) if mutant_name else ""]
        first = ids[last.value : last.value + 1]
        ordered = [*first, *sorted({*(tests or ids)}.difference(first), key=lambda id_: durations[id_])]
        with change_cwd("mutants"):
            for id_, following in zip_longest(ordered, ordered[1:]):
                after = self.items[following] if following else None
                reports = runtestprotocol(self.items[id_], log=False, nextitem=after)
                if any(report.failed for report in reports):
                    last.value = ids.index(id_)
                    return 1
        return 0


def unseen(*, mutant_names: Iterable[str]) -> tuple[list[Any], dict[str, Any]]:
    """Changes by these names that no test has seen yet, each with its file; and all files."""
    changes, files = every_change(mutant_names=mutant_names)
    left = [each for each in changes if status_by_exit_code[each[-1]] not in SEEN]
    in_file = Counter(id(file) for file, *_ in left)
    # One file after the other, the one that is done soonest first: an interrupted run has whole files.
    order = {name: (in_file[id(file)], id(file), estimate(name)) for file, name, _ in left}
    command.estimated_worst_case_time = order.__getitem__
    return left, files


def outcomes(patterns: list[str]) -> dict[str, str | None]:
    """For each change, by its name, the change itself where no test saw it, else None.

    Of files that an interrupted run has not finished there is none.
    """
    found: dict[str, str | None] = {}
    for path in walk_mutatable_files():
        changes = SourceFileMutationData(path=path)
        changes.load()
        names = [name for name in changes.exit_code_by_key if any(fnmatch(name, each) for each in patterns)]
        if all(changes.exit_code_by_key[name] is not None for name in names):
            seen = {name: status_by_exit_code[changes.exit_code_by_key[name]] in SEEN for name in names}
            found |= {name: None if seen[name] else get_diff_for_mutant(name, path=path) for name in names}
    return found


def try_changes(argv: list[str]) -> None:
    """Run it and write the outcomes."""
    file, processes, *patterns = argv
    isolation.PytestRunner = CollectedRunner
    command.collect_source_file_mutation_data = unseen
    command.run.main(args=["--max-children", processes, *patterns], standalone_mode=False)
    Path(file).write_text(json.dumps(outcomes(patterns)), encoding="utf-8")


if __name__ == "__main__":
    try_changes(sys.argv[1:])
