"""Make the virtual environment that a verb runs in: python3 tools/setup/bootstrap.py FOLDER GROUP.

Parsed by whatever Python somebody has, down to 2.7: one that is too old looks for a newer one and starts
again on it, or says what to do. Everything else is in `tools/setup/environment.py`.
"""

from __future__ import print_function

import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))

from tools import entry

NEWER_PYTHONS = ("python3.13", "python3.12", "python3.11", "python3")


def main(argv):
    # type: (list[str]) -> int
    """Leave the named groups of packages in the folder that comes first; 1 if that failed."""
    if sys.version_info >= entry.OLDEST:
        from tools.setup import environment

        return environment.main(argv)
    python = newer_python()
    if python is not None:
        os.execv(python, [python, os.path.abspath(__file__)] + list(argv))
    print(
        "setup failed: " + entry.too_old(sys.version_info, sys.executable),
        "Install a newer one, or name it: make talk PYTHON=/path/to/python3",
        file=sys.stderr,
    )
    return 1


def newer_python():
    # type: () -> str | None
    """A Python on the path that is new enough, the newest that was tried first."""
    folders = os.environ.get("PATH", "").split(os.pathsep)
    candidates = [os.path.join(folder, name) for name in NEWER_PYTHONS for folder in folders]
    return next((found for found in candidates if os.access(found, os.X_OK) and is_new_enough(found)), None)


def is_new_enough(python):
    # type: (str) -> bool
    """Tell whether that command runs and is one; version managers leave names on the path that do not run."""
    test = "import sys; sys.exit(sys.version_info < {0!r})".format(entry.OLDEST)
    with open(os.devnull, "w") as nowhere:
        try:
            return subprocess.call([python, "-c", test], stdout=nowhere, stderr=nowhere) == 0
        except OSError:
            return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
