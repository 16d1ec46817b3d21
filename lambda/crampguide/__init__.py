"""Leg Cramp Guide: a spoken red-flag check for a cramping calf, as an Alexa skill."""
