"""What all tests share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import settings

from tests import privacy

# The same examples on every run, and no example fails for being slow.
settings.register_profile("house", derandomize=True, deadline=None)
settings.load_profile("house")


TESTS = Path(__file__).parent
TOGETHER = [TESTS / name for name in ("memory", "runtime", "simulator/web", "speaker", "webservice")]
"""Folders whose tests share servers, browsers or packages that take seconds to make."""


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Of the workers of `make test`, one gets all of a file, so that what the file works out is done once.

    A folder whose tests share something dear is kept together too, and so are files marked for a group.
    """
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            folder = next((folder for folder in TOGETHER if folder in item.path.parents), None)
            group = (folder or item.path).relative_to(TESTS)
            item.add_marker(pytest.mark.xdist_group(group.as_posix()))


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
