"""What all tests share."""

from __future__ import annotations

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
    "tests/dialogue/test_missing_lines.py": "every turn",
    "tests/speech/test_every_line.py": "every turn",
    "tests/screen/": "every screen",
    **{f"tests/simulator/web/test_{name}.py": "every screen" for name in ("drawing", "shown", "written")},
    **{
        f"tests/{folder}/": folder
        for folder in ("conversations", "memory", "runtime", "speaker", "webservice")
    },
}
"""Files and folders whose tests share something that takes seconds to make: a walk, screens, a server."""


class WholeFiles(LoadScopeScheduling):  # type: ignore[misc]  # published without types
    """Of the workers of `make test`, one gets all of a file, so that what the file works out is done once."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return next((name for path, name in TOGETHER.items() if file.startswith(path)), file)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> WholeFiles:
    return WholeFiles(config, log)


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
