"""The way to the skill: the handler that Lambda calls."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from webservice.adapter import Handler

SOURCE = Path(__file__).parents[1] / "lambda"


def load_handler() -> Handler:
    """`lambda_function.lambda_handler`; it reads the environment when it is first imported."""
    if str(SOURCE) not in sys.path:
        sys.path.insert(0, str(SOURCE))
    handler: Handler = import_module("lambda_function").lambda_handler
    return handler
