"""The benchmark measures what it says; how fast it is fails no test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crampguide.triage import read_protocol
from tools.bench import beside_minimal, growth, requests, understanding
from tools.bench.table import Figure, compare, percentile
from tools.release.package import runtime
from tools.setup.pythons import find
from tools.understand.train import languages


@pytest.mark.slow
def test_both_skills_yield_every_figure_under_the_runtime_client(tmp_path: Path) -> None:
    if find(runtime()) is None:
        pytest.skip(f"this machine has no Python {runtime()}, which the skill runs on")
    pair = beside_minimal.prepare(tmp_path, runtime())
    assert not list(pair.minimal.rglob("*.pyc")), "the small skill is installed without bytecode"
    for runs in beside_minimal.alternate(pair, rounds=1):
        assert {figure.key for figure in beside_minimal.FIGURES} == set(runs[0])
        assert all(value > 0 for value in runs[0].values())


def answering(closing_turn: int) -> list[dict[str, Any]]:
    """The events a handler receives that counts its turns and closes at one of them."""
    events: list[dict[str, Any]] = []

    def handler(event: dict[str, Any]) -> dict[str, Any]:
        events.append(event)
        turn = len(events)
        return {"sessionAttributes": {"turn": turn}, "response": {"shouldEndSession": turn == closing_turn}}

    assert requests.conversation(handler) == events
    return events


def test_a_conversation_carries_attributes_and_stops_when_the_session_closes() -> None:
    events = answering(closing_turn=4)
    assert [event["session"]["new"] for event in events] == [True, False, False, False]
    assert [event["session"]["attributes"].get("turn") for event in events] == [None, 1, 2, 3]
    names = [event["request"].get("intent", {}).get("name") for event in events]
    assert names == [None, "AMAZON.YesIntent", "AMAZON.NoIntent", "AMAZON.NoIntent"]


def test_a_conversation_that_never_closes_is_cut() -> None:
    assert len(answering(closing_turn=-1)) == requests.LONGEST_CONVERSATION


@pytest.mark.parametrize(("percent", "value"), [(50, 51), (99, 100), (0, 1)])
def test_percentiles(percent: int, value: float) -> None:
    assert percentile([float(n) for n in range(100, 0, -1)], percent) == value


@pytest.mark.parametrize(("ours", "verdict"), [(130.0, "met"), (131.0, "MISSED")])
def test_medians_are_compared_with_the_target(ours: float, verdict: str) -> None:
    figure = Figure("p50", "warm", "ms", 1.3)
    minimal = [{"p50": value} for value in (1.0, 100.0, 999.0)]
    cells = compare(figure, minimal, [{"p50": ours}])
    assert cells == ["warm", "100.00 ms", f"{ours:.2f} ms", f"{ours / 100:.2f}", "<= 1.3", verdict]


def test_the_cost_follows_the_memory_and_the_share_of_a_core() -> None:
    """4 ms on a whole core are 28 ms at a seventh of one, billed for 256 MB."""
    runs = [{"p50": 4.0}]
    billed = 28e-3 * 256 / 1024 * beside_minimal.DOLLARS_PER_GB_SECOND * 1e6
    assert beside_minimal.cost(runs, 256) == pytest.approx(
        beside_minimal.DOLLARS_PER_MILLION_REQUESTS + billed
    )


@pytest.mark.parametrize("number", growth.QUESTIONS)
def test_a_made_up_protocol_has_as_many_questions_as_it_says(number: int) -> None:
    assert len(read_protocol(growth.protocol_text(number)).questions) == number


@pytest.mark.slow
def test_the_understanding_is_measured_in_each_language() -> None:
    lines = understanding.section().splitlines()
    assert [line.split()[0] for line in lines[2:]] == languages()
