"""Vector graphics of the exercises: points become paths, a person seen from the side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from math import atan2, cos, pi, sin
from typing import Any

from crampguide.screen.data import table

_MARGIN = 14
_HEAD = 21
_POINT = 22
_SPREAD = 0.5
_LAYERS = ("prop", "far", "soft", "active", "body", "head", "arrow")

Point = tuple[float, float]


def drawing_of(line: str) -> str | None:
    """The name of the drawing for a line of an exercise; None for a line without one.

    A step that is no key position shows the one before it; the words that lead into an exercise the first.
    """
    group, _, id_ = line.partition(".")
    if group not in {"intro", "step", "again"}:
        return None
    exercise = id_.partition(".")[0]
    own = [name for name in table("poses") if name.partition(".")[0] == exercise]
    if id_ in own:
        return str(table("poses")[id_].get("same", id_))
    if not own:
        return None
    name = own[0] if group == "intro" else own[-1]
    return str(table("poses")[name].get("same", name))


def is_from_above(name: str) -> bool:
    """True for a drawing that looks down on the person instead of from the side."""
    return "nose" not in table("poses")[name]


@cache
def graphic(name: str) -> dict[str, Any]:
    """The drawing as an Alexa Vector Graphic, as large as what is drawn."""
    pose = table("poses")[name]
    left, top, right, bottom = _bounds(pose)
    return {
        "type": "AVG",
        "version": "1.2",
        "width": right - left,
        "height": bottom - top,
        "items": [_path(layer, data) for layer, data in _paths(pose, (left, top))],
    }


def _bounds(pose: Mapping[str, Any]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of a drawing."""
    lines = [line for layer in _LAYERS for line in pose.get(layer, ()) if layer != "head"]
    points = [point for line in lines for point in _points(line)]
    for x, y in _points(pose["head"]):
        points += [(x - _HEAD, y - _HEAD), (x + _HEAD, y + _HEAD)]
    across, down = [x for x, _ in points], [y for _, y in points]
    return (
        round(min(across)) - _MARGIN,
        round(min(down)) - _MARGIN,
        round(max(across)) + _MARGIN,
        round(max(down)) + _MARGIN,
    )


def _paths(pose: Mapping[str, Any], corner: tuple[int, int]) -> Iterator[tuple[str, str]]:
    for layer in _LAYERS:
        if layer == "head":
            yield layer, _head(*_points(f"{pose['head']} {pose.get('nose', '')}", corner))
        elif lines := [_points(written, corner) for written in pose.get(layer, ())]:
            yield layer, "".join(_arrow(points) if layer == "arrow" else _line(points) for points in lines)


def _path(layer: str, data: str) -> dict[str, Any]:
    stroke = table("screens")["strokes"][layer]
    return {
        "type": "path",
        "pathData": data,
        "stroke": stroke["colour"],
        "strokeWidth": stroke["width"],
        "strokeLineCap": "round",
        "strokeLineJoin": "round",
        "fill": stroke["colour"] if layer == "head" else "transparent",
    }


def _points(written: str, corner: tuple[int, int] = (0, 0)) -> list[Point]:
    """Points as they are written, seen from the corner of the drawing."""
    pairs = (point.split(",") for point in written.split())
    return [(float(x) - corner[0], float(y) - corner[1]) for x, y in pairs]


def _line(points: list[Point]) -> str:
    return "M" + "L".join(f"{x:.0f},{y:.0f}" for x, y in points)


def _arrow(points: list[Point]) -> str:
    """A line, bent where it has a point between, with its head at the end."""
    start, *between, end = points
    bend = f"Q{between[0][0]:.0f},{between[0][1]:.0f} " if between else "L"
    before = between[0] if between else start
    angle = atan2(end[1] - before[1], end[0] - before[0]) + pi
    left, right = (
        (end[0] + _POINT * cos(angle + turn), end[1] + _POINT * sin(angle + turn))
        for turn in (-_SPREAD, _SPREAD)
    )
    return f"{_line([start])}{bend}{end[0]:.0f},{end[1]:.0f}{_line([left, end, right])}"


def _head(middle: Point, nose: Point | None = None) -> str:
    x, y = middle
    circle = (
        f"M{x - _HEAD:.0f},{y:.0f}a{_HEAD},{_HEAD} 0 1,0 {2 * _HEAD},0a{_HEAD},{_HEAD} 0 1,0 -{2 * _HEAD},0"
    )
    return circle + _line([middle, nose]) if nose else circle
