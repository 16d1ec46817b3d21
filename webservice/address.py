"""The place that a certificate chain may come from: one folder of one host, and nowhere else."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import urlsplit

from webservice.refusal import Reason, RefusedError

HOST, PORT = "s3.amazonaws.com", 443
_FOLDER = "/echo.api/"
_PLAIN = re.compile(r"[!-~]{1,512}")
_PATH = re.compile(r"[A-Za-z0-9._/-]+")


def chain_path(url: str) -> str:
    """The normal form of the path in the address of a chain, which is all of it that is ever used.

    Raises ``RefusedError`` for an address that is not Amazon's, or that could be read in two ways.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise RefusedError(Reason.ADDRESS) from None
    path = posixpath.normpath(parts.path)
    amazons = (
        _PLAIN.fullmatch(url)
        and parts.scheme == "https"
        and parts.hostname == HOST
        and parts.username is parts.password is None
        and port in {None, PORT}
        and not parts.query
        and not parts.fragment
        and _PATH.fullmatch(parts.path)
        and path.startswith(_FOLDER)
    )
    if not amazons:
        raise RefusedError(Reason.ADDRESS)
    return path
