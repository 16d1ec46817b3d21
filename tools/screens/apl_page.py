"""Makes a web page of a screen that opens without a server, drawn by the modules of the simulator's page."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from simulator import web
from simulator.files import read_text
from simulator.web.devices import Kind

_STATIC = Path(web.__file__).with_name("static")
_BESIDE = 'from "./'
_NAMED = 'from "apl/'
_URL = "data:text/javascript;base64,"
_PAGE = """<!doctype html><meta charset=utf-8><title>{title}</title>
<style>{style}*{{box-sizing:border-box}}body{{margin:0}}.apl{{border-radius:{corners}}}</style>
<script type=importmap>{modules}</script>
<script type=module>
import {{ draw }} from "apl/draw.js";
const {{ screen, problems }} = draw({directive}, {viewport}, () => {{}});
document.body.append(screen, problems.join("; "));
</script>
"""


def page(directive: Mapping[str, Any], viewport: Kind) -> str:
    """The screen as HTML, as wide and high as the device; what could not be drawn stands below it."""
    return _PAGE.format(
        title=directive["token"],
        style=read_text(_STATIC / "device.css"),
        corners="50%" if viewport.shape == "round" else "0",
        modules=_written({"imports": _modules()}),
        directive=_written(directive),
        viewport=_written(viewport._asdict()),
    )


@cache
def _modules() -> Mapping[str, str]:
    """Each module under a name: from a page without a server none finds another by where it stands."""
    sources = {path.name: read_text(path) for path in sorted((_STATIC / "apl").glob("*.js"))}
    named = {name: source.replace(_BESIDE, _NAMED).encode() for name, source in sources.items()}
    return {f"apl/{name}": _URL + base64.b64encode(source).decode() for name, source in named.items()}


def _written(data: object) -> str:
    """JSON that may stand in a script of a page."""
    return json.dumps(data).replace("<", "\\u003c")
