"""What all tests share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from tests import privacy

# The same examples on every run, and no example fails for being slow.
settings.register_profile("house", derandomize=True, deadline=None)
settings.load_profile("house")


pytest_plugins = ["simulator.testing.plugin"]

TOGETHER = {
    "tests/tools/test_diff.py": "the walk",
    "tests/triage/test_space.py": "the walk",
    "tests/dialogue/test_budgets.py": "the walk",
    **{f"tests/{folder}/": folder for folder in ("speaker", "memory", "runtime", "webservice")},
    "tests/conversations/": "conversations",
    "tests/dialogue/test_missing_lines.py": "every turn",
    "tests/speech/test_every_line.py": "every turn",
    "tests/screen/": "every screen",
    **{f"tests/simulator/web/test_{name}.py": "every screen" for name in ("drawing", "shown", "written")},
}
"""Files and folders whose tests share something that takes seconds to make: a walk, screens, a server.

These are begun first, as they stand here, so that no worker is left with a long one at the end.
"""
FIRST = {name: place for place, name in enumerate(dict.fromkeys(TOGETHER.values()))}


def scope_of(nodeid: str) -> str:
    """What of the tests one worker gets all of: a file, or files that share something."""
    file = nodeid.partition("::")[0]
    return next((name for path, name in TOGETHER.items() if file.startswith(path)), file)


class WholeFiles(LoadScopeScheduling):  # type: ignore[misc]  # published without types
    """Of the workers of `make test`, one gets all of a file, so that what the file works out is done once."""

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> WholeFiles:
    config.option.loadscopereorder = False  # the order is that of the collection, as it is made below
    return WholeFiles(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes long first, then files by how many tests they hold; the order within each stays."""
    scopes = {item: scope_of(item.nodeid) for item in items}
    count = Counter(scopes.values())
    items.sort(key=lambda item: (FIRST.get(scopes[item], len(FIRST)), -count[scopes[item]], scopes[item]))


@pytest.fixture(scope="session")
def witness() -> Iterator[privacy.Witness]:
    """What looks at everything that is logged, stored and carded, in the whole run."""
    seeing = privacy.Witness()
    stop = privacy.listening(seeing)
    yield seeing
    stop()


@pytest.fixture(autouse=True)
def nothing_is_left_behind(witness: privacy.Witness) -> Iterator[None]:
    witness.take()
    yield
    if left := witness.take():
        pytest.fail("\n".join(left), pytrace=False)
