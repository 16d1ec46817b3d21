"""`python -m tools VERB ...` runs `main(argv)` of the verb's module and exits with what it returns.

The first line of that module's docstring is the verb's help. Only the verb that runs is imported, so a
cheap check stays cheap.
"""

from __future__ import annotations

import ast
import importlib
import sys
from pathlib import Path

HERE = Path(__file__).parent
USAGE_ERROR = 2
SOURCE_ROOT = HERE.parent / "lambda"
MODULES = {
    "api": "docs.api",
    "bench": "bench.report",
    "bench_web": "bench.web_service",
    "book": "listening.book",
    "bootstrap": "setup.bootstrap",
    "by_voice": "listening.by_voice",
    "dependencies": "release.dependencies",
    "deploy": "release.deploy",
    "diff": "protocol.diff",
    "environment": "setup.environment",
    "explain": "protocol.explain",
    "hazards": "protocol.hazards",
    "icons": "docs.icons",
    "installs": "setup.installs",
    "interrupt_bench": "listening.interrupt_bench",
    "kit": "release.kit",
    "learn_answers": "listening.learn_answers",
    "lock": "setup.lock",
    "misheard": "research.misheard",
    "models": "models.models",
    "mutation": "bench.mutation",
    "new-locale": "languages.new_locale",
    "package": "release.package",
    "prompts_heard": "listening.prompts_heard",
    "protocol_pages": "protocol.pages",
    "prove": "protocol.prove",
    "recogniser": "setup.recogniser",
    "record": "record",
    "sbom": "release.sbom",
    "schema": "models.schema",
    "schemas": "docs.schemas",
    "screens": "screens.draw",
    "space": "protocol.state_space",
    "transcripts": "docs.transcripts",
    "understand": "understand.train",
    "understand_vectors": "understand.vectors",
    "validate": "validate",
    "voice_bench": "listening.voice_bench",
    "wake_bench": "listening.wake_bench",
    "web_picture": "docs.web_picture",
}
"""Every verb, in alphabetical order, with the module that is run."""


def verbs() -> dict[str, str]:
    """Each verb with its help, in alphabetical order."""
    return {verb: _first_line(module) for verb, module in MODULES.items()}


def _first_line(module: str) -> str:
    source = HERE.joinpath(*module.split(".")).with_suffix(".py").read_text(encoding="utf-8")
    return (ast.get_docstring(ast.parse(source)) or "").partition("\n")[0]


def usage() -> str:
    """The text of `--help`."""
    listing = "\n".join(f"  {name:<12} {line}" for name, line in verbs().items())
    return f"usage: python -m tools VERB [options]\n\n{listing}"


def main(argv: list[str]) -> int:
    """Run one verb; an unknown or missing one gets the list on standard error and 2."""
    if argv[:1] in (["-h"], ["--help"]):
        print(usage())
        return 0
    if not argv or argv[0] not in MODULES:
        complaint = f"unknown verb: {argv[0]}\n" if argv else ""
        print(complaint + usage(), file=sys.stderr)
        return USAGE_ERROR
    sys.path.insert(0, str(SOURCE_ROOT))
    from crampguide.reviewed import DataError  # noqa: PLC0415
    from simulator.files import BrokenFileError  # noqa: PLC0415 - only a verb that runs needs more than this file

    try:
        status: int = importlib.import_module(f"tools.{MODULES[argv[0]]}").main(argv[1:])
    except (BrokenFileError, DataError) as broken:
        print(broken, file=sys.stderr)
        return 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
