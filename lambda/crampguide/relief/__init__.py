"""Relief as reviewed data: tips, exercises, whom they suit, and how an exercise is taken step by step."""

from crampguide.relief.choose import allowed, caution_to_ask, forbidden_by, next_exercise, tips_for
from crampguide.relief.load import ReliefError, load_relief, read_relief
from crampguide.relief.model import Exercise, Relief, Tip
from crampguide.relief.plan import Beat, plan

__all__ = [
    "Beat",
    "Exercise",
    "Relief",
    "ReliefError",
    "Tip",
    "allowed",
    "caution_to_ask",
    "forbidden_by",
    "load_relief",
    "next_exercise",
    "plan",
    "read_relief",
    "tips_for",
]
