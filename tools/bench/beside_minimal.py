"""The packaged skill beside the smallest one on the same SDK, both under AWS's own runtime client.

The small one is installed as the ASK CLI would: into the folder, without bytecode. Both are sent the
very same requests, in fresh processes that take turns, so that a busy machine is busy for both.
"""

from __future__ import annotations

import math
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from simulator.files import read_json
from tests.fakes.lambda_host import LambdaHost
from tools.bench.requests import SKILL, conversation
from tools.bench.table import Figure, compare, percentile, table
from tools.release import package
from tools.setup import installer, locks, pythons
from tools.setup.runtimes import python_with_client

ROOT = Path(__file__).parents[2]
ROUNDS = 15
WARM_TURNS = 400
FIGURES = (
    Figure("ready", "start of the process until ready", "ms", 0.5),
    Figure("first", "first reply", "ms", 0.35),
    Figure("p50", "warm turn, p50", "ms", 1.0),
    Figure("p99", "warm turn, p99", "ms", 1.5),
    Figure("memory", "peak memory", "MB", 1.25),
)
SETTINGS = {"SKILL_ID": SKILL}

FULL_CORE_MB = 1769
"""The memory at which Lambda gives a function one whole core; below it, in proportion."""
DOLLARS_PER_GB_SECOND = 0.0000133334
DOLLARS_PER_MILLION_REQUESTS = 0.20
"""List prices for arm64 in us-east-1. They change: look them up."""

Json = dict[str, Any]
Measured = dict[str, float]


class Pair(NamedTuple):
    """The two packages, and the Python of the runtime client that runs them."""

    python: Path
    minimal: Path
    ours: Path


def prepare(folder: Path, version: str) -> Pair:
    """Both packages for that Python version, made in the folder."""
    package.package(folder, version)
    minimal = folder / "minimal"
    installer.unpack(minimal, locks.read(locks.SHIPPED))
    shutil.copy(ROOT / "tools" / "bench" / "minimal_skill.py", minimal / "lambda_function.py")
    return Pair(python_with_client(version), minimal, folder / "lambda")


def measure(python: Path, code: Path, events: Sequence[Json]) -> Measured:
    """One fresh process's figures for these requests, in milliseconds and MB."""
    taken: list[float] = []
    with LambdaHost(python, code, SETTINGS) as host:
        while len(taken) < WARM_TURNS + len(events):
            for event in events:
                host.invoke(event)
                taken.append(host.took_seconds * 1e3)
    warm = taken[len(events) :]
    return {
        "ready": host.ready_seconds * 1e3,
        "first": taken[0],
        "p50": percentile(warm, 50),
        "p99": percentile(warm, 99),
        "memory": host.peak_mb,
    }


def alternate(pair: Pair, rounds: int) -> tuple[list[Measured], list[Measured]]:
    """The figures of both skills, measured in turn; who comes first changes from round to round."""
    with LambdaHost(pair.python, pair.ours, SETTINGS) as host:
        events = conversation(host.invoke)
    minimal: list[Measured] = []
    ours: list[Measured] = []
    turns = [(pair.minimal, minimal), (pair.ours, ours)]
    for _ in range(rounds):
        for code, runs in turns:
            runs.append(measure(pair.python, code, events))
        turns.reverse()
    return minimal, ours


def cost(runs: Sequence[Measured], megabytes: int) -> float:
    """The cost of a million warm turns in dollars with that much memory, by the median turn.

    Lambda bills whole milliseconds, and gives a share of a core that goes with the memory.
    """
    slower = max(1.0, FULL_CORE_MB / megabytes)
    billed = math.ceil(median(run["p50"] for run in runs) * slower) / 1e3
    return DOLLARS_PER_MILLION_REQUESTS + 1e6 * billed * megabytes / 1024 * DOLLARS_PER_GB_SECOND


def configured_megabytes() -> int:
    """The memory that ask-resources.json asks for."""
    resources = read_json(package.RESOURCES)
    user: Mapping[str, Any] = resources["profiles"]["default"]["skillInfrastructure"]["userConfig"]
    return int(user["cfn"]["parameters"]["FunctionMegabytes"])


def section() -> str:
    """The comparison and the cost, as text."""
    version = package.runtime()
    note = ""
    if pythons.find(version) is None:
        note = f"\nPython {version}, which the skill runs on, is not here: these figures are of another one."
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
    with TemporaryDirectory() as folder:
        minimal, ours = alternate(prepare(Path(folder), version), ROUNDS)
    heading = ["", "minimal", "this skill", "ratio", "target", ""]
    megabytes = configured_megabytes()
    prices = [f"{size} MB: ${cost(ours, size):.3f}" for size in sorted({128, megabytes, 512})]
    return "\n".join(
        [
            f"AWS's runtime client, Python {version}: medians of {ROUNDS} fresh processes, in turn{note}",
            table([heading, *(compare(figure, minimal, ours) for figure in FIGURES)]),
            f"A million warm turns cost, by memory: {', '.join(prices)}",
            f"({megabytes} MB is configured; the minimal skill there: ${cost(minimal, megabytes):.3f})",
        ]
    )
