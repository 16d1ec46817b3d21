"""The workshop's commands, run as `python -m tools VERB`. Nothing here ships."""

from tools.entry import guard

guard("`make setup`")
