"""Figures as text: medians side by side, and what became of the target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import NamedTuple


class Figure(NamedTuple):
    """One line of a comparison; `target` is the highest ratio wanted, if one is."""

    key: str
    label: str
    unit: str
    target: float | None = None


def compare(
    figure: Figure, minimal: Sequence[Mapping[str, float]], ours: Sequence[Mapping[str, float]]
) -> list[str]:
    """The cells of one line: both medians, their ratio, the target and whether it is met."""
    low, high = (median(run[figure.key] for run in runs) for runs in (minimal, ours))
    ratio = high / low
    cells = [figure.label, f"{low:.2f} {figure.unit}", f"{high:.2f} {figure.unit}", f"{ratio:.2f}"]
    if figure.target is None:
        return [*cells, "", ""]
    return [*cells, f"<= {figure.target}", "met" if ratio <= figure.target else "MISSED"]


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that `percent` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells as aligned text, the first column to the left and the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        [
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        for row in rows
    ]
    return "\n".join("  ".join(line).rstrip() for line in lines)
