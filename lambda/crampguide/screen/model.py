"""The values of the screens: which one a reply gets, its targets and colours, and the drawings' points."""

# Annotations here are values, for the reader of the data goes by them.
import re
from collections.abc import Mapping
from typing import Annotated, NamedTuple

from crampguide.condition import Level
from crampguide.typed import AtLeast, Count, Texts

WIDTH, HEIGHT = 400, 300
"""The frame of a drawing."""


class Form(NamedTuple):
    """Marks a text with the pattern that all of it must fit, and what such a text is."""

    pattern: str
    what: str

    def complaint(self, value: str) -> str:
        """The fault of the value; empty where there is none."""
        return "" if re.fullmatch(self.pattern, value) else f"= {value!r} is no {self.what}"


Colour = Annotated[str, Form("#[0-9A-F]{6}", "#RRGGBB")]


class Line(tuple[tuple[int, int], ...]):
    """Two points or more, each x,y with y pointing down, a blank between them."""

    __slots__ = ()
    pattern = r"\d+,\d+( \d+,\d+)+"
    what = "line of two points or more, each x,y"

    @classmethod
    def read(cls, written: object, place: str, found: list[str]) -> "Line":
        """The line as it is written; what is wrong with it is added to ``found``, ``place`` in front."""
        if not isinstance(written, str) or not re.fullmatch(cls.pattern, written):
            found.append(f"{place} = {written!r} is no {cls.what}")
            return cls()
        line = cls((int(x), int(y)) for x, _, y in (point.partition(",") for point in written.split()))
        if any(x > WIDTH or y > HEIGHT for x, y in line):
            found.append(f"{place} = {written!r} leaves the picture")
        return line


class Spot(Line):
    """One point, x,y with y pointing down."""

    __slots__ = ()
    pattern = r"\d+,\d+"
    what = "point x,y"


class Arrow(Line):
    """A movement from the first point to the last, bent by one between."""

    __slots__ = ()
    pattern = r"\d+,\d+( \d+,\d+){1,2}"
    what = "line of two or three points, each x,y"


class Pose(NamedTuple):
    """A position, drawn from the side: the person, what is leaned on, and the movement."""

    head: Spot
    """The middle of the head."""
    body: Annotated[tuple[Line, ...], AtLeast(1)]
    """The torso and the near limbs."""
    active: Annotated[tuple[Line, ...], AtLeast(1)]
    """The limb that does the work."""
    nose: Spot | None = None
    """The point that the face looks to; without it, the person is seen from above."""
    far: tuple[Line, ...] = ()
    """The limbs on the side turned away."""
    prop: tuple[Line, ...] = ()
    """The things that are needed or leaned on."""
    soft: tuple[Line, ...] = ()
    """A towel or a cushion."""
    arrow: tuple[Arrow, ...] = ()


class Like(NamedTuple):
    """A position that is drawn like another one."""

    same: str
    """The name of that one."""


PosesFile = dict[str, Pose | Like]


class Kind(NamedTuple):
    """A kind of screen, for replies that hold a line of one of its groups."""

    id: str
    lines: Texts


class Kept(NamedTuple):
    """The screen of the advice stays at these levels, whatever is asked after it."""

    levels: Annotated[frozenset[Level], AtLeast(1)]
    but_for: frozenset[str]
    """The kinds that are shown all the same."""


class Colours(NamedTuple):
    """The colours of the theme, and of the advice at each level."""

    ground: Colour
    text: Colour
    quiet: Colour
    card: Colour
    edge: Colour
    accent: Colour
    emergency: Colour
    urgent: Colour
    routine: Colour
    self_care: Colour


class Stroke(NamedTuple):
    """The look of the lines of one layer of a drawing."""

    colour: Colour
    width: Count


class Strokes(NamedTuple):
    """The layers of a drawing, the lowest first; each has the lines of a ``Pose`` under the same name."""

    prop: Stroke
    far: Stroke
    soft: Stroke
    active: Stroke
    body: Stroke
    head: Stroke
    arrow: Stroke


class ScreensFile(NamedTuple):
    """The tables of ``screens.toml``."""

    version: str
    """The version of APL."""
    longest: Count
    """Questions in the longest check, unless more are opened on the way."""
    kind: Annotated[tuple[Kind, ...], AtLeast(1)]
    """The kinds of screen in the order in which they are tried."""
    kept: Kept
    answers: Annotated[Mapping[str, Texts], AtLeast(1)]
    """Everything that can be touched at a question of the check, at the welcome, and at each offer."""
    colours: Colours
    strokes: Strokes
