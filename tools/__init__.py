"""The workshop's commands, run as `python -m tools VERB`. Nothing here ships."""
