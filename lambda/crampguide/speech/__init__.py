"""Every word the skill says, as data by language and region, and how it becomes speech."""

from crampguide.speech.catalogue import Catalogue, catalogue_for, rules
from crampguide.speech.spoken import seconds, to_plain, to_ssml

__all__ = ["Catalogue", "catalogue_for", "rules", "seconds", "to_plain", "to_ssml"]
