"""The pip that installs: it runs from its wheel and is never part of the environment it fills.

The one that comes with Python, else (Debian without python3-venv) one pinned pip, which is fetched.
Standard library only.
"""

from __future__ import annotations

import hashlib
import html
import re
import ssl
import sysconfig
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from tools.setup.locks import SetupError

PINNED = "pip-26.3-py3-none-any.whl"
SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"
PUBLIC_INDEX = "https://pypi.org/simple"
TIMEOUT_SECONDS = 60


def bundled() -> Path | None:
    """The pip that came with this Python, if one did."""
    ensurepip = find_spec("ensurepip")
    folders = [Path(where) for where in [sysconfig.get_config_var("WHEEL_PKG_DIR")] if where]
    if ensurepip is not None and ensurepip.origin:
        folders.append(Path(ensurepip.origin).parent / "_bundled")
    wheels = [wheel for folder in folders for wheel in folder.glob("pip-*-py3-none-any.whl")]
    return max(wheels, key=lambda wheel: [int(each) for each in re.findall(r"\d+", wheel.name)], default=None)


def fetch(folder: Path, settings: Mapping[str, str]) -> Path:
    """Put the pinned pip into a folder, from the index that pip would use; another hash is refused."""
    index = settings.get("index-url") or PUBLIC_INDEX
    page_url = index.rstrip("/") + "/pip/"
    shown = _without_password(page_url)
    trust = ssl.create_default_context(cafile=settings.get("cert"))
    try:
        page = _download(page_url, trust).decode("utf-8")
        link = re.search(r'href="([^"]*/)?' + re.escape(PINNED) + r'[#"]', page)
        if link is None:
            raise SetupError(f"{shown} does not offer {PINNED}")
        content = _download(urllib.parse.urljoin(page_url, html.unescape(link[1] or "") + PINNED), trust)
    except (OSError, ValueError) as problem:
        raise SetupError(
            f"this Python comes without pip, and {shown} could not be reached to fetch one ({problem}). "
            "Check the network and the proxy, or install your system's own pip (on Debian: python3-venv); "
            "then try again"
        ) from problem
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise SetupError(f"{shown} sent a {PINNED} that is not the one pinned here; it was not used")
    wheel = folder / PINNED
    wheel.write_bytes(content)
    return wheel


def _download(url: str, trust: ssl.SSLContext) -> bytes:
    request = urllib.request.Request(url, headers={"Accept": "text/html"})  # noqa: S310 - the person's own index
    with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS, context=trust) as reply:  # noqa: S310
        body: bytes = reply.read()
    return body


def _without_password(url: str) -> str:
    parts = urllib.parse.urlsplit(url)
    return urllib.parse.urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
