"""The benchmark measures what it says; how fast it is fails no test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tools import bench, bench_probe


def test_a_probe_of_the_minimal_skill_yields_every_figure(tmp_path: Path) -> None:
    recorded = tmp_path / "requests.json"
    recorded.write_text(bench.probe(bench.OURS), encoding="utf-8")
    measured = bench.measure(bench.MINIMAL, recorded)
    assert {figure.key for figure in bench.FIGURES} | {"unwanted"} == set(measured)
    assert all(measured[figure.key] > 0 for figure in bench.FIGURES)
    assert measured["unwanted"] == []


def answering(closing_turn: int) -> list[dict[str, Any]]:
    """The events a handler receives that counts its turns and closes at one of them."""
    events: list[dict[str, Any]] = []

    def handler(event: dict[str, Any], _: object) -> dict[str, Any]:
        events.append(event)
        turn = len(events)
        return {"sessionAttributes": {"turn": turn}, "response": {"shouldEndSession": turn == closing_turn}}

    assert bench_probe.conversation(handler) == events
    return events


def test_a_conversation_carries_attributes_and_stops_when_the_session_closes() -> None:
    events = answering(closing_turn=4)
    assert [event["session"]["new"] for event in events] == [True, False, False, False]
    assert [event["session"]["attributes"].get("turn") for event in events] == [None, 1, 2, 3]
    names = [event["request"].get("intent", {}).get("name") for event in events]
    assert names == [None, "AMAZON.YesIntent", "AMAZON.NoIntent", "AMAZON.NoIntent"]


def test_a_conversation_that_never_closes_is_cut() -> None:
    assert len(answering(closing_turn=-1)) == bench_probe.LONGEST_CONVERSATION


@pytest.mark.parametrize(("percent", "value"), [(50, 51), (99, 100), (0, 1)])
def test_percentiles(percent: int, value: float) -> None:
    assert bench_probe.percentile([float(n) for n in range(100, 0, -1)], percent) == value


@pytest.mark.parametrize(("ours", "verdict"), [(130.0, "met"), (131.0, "MISSED")])
def test_medians_are_compared_with_the_target(ours: float, verdict: str) -> None:
    figure = bench.Figure("p50", "warm", "ms", 1.3)
    minimal = [{"p50": value} for value in (1.0, 100.0, 999.0)]
    cells = bench.compare(figure, minimal, [{"p50": ours}])
    assert cells == ["warm", "100.00 ms", f"{ours:.2f} ms", f"{ours / 100:.2f}", "<= 1.3", verdict]
