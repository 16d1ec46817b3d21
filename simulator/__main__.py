"""Talk to the skill without Alexa, or see how words are understood."""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from io import TextIOWrapper

from simulator.files import BrokenFileError
from simulator.understanding.resolve import Resolver
from simulator.version import NAME, version

TALK = """\
Talks to the skill in this terminal, or with the lines of a pipe.
Empty lines are silence; :help lists the commands."""
TALK_CODES = """\
exit codes:
  0  the conversation ran, to its end or to the end of the input
     (lines that came after the end of the session are counted on standard error)
  1  the skill raised, or answered what Alexa would refuse, or a file of data is broken
  2  a usage error, such as a locale without an interaction model"""
WEB = """\
Serves a page for this machine alone: a device with or without a display, and what is behind each reply.
Nothing that is said on it is logged or written to disk."""
RESOLVE = """\
Reads utterances from standard input, one a line, and prints for each one line of JSON:
the utterance, the intent, and the slots with the words said and the id they stand for.
A slot that holds several values lists them all under "values". Words that the interaction model does not list
are the fallback intent here; "outcome" tells what the skill makes of them."""
OUTCOME = """\
Reads utterances from standard input, one a line, and prints for each one line of JSON with what the skill
does with it, said at the first question of the check: the signs that count as said, those asked about next
and after a no, those that count as denied, the level of the advice, whether the session ended, the reply."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    try:
        return _run(_parser().parse_args(argv))
    except BrokenFileError as broken:
        print(f"python -m simulator: {broken}", file=sys.stderr)
        return 1


def _run(given: argparse.Namespace) -> int:
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # an odd byte, or a terminal without "…", stops nothing
    try:
        resolver = Resolver.for_locale(given.locale)
    except LookupError as error:
        print(f"python -m simulator: {error.args[0]}", file=sys.stderr)
        return 2
    if given.command == "resolve":
        return _resolve(resolver)
    if given.command == "outcome":
        return _outcome(resolver)
    if given.command == "web":
        from simulator.web.serve import serve  # noqa: PLC0415 - talking in the terminal does without a server

        return serve(given.port, given.locale, given.profile)
    from simulator.terminal.talk import talk  # noqa: PLC0415 - resolve does without the terminal and the skill

    return talk(resolver, given.locale, given.profile)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m simulator", description=__doc__)
    parser.add_argument("--version", action="version", version=f"{NAME} {version()}")
    commands = parser.add_subparsers(dest="command", required=True)
    raw = argparse.RawDescriptionHelpFormatter
    commands.add_parser(
        "talk", help="hold a conversation", description=TALK, epilog=TALK_CODES, formatter_class=raw
    )
    commands.add_parser(
        "resolve", help="see how words are understood", description=RESOLVE, formatter_class=raw
    )
    commands.add_parser(
        "outcome", help="see what the skill does with words", description=OUTCOME, formatter_class=raw
    )
    web = commands.add_parser("web", help="talk on a web page", description=WEB, formatter_class=raw)
    web.add_argument("--port", type=_port, default=8100, help="0 takes any that is free (default: 8100)")
    for name in ("talk", "web"):
        commands.choices[name].add_argument(
            "--profile",
            help="the ASK CLI's: whose skill a saved conversation is for (default: ASK_DEFAULT_PROFILE)",
        )
    for command in commands.choices.values():
        command.add_argument("--locale", default="en-US", help="such as en-GB (default: en-US)")
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) not in range(65536):
        raise argparse.ArgumentTypeError("a number from 0 to 65535 is expected")
    return int(text)


def _resolve(resolver: Resolver) -> int:
    for line in sys.stdin:
        typed = line.rstrip("\r\n")
        heard = replace(resolver.resolve(resolver.typed(typed)), utterance=typed)
        print(json.dumps(heard.as_json(), ensure_ascii=False), flush=True)
    return 0


def _outcome(resolver: Resolver) -> int:
    from simulator.device.outcome import outcome  # noqa: PLC0415 - resolve does without the skill
    from simulator.device.skill import load_handler  # noqa: PLC0415 - as above

    handler = load_handler()
    logging.disable(logging.INFO)  # a line about each request would only be in the way
    for line in sys.stdin:
        found = outcome(handler, resolver, line.rstrip("\r\n"))
        print(json.dumps(found.as_json(), ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:  # the reader has left, as `head` does; there is nobody to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
