"""Hands to the simulator what only this skill can tell: ``tool.simulator`` of pyproject.toml names it."""
