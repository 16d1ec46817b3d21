"""Holds the tables of the screens against the exercises, offers and words of the guide, and against eyes."""

from __future__ import annotations

from collections.abc import Iterator

from crampguide.alexa.touch import TOUCHES
from crampguide.dialogue.offers import load_guide
from crampguide.relief import load_relief
from crampguide.screen.model import Colours, Pose, PosesFile, ScreensFile
from crampguide.speech import catalogue_for
from crampguide.triage import Level

READABLE = 4.5
_DARK = 0.04045
WORDS = "en-US"
"""The locale whose words the screens are held against."""
_GROUNDS = ("ground", "card", *(level.id for level in Level))


def of_positions(poses: PosesFile) -> Iterator[str]:
    """Faults of the positions, each with its name first."""
    steps = {f"{each.id}.{step.id}" for each in load_relief().exercises.values() for step in each.steps}
    for name, pose in poses.items():
        if name not in steps:
            yield f"{name}: is no step of an exercise"
        elif isinstance(pose, Pose):
            yield from _wordless(name, f"screen.drawing.{name}")


def of_screens(screens: ScreensFile) -> Iterator[str]:
    """Faults of the kinds of screens, their targets and their colours."""
    groups = {key.partition(".")[0] for key in catalogue_for(WORDS).lines}
    for kind in screens.kind:
        if kind.id != "advice":
            yield from _wordless(kind.id, f"screen.title.{kind.id}")
        yield from (f"{kind.id}: {group} is no group of lines" for group in kind.lines if group not in groups)
    offers = load_guide().offers.keys()
    yield from (f"answers: {offer} has no targets" for offer in sorted(offers - screens.answers.keys()))
    known = {"question", "home", *offers}
    yield from (f"answers: {offer} is no offer" for offer in sorted(screens.answers.keys() - known))
    for offer, touches in screens.answers.items():
        for touch in touches:
            if touch.partition("_")[0] not in TOUCHES:
                yield f"answers {offer}: {touch} stands for nothing"
            else:
                yield from _wordless(f"answers {offer}", f"screen.act.{touch}")
    yield from _colours(screens.colours)


def _colours(colours: Colours) -> Iterator[str]:
    for name in _GROUNDS:
        if contrast(colours.text, getattr(colours, name)) < READABLE:
            yield f"colours: text cannot be read on {name}"
    if len({getattr(colours, level.id) for level in Level}) < len(Level):
        yield "colours: two levels look the same"


def contrast(one: str, other: str) -> float:
    """How much two colours differ in lightness, from 1 to 21."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= _DARK else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _wordless(place: str, key: str) -> Iterator[str]:
    if not catalogue_for(WORDS).has(key):
        yield f"{place}: {key} has no words"
