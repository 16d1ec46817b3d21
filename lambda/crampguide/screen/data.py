"""Reads the data of the screens; each file once per process, when a screen is first shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from crampguide.reviewed import read_json
from crampguide.screen.model import Like, Pose, PosesFile, ScreensFile
from crampguide.typed import typed, typed_files

_FOLDER = Path(__file__).parent


@cache
def screens() -> ScreensFile:
    """The kinds of screen, targets and colours that ship; raises ``DataError`` as ``screens_of`` does."""
    return typed_files([_FOLDER / "screens.toml"], screens_of)


@cache
def positions() -> PosesFile:
    """The positions that ship, in the order of their file; raises ``DataError`` as ``positions_of`` does."""
    return typed_files([_FOLDER / "poses.toml"], positions_of)


def pose_of(name: str) -> tuple[str, Pose]:
    """The position that is drawn for this one, which may be another's, and its name."""
    found = positions()[name]
    return pose_of(found.same) if isinstance(found, Like) else (name, found)


def drawn() -> Mapping[str, Pose]:
    """The positions that have a drawing of their own."""
    return {name: pose for name, pose in positions().items() if isinstance(pose, Pose)}


@cache
def document(name: str) -> Mapping[str, Any]:
    """The APL document, or part of one, of this name."""
    whole: Mapping[str, Any] = read_json(_FOLDER / "documents" / f"{name}.json")
    return whole


def screens_of(tables: Mapping[str, Any]) -> ScreensFile:
    """The tables of ``screens.toml`` as values; raises ``DataError`` with every problem found."""
    return typed(ScreensFile, tables, "screens", problems=_unknown_kinds)


def positions_of(tables: Mapping[str, Any]) -> PosesFile:
    """The tables of ``poses.toml`` as values; raises ``DataError`` with every problem found."""
    return typed(PosesFile, tables, "poses", problems=_not_drawn)


def _unknown_kinds(screens: ScreensFile, _tables: Mapping[str, Any]) -> Iterator[str]:
    for each in sorted(screens.kept.but_for - {kind.id for kind in screens.kind}):
        yield f"kept: {each} is no kind of screen"


def _not_drawn(poses: PosesFile, _tables: Mapping[str, Any]) -> Iterator[str]:
    for name, pose in poses.items():
        if isinstance(pose, Like) and not isinstance(poses.get(pose.same), Pose):
            yield f"{name}: {pose.same} is not drawn"
