"""The entry point on AWS Lambda, and for everything else that talks to the skill."""

import gc
import os

# Nothing that a start loads is garbage, and looking for some takes a fifteenth of the start.
gc.disable()

from crampguide.alexa.skill import build_skill  # noqa: E402 - what this import loads is the reason

lambda_handler = build_skill(os.environ).lambda_handler()
gc.enable()
