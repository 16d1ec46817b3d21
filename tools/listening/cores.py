"""A process for each core, which listens on that core alone."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

ALONE = {"OPENBLAS_NUM_THREADS": "1"}
"""NumPy would take every core in each process, and all of them would wait for each other."""


def parts() -> int:
    """How many processes listen at once."""
    return os.cpu_count() or 1


def cores() -> ProcessPoolExecutor:
    """The processes, which begin with what this one has in its environment."""
    os.environ.update(ALONE)
    return ProcessPoolExecutor(parts(), get_context("spawn"))
