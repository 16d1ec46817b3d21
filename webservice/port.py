"""Says why a server cannot listen, and what to do about it."""

from __future__ import annotations

import errno

FIRST_FOR_ANYBODY = 1024
LAST = 65535
FREE_AS_A_RULE = 8090


def cannot_listen(error: OSError, host: str, port: int, verb: str) -> str:
    """Say what stands in the way of listening on an address, and what to do.

    ``error`` is what the attempt raised, ``verb`` the one of `make` that was meant, such as ``serve``.
    """
    another = port + 1 if FIRST_FOR_ANYBODY <= port < LAST else FREE_AS_A_RULE
    take = f"take another port: make {verb} PORT={another}"
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use; stop what listens there, or {take}"
    if error.errno in {errno.EACCES, errno.EPERM}:
        return f"port {port} needs an administrator, as those below {FIRST_FOR_ANYBODY} do; {take}"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is no address of this machine; give one that is with --host, such as 127.0.0.1"
    return f"{host} port {port} cannot be had ({error.strerror or error}); {take}"
