"""The entry point on AWS Lambda, and for everything else that talks to the skill."""

import os

from crampguide.voice.skill import build_skill

lambda_handler = build_skill(os.environ).lambda_handler()
