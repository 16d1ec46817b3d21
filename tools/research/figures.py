"""The figures of docs/misheard.md and its plot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot as plt

from tools.research import callers, simulation
from tools.research.simulation import Figures

mpl.use("svg")
_AIM_AT = 0.05
_MEASURES: Mapping[str, tuple[str, str]] = {
    "missed": ("emergencies missed", "{:.2%}"),
    "heard": ("healthy callers who heard emergency advice", "{:.0%}"),
    "left": ("healthy callers left with it at the end", "{:.1%}"),
    "turns": ("answers that a healthy caller gives", "{:.1f}"),
}


@cache
def now() -> tuple[Figures, ...]:
    """The figures of the skill as it is, by rate."""
    supposed = callers.suppositions()
    return tuple(simulation.figures(rate, supposed) for rate in callers.data()["rates"])


def page(mark: str) -> str:
    """The figures in Markdown, below a line that says what they rest on."""
    data = callers.data()
    counts = {**data["callers_simulated"], "seed": data["seed"]}
    sections = [
        mark,
        "# Misheard answers",
        _INTRODUCTION.format(**counts),
        "## Before and after",
        "\n".join(_before_and_after()),
        _READING,
        "![Emergencies missed, and healthy callers left alarmed, before and after](images/misheard.svg)",
        "## If the suppositions are wrong",
        _BELOW.format(100 * _AIM_AT),
        "\n".join(_supposing()),
        "## What this cannot say",
        _LIMITS,
        "## What was supposed",
        "\n".join(_suppositions()),
    ]
    return "\n\n".join(sections) + "\n"


_INTRODUCTION = """\
Written by `python -m tools misheard`. A voice service mishears. What happens if a yes is taken for a no,
or a no for a yes? No person took part: callers were made up by a program, {emergency:,} with one sign of
an emergency and {healthy:,} with none, half of them with an ordinary cramp and half with sciatica (seed
{seed}). Each holds a whole conversation with the dialogue that ships: its questions, second hearings and
second looks, its recap and what it does when the recap is refused, and its emergency advice, which ends
in what was heard ("You said yes to chest or breathing trouble. Is that right?"). Any of their answers
may be taken for its opposite, for "I don't know", or for nothing at all, at the rate that heads a
column: at 5 %, about one answer in twenty is taken for its opposite and another is not understood.

- **Missed**: somebody with an emergency is told something calmer, or the call ends without advice.
- **Heard it**: somebody with no emergency hears emergency advice, taken back afterwards or not.
- **Left with it**: the same, and the call ends with that advice standing."""

_READING = """\
"Before" is an earlier version of the check, with nineteen questions for an ordinary cramp; its figures
are kept from a simulation with 40,000 and 4,000 callers that supposed the same of hearing, and that four
in five take a wrong alarm back. That one modelled the dialogue; this one holds it.
[ADR 0018](adr/0018-a-denied-emergency-sign-is-heard-more-than-once.md) says why signs are heard twice,
[ADR 0025](adr/0025-emergency-advice-ends-in-what-was-heard.md) why emergency advice ends in a question.

Of the healthy callers left with emergency advice, some let it stand, and some said no but were heard to
say yes: a sign said twice is believed. Whoever is sent to be seen for nothing loses hours; whoever is
talked out of a sign may lose more."""

_BELOW = "At {:.0f} % misheard. The order of the lines says nothing about which is likely."

_LIMITS = """\
- How often a real voice service mishears a real caller in pain. The columns cover a range; none is a
  measurement.
- Whether people contradict a wrong alarm. If fewer do than supposed, more healthy callers are left with
  emergency advice; no more emergencies are missed. Those left with it depend on this most.
- Whether a question that joins several signs is understood as well as one about each. The lines above
  show what it would cost if not.
- Whether people answer truthfully, recognise their own sign, or stay until the end. Everybody here does.
- What becomes of somebody with two signs, or with signs that count only together: not simulated.
- Small differences: with this many callers, missed at 5 % is known to about 0.05 points, left to about
  0.4.

Before anyone relies on these figures the questions should be tried on people, the joined ones first."""


def _heading(*first: str) -> list[str]:
    rates = [f"{100 * rate:.0f} % misheard" for rate in callers.data()["rates"]]
    return [f"| {' | '.join([*first, *rates])} |", "|---" * (len(first) + len(rates)) + "|"]


def _before_and_after() -> Iterator[str]:
    yield from _heading("", "check")
    for measure, (said, form) in _MEASURES.items():
        versions = [(each["name"], each[measure]) for each in callers.data()["before"]]
        versions.append(("**after**", [getattr(each, measure) for each in now()]))
        for name, shares in versions:
            yield f"| {said} | {name} | {' | '.join(map(form.format, shares))} |"


def _supposing() -> Iterator[str]:
    measures = ("missed", "heard", "left")
    yield f"| supposing | {' | '.join(_MEASURES[each][0] for each in measures)} |"
    yield "|---" * 4 + "|"
    for changed in callers.data()["supposing"]:
        supposed = callers.suppositions(**{name: value for name, value in changed.items() if name != "name"})
        found = simulation.figures(_AIM_AT, supposed)
        cells = (_MEASURES[each][1].format(getattr(found, each)) for each in measures)
        yield f"| {changed['name']} | {' | '.join(cells)} |"


def _suppositions() -> Iterator[str]:
    data = callers.data()
    yield from ("| | value | assumption |", "|---|---|---|")
    for group in ("hearing", "notices", "callers"):
        for name, figure in data[group].items():
            yield f"| {group}: {name} | {figure['value']} | {figure['assumption']} |"
    for kind in ("emergency", "background"):
        for each in data[kind]:
            weight = each["weight"]
            yield f"| {kind}: {', '.join(each['signs'])} | {weight['value']} | {weight['assumption']} |"
    joined = ", ".join(data["joined"]["questions"])
    yield f"| joined questions: {joined} | {data['callers']['understood']['value']} | as under understood |"


def plot(path: Path) -> None:
    """The share of missed emergencies, and of healthy callers left alarmed, by rate: before and after."""
    rates = [100 * rate for rate in callers.data()["rates"]]
    with mpl.rc_context({"svg.hashsalt": "misheard", "svg.fonttype": "path", "font.size": 9}):
        figure, both = plt.subplots(1, 2, figsize=(8, 4))
        for axes, measure in zip(both, ("missed", "left"), strict=True):
            for before, marker in zip(callers.data()["before"], "os", strict=True):
                shares = [100 * share for share in before[measure]]
                axes.plot(rates, shares, "--", marker=marker, lw=1.2, label=before["name"])
            after = [100 * getattr(each, measure) for each in now()]
            axes.plot(rates, after, "-", marker="*", lw=2.4, label="after")
            axes.set(
                xscale="log", yscale="symlog" if min(after) == 0 else "log", xlabel="answers misheard (%)"
            )
            axes.set_ylabel(f"{_MEASURES[measure][0]} (%)")
            axes.set_xticks(rates, [f"{rate:.0f}" for rate in rates])
            axes.minorticks_off()
            axes.grid(alpha=0.3)
        figure.legend(
            *both[0].get_legend_handles_labels(), loc="outside lower center", ncols=3, frameon=False
        )
        figure.subplots_adjust(bottom=0.24, top=0.97, left=0.09, right=0.98, wspace=0.25)
        figure.savefig(path, metadata={"Date": None, "Creator": None})
        plt.close(figure)
