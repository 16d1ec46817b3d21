"""Write bills of materials (CycloneDX) of what ships and of what it is made with to build/sbom."""

from __future__ import annotations

import argparse
import subprocess
import sys
from functools import cache
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tools.setup import locks
from tools.version import PROJECT

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "sbom"
LOCKS = {group: locks.path_of(group) for group in locks.groups()}


def write(name: str, folder: Path) -> Path:
    """The bill of one lock file, validated against CycloneDX's schema: the same file, the same bill.

    Raises ``subprocess.CalledProcessError`` where the lock file is not one, ``ValueError`` where the bill
    breaks the schema.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    python = [sys.executable, "-W", "ignore:The Component this BOM is describing:UserWarning"]
    command = [*python, "-m", "cyclonedx_py", "requirements", "--output-reproducible", "--sv", "1.6"]
    command += ["--pyproject", str(PROJECT)]  # whose name and version the bill is of
    # Validated below, where the schema is loaded once for all bills.
    command += ["--no-validate", "-o", str(path), str(LOCKS[name])]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own command
    except subprocess.CalledProcessError as error:
        error.add_note(error.stderr)
        raise
    if broken := problem(path.read_text(encoding="utf-8")):
        raise ValueError(f"{path.name}: {broken}")
    return path


def problem(bill: str) -> str | None:
    """Violations of CycloneDX's schema in a bill."""
    broken = _schema().validate_str(bill)
    return str(broken) if broken else None


@cache
def _schema() -> JsonStrictValidator:
    return JsonStrictValidator(SchemaVersion.V1_6)


def main(argv: list[str]) -> int:
    """Write every bill and say where."""
    argparse.ArgumentParser(prog="python -m tools sbom", description=__doc__).parse_args(argv)
    for name in LOCKS:
        print(write(name, FOLDER).relative_to(ROOT))
    return 0
