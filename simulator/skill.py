"""The way to the skill: its handler, found as Lambda finds it."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from simulator.device import Handler

SOURCE = Path(__file__).resolve().parent.parent / "lambda"


def load_handler() -> Handler:
    """`lambda_function.lambda_handler`, imported when it is asked for."""
    if str(SOURCE) not in sys.path:
        sys.path.insert(0, str(SOURCE))
    handler: Handler = import_module("lambda_function").lambda_handler
    return handler
