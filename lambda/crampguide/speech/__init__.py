"""Every word the skill says, as data by language and region, and how it becomes speech."""

from crampguide.speech.catalogue import Catalogue, catalogue_for, rules
from crampguide.speech.line import Line, Worded
from crampguide.speech.render import reprompt, ssml, words
from crampguide.speech.spoken import Pace, to_plain, to_ssml

__all__ = [
    "Catalogue",
    "Line",
    "Pace",
    "Worded",
    "catalogue_for",
    "reprompt",
    "rules",
    "ssml",
    "to_plain",
    "to_ssml",
    "words",
]
