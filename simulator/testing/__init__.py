"""Tests of a skill in Python: conversations, certification rules, speech budgets, requests of the real world.

The pytest plugin `simulator.testing.plugin` hands out `Echo` as the fixture ``echo``, and collects
conversations from TOML files.
"""

from simulator.testing.budgets import Budgets, seconds
from simulator.testing.certification import certify
from simulator.testing.echo import Echo, Said
from simulator.testing.expectations import Own
from simulator.testing.real_requests import answer_real_requests

__all__ = ["Budgets", "Echo", "Own", "Said", "answer_real_requests", "certify", "seconds"]
