"""Make build/skill-package and build/lambda, which the ASK CLI deploys.

The same sources give the same bytes, whatever machine makes them. Prints what the code weighs, by package.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from simulator.files import read_json
from tools.release import package_code, package_skill
from tools.release.package_code import PackageError

ROOT = Path(__file__).parents[2]
RESOURCES = ROOT / "ask-resources.json"
OLDEST_ZIP_TIME = 315532800  # 1980-01-01 in UTC: a zip knows no earlier day
FOLDER_MODE, FILE_MODE = 0o755, 0o644
REMINDER = "run-make-package-first"
"""An empty folder that the ASK CLI's way to the skill package leads through.

The CLI says no more than that the path in ask-resources.json does not exist, so the path says what to do.
"""


def runtime(profile: str = "default") -> str:
    """The Python version of the Lambda runtime that ask-resources.json asks for, such as ``3.13``."""
    named: str = read_json(RESOURCES)["profiles"][profile]["skillInfrastructure"]["userConfig"]["runtime"]
    return named.removeprefix("python")


def package(folder: Path, version: str) -> bool:
    """Put `skill-package` and `lambda` into the folder, in place of older ones; whether there is bytecode.

    Beside them goes the empty folder through which the ASK CLI finds them.

    Raises ``PackageError``; what was there before then stays as it was.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".making-") as scratch:
        skill, code = Path(scratch) / "skill-package", Path(scratch) / "lambda"
        skill.mkdir()
        code.mkdir()
        package_skill.assemble(skill)
        compiled = package_code.assemble(code, version)
        for made in (skill, code):
            settle(made)
            old = folder / made.name
            shutil.rmtree(old, ignore_errors=True)
            made.rename(old)
    (folder / REMINDER).mkdir(exist_ok=True)
    settle(folder / REMINDER)
    return compiled


def settle(tree: Path) -> None:
    """Give every file and folder the same times and modes, whoever made them and when."""
    for path in [*sorted(tree.rglob("*"), reverse=True), tree]:
        path.chmod(FOLDER_MODE if path.is_dir() else FILE_MODE)
        os.utime(path, (OLDEST_ZIP_TIME, OLDEST_ZIP_TIME))


def weights(tree: Path) -> Counter[str]:
    """The compressed bytes of each top-level package, and under the empty name the whole zip's."""
    packed = io.BytesIO()
    weighed: Counter[str] = Counter()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(path for path in tree.rglob("*") if path.is_file()):
            archive.write(path, path.relative_to(tree))
        for entry in archive.infolist():
            top = entry.filename.partition("/")[0]
            weighed["(notes and licences)" if top.endswith(".dist-info") else top] += entry.compress_size
    weighed[""] = len(packed.getvalue())
    return weighed


def report(weighed: Counter[str]) -> Iterator[str]:
    """The lines of the table, heaviest first."""
    for name, size in weighed.most_common():
        yield f"  {name or 'zip in all':<24}{size / 1000:>10,.1f} kB"


def main(argv: list[str]) -> int:
    """Make both folders; 1 if that failed or the code is too heavy."""
    parser = argparse.ArgumentParser(
        prog="python -m tools package", description="Make the packages to deploy."
    )
    parser.add_argument("--out", type=Path, default=ROOT / "build", help="where to put them (build)")
    parser.add_argument(
        "--python", default=runtime(), metavar="X.Y", help="the runtime's Python (%(default)s)"
    )
    options = parser.parse_args(argv)
    try:
        compiled = package(options.out, options.python)
    except PackageError as problem:
        print(f"package failed: {problem}", file=sys.stderr)
        return 1
    weighed = weights(options.out / "lambda")
    print(f"{options.out / 'skill-package'} and {options.out / 'lambda'} are made. The code, zipped:")
    print("\n".join(report(weighed)))
    if not compiled:
        print(
            f"No Python {options.python} was found here, so the package holds no bytecode: it works, but "
            "compiles itself at every cold start, which takes about twice as long. Install "
            f"Python {options.python} (from python.org, pyenv or uv) and run this again before you deploy."
        )
    limit: int = package_code.SETTINGS["largest_zip_bytes"]
    if weighed[""] > limit:
        print(f"package failed: the zip is over its limit of {limit / 1000:,.0f} kB", file=sys.stderr)
        return 1
    return 0
