"""The locales that a test goes through."""

from __future__ import annotations

FURTHEST_APART = ("en-US", "en-GB")
"""Between these a language differs most: what takes seconds for a locale is held in them.

What only a further region says is held in `tests/interaction_models/test_regions.py`, and wherever a test
goes through `locales()`.
"""
