"""The Alexa layer, and the only package that names its SDK: requests in, responses out."""

from crampguide.alexa.lazy_modules import load_lazily

# Here, because this runs before any module of the SDK is imported.
for _name in ("pprint", "dateutil.tz"):
    load_lazily(_name)
