"""Errors of the check."""

from __future__ import annotations

from crampguide.reviewed import DataError


class ProtocolError(DataError):
    """The protocol is broken. ``problems`` lists every one found, each naming its culprit."""
