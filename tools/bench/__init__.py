"""Measurements of what ships, and of its tests."""
