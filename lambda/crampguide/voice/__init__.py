"""The Alexa layer: what was understood becomes a move, a turn, and a reply in the user's locale."""

from crampguide.voice.later import load_later

# Here, because this runs before any module of the SDK is imported.
for _name in ("pprint", "dateutil.tz"):
    load_later(_name)
