"""Vector graphics of the exercises: points become paths, a person seen from the side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from math import atan2, cos, pi, sin
from typing import Any

from crampguide.screen.data import pose_of, positions, screens
from crampguide.screen.model import Pose, Strokes

_MARGIN = 14
_HEAD = 21
_POINT = 22
_SPREAD = 0.5

Point = tuple[int, int]


def drawing_of(line: str) -> str | None:
    """The name of the drawing for a line of an exercise; None for a line without one.

    A step that is no key position shows the one before it; the words that lead into an exercise the first.
    """
    group, _, id_ = line.partition(".")
    if group not in {"intro", "step", "again"}:
        return None
    exercise = id_.partition(".")[0]
    own = [name for name in positions() if name.partition(".")[0] == exercise]
    if not own:
        return None
    return pose_of(id_ if id_ in own else own[0 if group == "intro" else -1])[0]


def is_from_above(name: str) -> bool:
    """True for a drawing that looks down on the person instead of from the side."""
    return pose_of(name)[1].nose is None


@cache
def graphic(name: str) -> dict[str, Any]:
    """The drawing as an Alexa Vector Graphic, as large as what is drawn."""
    pose = pose_of(name)[1]
    left, top, right, bottom = _bounds(pose)
    return {
        "type": "AVG",
        "version": "1.2",
        "width": right - left,
        "height": bottom - top,
        "items": [_path(layer, data) for layer, data in _paths(pose, (left, top))],
    }


def _bounds(pose: Pose) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of a drawing."""
    points = [
        point
        for layer in Strokes._fields
        if layer != "head"
        for line in getattr(pose, layer)
        for point in line
    ]
    for x, y in pose.head:
        points += [(x - _HEAD, y - _HEAD), (x + _HEAD, y + _HEAD)]
    across, down = zip(*points, strict=True)
    return min(across) - _MARGIN, min(down) - _MARGIN, max(across) + _MARGIN, max(down) + _MARGIN


def _paths(pose: Pose, corner: Point) -> Iterator[tuple[str, str]]:
    for layer in Strokes._fields:
        if layer == "head":
            yield layer, _head(*_seen_from(corner, (*pose.head, *(pose.nose or ()))))
        elif lines := [_seen_from(corner, line) for line in getattr(pose, layer)]:
            yield layer, "".join(_arrow(points) if layer == "arrow" else _line(points) for points in lines)


def _path(layer: str, data: str) -> dict[str, Any]:
    stroke = getattr(screens().strokes, layer)
    return {
        "type": "path",
        "pathData": data,
        "stroke": stroke.colour,
        "strokeWidth": stroke.width,
        "strokeLineCap": "round",
        "strokeLineJoin": "round",
        "fill": stroke.colour if layer == "head" else "transparent",
    }


def _seen_from(corner: Point, line: Iterable[Point]) -> list[Point]:
    return [(x - corner[0], y - corner[1]) for x, y in line]


def _line(points: list[Point]) -> str:
    return "M" + "L".join(f"{x},{y}" for x, y in points)


def _arrow(points: list[Point]) -> str:
    """A line, bent where it has a point between, with its head at the end."""
    start, *between, end = points
    bend = f"Q{between[0][0]},{between[0][1]} " if between else "L"
    before = between[0] if between else start
    angle = atan2(end[1] - before[1], end[0] - before[0]) + pi
    left, right = (
        (round(end[0] + _POINT * cos(angle + turn)), round(end[1] + _POINT * sin(angle + turn)))
        for turn in (-_SPREAD, _SPREAD)
    )
    return f"{_line([start])}{bend}{end[0]},{end[1]}{_line([left, end, right])}"


def _head(middle: Point, nose: Point | None = None) -> str:
    x, y = middle
    circle = f"M{x - _HEAD},{y}a{_HEAD},{_HEAD} 0 1,0 {2 * _HEAD},0a{_HEAD},{_HEAD} 0 1,0 -{2 * _HEAD},0"
    return circle + _line([middle, nose]) if nose else circle
