"""Understanding of people's own words: text in, warning signs and how they were spoken of out.

``reader(language).read(text)`` gives a ``Reading``. It loads its data on first use, needs the standard
library alone, keeps nothing, and never takes words for a no: what is in doubt is to be asked about.
"""

from __future__ import annotations

from crampguide.understand.model import Kind, Reading, Stance
from crampguide.understand.reader import Reader, has, reader
from crampguide.understand.rules import UnderstandingError

__all__ = ["Kind", "Reader", "Reading", "Stance", "UnderstandingError", "has", "reader"]
