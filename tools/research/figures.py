"""The figures of docs/misheard.md and its plot."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import matplotlib as mpl
from matplotlib import pyplot as plt

from crampguide.triage import Level
from tools.research import callers, simulation
from tools.research.callers import Design, Suppositions

mpl.use("svg")
_AIM_AT = 0.05


class Row(NamedTuple):
    """The figures of a design at a rate: shares of callers, and turns until the advice."""

    design: Design
    rate: float
    missed: float
    alarmed: float
    kept: float
    turns: float


def row(design: Design, rate: float, supposed: Suppositions) -> Row:
    """The figures of one design at one rate."""
    ill, well = (simulation.simulate(kind, design, rate, supposed) for kind in ("emergency", "healthy"))
    return Row(
        design,
        rate,
        simulation.missed(ill),
        _share(outcome.alarmed for outcome in well),
        _share(outcome.level is Level.EMERGENCY for outcome in well),
        sum(outcome.turns for outcome in well) / len(well),
    )


def _share(found: Iterator[bool]) -> float:
    each = list(found)
    return sum(each) / len(each)


@cache
def rows() -> tuple[Row, ...]:
    """Every design at every rate."""
    supposed = callers.suppositions()
    return tuple(
        row(design, rate, supposed) for design in callers.designs() for rate in callers.data()["rates"]
    )


def page(mark: str) -> str:
    """The figures in Markdown, below a line that says what they rest on."""
    data = callers.data()
    heading = " | ".join(f"{100 * rate:.0f} % misheard" for rate in data["rates"])
    counts = {**data["callers_simulated"], "seed": data["seed"]}
    sections = [
        mark,
        "# Misheard answers",
        _INTRODUCTION.format(**counts),
        "![Emergencies missed, by share of misheard answers and way of asking](images/misheard.svg)",
        "## Emergencies missed",
        _table(heading, "missed", "{:.2%}"),
        "## Healthy callers who heard emergency advice",
        _table(heading, "alarmed", "{:.0%}"),
        'Most take it back with "go back", which emergency advice offers.',
        "## Healthy callers whose call ended there",
        _table(heading, "kept", "{:.1%}"),
        "## Answers a healthy caller gives until the advice",
        _table(heading, "turns", "{:.1f}"),
        "## If the suppositions are wrong",
        _supposing(),
        "## What was supposed",
        _suppositions(),
    ]
    return "\n\n".join(sections) + "\n"


_INTRODUCTION = """\
Written by `python -m tools misheard`. What happens if a yes is taken for a no? {emergency:,} callers with an
emergency and {healthy:,} without one call for each way of asking and each rate (seed {seed}); the questions
are chosen by the engine that ships. An emergency counts as missed if the advice is calmer than that, or if
the call ends without advice. Everything supposed is listed below; none of it was measured on callers. The
skill asks as in the line with a star, and
[ADR 0018](adr/0018-a-denied-emergency-sign-is-heard-more-than-once.md) says why."""


def _table(heading: str, figure: str, form: str) -> str:
    rates = callers.data()["rates"]
    lines = [f"| way of asking | {heading} |", "|---" * (len(rates) + 1) + "|"]
    for design in callers.designs():
        cells = [form.format(getattr(each, figure)) for each in rows() if each.design == design]
        lines.append(f"| {'★ ' if design.chosen else ''}{design.name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _supposing() -> str:
    face, chosen = callers.designs()[0], next(design for design in callers.designs() if design.chosen)
    data = callers.data()
    lines = [
        f"At {100 * _AIM_AT:.0f} % misheard, the chosen way of asking against face value:",
        "",
        "| supposing | missed | times fewer than at face value |",
        "|---|---|---|",
    ]
    for changed in data["supposing"]:
        supposed = callers.suppositions(**{name: value for name, value in changed.items() if name != "name"})
        calls = (simulation.simulate("emergency", design, _AIM_AT, supposed) for design in (face, chosen))
        before, after = map(simulation.missed, calls)
        lines.append(f"| {changed['name']} | {after:.2%} | {before / after:.0f} |")
    return "\n".join(lines)


def _suppositions() -> str:
    data = callers.data()
    lines = ["| | value | assumption |", "|---|---|---|"]
    for group in ("hearing", "notices", "callers"):
        lines += [
            f"| {group}: {name} | {figure['value']} | {figure['assumption']} |"
            for name, figure in data[group].items()
        ]
    for kind in ("emergency", "background"):
        for each in data[kind]:
            weight = each["weight"]
            lines.append(
                f"| {kind}: {', '.join(each['signs'])} | {weight['value']} | {weight['assumption']} |"
            )
    return "\n".join(lines)


def plot(path: Path) -> None:
    """The share of missed emergencies by rate, one line for each design."""
    rates = callers.data()["rates"]
    with mpl.rc_context({"svg.hashsalt": "misheard", "svg.fonttype": "path", "font.size": 9}):
        figure, axes = plt.subplots(figsize=(8, 6.4))
        for design, marker, line in zip(callers.designs(), "osD^v*X", ["--", *["-"] * 5, ":"], strict=True):
            missed = [100 * each.missed for each in rows() if each.design == design]
            width = 2.4 if design.chosen else 1.2
            axes.plot(
                [100 * rate for rate in rates], missed, line, marker=marker, lw=width, label=design.name
            )
        axes.set(xscale="log", yscale="log", xlabel="answers misheard (%)", ylabel="emergencies missed (%)")
        axes.set_xticks([100 * rate for rate in rates], [f"{100 * rate:.0f}" for rate in rates])
        axes.set_yticks([0.01, 0.1, 1, 10], ["0.01", "0.1", "1", "10"])
        axes.minorticks_off()
        axes.grid(alpha=0.3)
        figure.legend(loc="outside lower center", frameon=False)
        figure.subplots_adjust(bottom=0.36, top=0.97, left=0.09, right=0.98)
        figure.savefig(path, metadata={"Date": None, "Creator": None})
        plt.close(figure)
