"""The picture on a device with a display: APL documents as data, filled with what a reply says."""

from crampguide.screen.build import Moment, Said, directive
from crampguide.screen.drawing import drawing_of

__all__ = ["Moment", "Said", "directive", "drawing_of"]
