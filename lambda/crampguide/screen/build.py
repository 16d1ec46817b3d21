"""Builds the directive that shows a reply: which screen, its document, and the words on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from crampguide.screen.data import document, screens
from crampguide.screen.drawing import drawing_of, graphic, is_from_above

_DOCUMENT = {"advice": "advice", "exercise": "exercise", "question": "question", "home": "home"}
_WELCOMES = frozenset({"welcome.first", "welcome.returning"})
_MOST_DRAWINGS = 2
_HOLD = "count"
_HEARD_ONLY = frozenset({"acknowledge", _HOLD, "rest"})


class Said(NamedTuple):
    """A line of a reply: its key in the speech catalogue, and its words as they were spoken."""

    key: str
    text: str


class Moment(NamedTuple):
    """A reply, as far as a screen shows what it says and asks."""

    lines: tuple[Said, ...] = ()
    ask: str | None = None
    """The question in words; None where the session ends."""
    asking: bool = False
    """True for a question of the check."""
    offer: str | None = None
    level: str | None = None
    """The level of the advice, once there is some."""
    number: int = 0
    """Which question of the check it is."""
    turn: int = 0
    """Comes back with a touch, to tell a touch on this screen from one on the screen before."""


Words = Callable[..., str]
"""The words for a key of the speech catalogue, its placeholders given by name."""


def directive(moment: Moment, words: Words) -> dict[str, Any]:
    """The APL directive that shows ``moment``."""
    kind = kind_of(moment)
    drawings = _drawings(moment) if kind == "exercise" else []
    main = document(_DOCUMENT.get(kind, "page"))
    return {
        "type": "Alexa.Presentation.APL.RenderDocument",
        "token": kind,
        "document": whole(main, _graphics(moment, kind, drawings)),
        "datasources": {"guide": _data(moment, kind, drawings, words)},
    }


def whole(main: Mapping[str, Any], graphics: Mapping[str, Any]) -> dict[str, Any]:
    """The APL document around what one kind of screen holds: theme, version and drawings."""
    return {
        "type": "APL",
        "version": screens().version,
        "theme": "dark",
        "background": screens().colours.ground,
        **document("theme"),
        "graphics": graphics,
        "mainTemplate": {"parameters": ["payload"], "items": [main]},
    }


def kind_of(moment: Moment) -> str:
    """Which screen fits: question, home, one of the kinds in ``screens.toml``, or a plain page."""
    if moment.asking:
        return "question"
    if any(line.key in _WELCOMES for line in moment.lines):
        return "home"
    kind = _kind_of_lines(moment)
    kept = screens().kept
    stays = moment.level in {level.id for level in kept.levels}
    return "advice" if stays and kind not in kept.but_for else kind


def _kind_of_lines(moment: Moment) -> str:
    groups = {line.key.partition(".")[0] for line in moment.lines}
    for kind in screens().kind:
        if not groups.isdisjoint(kind.lines) and (kind.id != "advice" or moment.level):
            return kind.id
    return "page"


def _drawings(moment: Moment) -> list[str]:
    """The positions that the lines go through, each once, in their order; the last where there are many."""
    found = (drawing_of(line.key) for line in moment.lines)
    return list(dict.fromkeys(name for name in found if name))[-_MOST_DRAWINGS:]


def _main_drawing(moment: Moment, drawings: list[str]) -> str:
    """The one that a small display shows: the position that is held, else the first."""
    for line, after in zip(moment.lines, moment.lines[1:], strict=False):
        if after.key.startswith(f"{_HOLD}.") and (held := drawing_of(line.key)) in drawings and held:
            return held
    return drawings[0]


def _graphics(moment: Moment, kind: str, drawings: list[str]) -> Mapping[str, Any]:
    if kind == "advice" and moment.level:
        return {"icon": document("icons")[moment.level]}
    return {name: graphic(name) for name in drawings}


def _data(moment: Moment, kind: str, drawings: list[str], words: Words) -> dict[str, Any]:
    lines = [line.text for line in moment.lines if _is_shown(line)]
    data: dict[str, Any] = {
        "title": _title(moment, kind, words),
        "lines": lines,
        "spoken": " ".join([*lines, moment.ask or ""]).strip(),
        "ask": moment.ask or "",
        "answers": [
            {"act": touch.partition("_")[0], "label": words(f"screen.act.{touch}")}
            for touch in touches(moment)
        ],
        "turn": moment.turn,
    }
    if kind == "question":
        data["short"] = words("screen.question", count=str(moment.number))
        data["progress"] = min(100, round(100 * moment.number / screens().longest))
    if kind == "advice" and moment.level:
        data["colour"] = getattr(screens().colours, moment.level)
    if kind == "exercise":
        data |= {"drawings": _drawn(moment, drawings, words), "drawn": bool(drawings)}
    if kind == "tips":
        data["cards"] = True
    return data


def touches(moment: Moment) -> tuple[str, ...]:
    """All that can be touched: the word that it stands for and, after ``_``, which of its labels it has."""
    if moment.ask is None:
        return ()
    choices = screens().answers
    if moment.asking:
        return choices["question"]
    return choices["home" if kind_of(moment) == "home" else moment.offer or "check"]


def _drawn(moment: Moment, drawings: list[str], words: Words) -> list[dict[str, Any]]:
    main = _main_drawing(moment, drawings) if drawings else ""
    return [
        {"name": name, "label": words(f"screen.drawing.{name}"), "main": name == main} for name in drawings
    ]


def _title(moment: Moment, kind: str, words: Words) -> str:
    if kind == "question":
        form = "screen.question_of" if moment.number <= screens().longest else "screen.question"
        return words(form, count=str(moment.number), total=str(screens().longest))
    if kind == "advice" and moment.level:
        return words(f"screen.level.{moment.level}")
    if kind == "exercise":
        named = next((line.key for line in moment.lines if drawing_of(line.key)), "")
        exercise = named.partition(".")[2].partition(".")[0]
        name = words(f"screen.exercise.{exercise}" if exercise else "screen.title.exercise")
        return words("screen.from_above", name=name) if any(map(is_from_above, _drawings(moment))) else name
    return words(f"screen.title.{kind}")


def _is_shown(line: Said) -> bool:
    """Thanks are heard, not read; counting aloud too."""
    return line.key.partition(".")[0] not in _HEARD_ONLY
