"""Hosting without Lambda: the skill behind HTTP, for requests that Alexa has signed.

Reaches the skill through its handler alone, with the JSON that Alexa sends.
"""

from tools.entry import guard

guard("`make serve`")
