"""What all tests share."""

from __future__ import annotations

from hypothesis import settings

# The same examples on every run, and no example fails for being slow.
settings.register_profile("house", derandomize=True, deadline=None)
settings.load_profile("house")
