"""What all tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests import privacy

# The same examples on every run, and no example fails for being slow.
settings.register_profile("house", derandomize=True, deadline=None)
settings.load_profile("house")


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
