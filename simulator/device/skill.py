"""The way to the skill: its handler, found as Lambda finds it."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from simulator.device.echo import Handler
from simulator.files import BrokenFileError

SOURCE = Path(__file__).resolve().parents[2] / "lambda"


def load_handler() -> Handler:
    """`lambda_function.lambda_handler`, imported when it is asked for.

    Raises `BrokenFileError` where the skill refuses its own data.
    """
    if str(SOURCE) not in sys.path:
        sys.path.insert(0, str(SOURCE))
    try:
        handler: Handler = import_module("lambda_function").lambda_handler
    except Exception as error:
        if refused := refused_data(error):
            raise BrokenFileError(refused) from error
        raise
    return handler


def refused_data(error: BaseException | None) -> str:
    """Faults of the skill's own data, where that is what it raised; empty for any other error."""
    return "\n".join(getattr(error, "problems", ()))
