"""One sentence from `python -m` outside the environment, in place of a traceback.

Parsed by whatever Python somebody has, down to 2.7, so that it can say that it is too old.
"""

import sys

OLDEST = (3, 11)
OUR_OWN = ("crampguide", "lambda_function", "mcp_server", "simulator", "tests", "tools", "webservice")


def too_old(version, python):
    # type: (tuple[object, ...], str) -> str
    """Why that Python will not do."""
    return "Python {0} or later is needed, and {1} is {2}.".format(
        ".".join(map(str, OLDEST)), python, ".".join(map(str, version[:3]))
    )


def guard(advice):
    # type: (str) -> None
    """Make `python -m` end in one sentence where Python is too old or a package is missing.

    `advice` is the command that gets what is missing. Whoever imports the code instead sees no difference.
    """
    if sys.argv[:1] not in (["-m"], ["-c"]):  # Python 2 says "-c" of both
        return
    if sys.version_info < OLDEST:
        sys.exit(
            "{0} Run {1}: it looks for a newer one.".format(too_old(sys.version_info, sys.executable), advice)
        )
    otherwise = sys.excepthook

    def explain(kind, problem, trace):  # type: ignore[no-untyped-def]
        missing = getattr(problem, "name", None) if issubclass(kind, ImportError) else None
        if not missing or missing.partition(".")[0] in OUR_OWN:
            otherwise(kind, problem, trace)
            return
        sys.stderr.write(
            "{0} is not installed for {1}. Run {2}: it makes .venv with all that is needed; "
            "after that, .venv/bin/python runs this.\n".format(missing, sys.executable, advice)
        )

    sys.excepthook = explain
