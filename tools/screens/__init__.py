"""Screens held against APL and the rules of a screen, and drawn for a person to look at."""
