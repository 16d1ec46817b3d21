"""Talk to the skill without Alexa, or see how words are understood."""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib import metadata
from io import TextIOWrapper
from pathlib import Path

from simulator.files import BrokenFileError
from simulator.skill import HANDLER, Handler, NoSkillError, Skill, here
from simulator.understanding.resolve import Resolver

KIT = "skill-simulator"
"""The name of this package where it is installed by itself."""
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
does with it, said right after it is opened, or where the skill wants it said: the utterance, the intent,
whether the session ended, the reply, and what else the skill tells of it."""


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
        skill = Skill.at(given.skill or here().root, given.handler)
        resolver = skill.resolver(given.locale)
    except LookupError as error:
        return _refused(error)
    if given.command == "resolve":
        return _resolve(resolver)
    try:
        handler = skill.handler
    except NoSkillError as error:
        return _refused(error)
    if given.command == "outcome":
        return _outcome(skill, handler, resolver)
    if given.command == "web":
        from simulator.web.serve import serve  # noqa: PLC0415 - talking in the terminal does without a server

        return serve(skill, given.port, given.locale, given.profile)
    from simulator.terminal.talk import talk  # noqa: PLC0415 - resolve does without the terminal and the skill

    return talk(skill, given.locale, given.profile)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m simulator", description=__doc__)
    parser.add_argument("--version", action="version", version=_version())
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
        command.add_argument(
            "--skill", type=Path, metavar="FOLDER", help="the folder of the skill (default: this one's)"
        )
        command.add_argument(
            "--handler",
            default="",
            metavar="MODULE:NAME",
            help=f"its handler (default: {HANDLER}, in lambda/)",
        )
        command.add_argument("--locale", default="en-US", help="such as en-GB (default: en-US)")
    return parser


def _version() -> str:
    """The package and its version where it was installed by itself, else the skill of this clone and its."""
    try:
        return f"{KIT} {metadata.version(KIT)}"
    except metadata.PackageNotFoundError:
        return f"{here().title} {here().version}"


def _refused(error: LookupError) -> int:
    print(f"python -m simulator: {error.args[0]}", file=sys.stderr)
    return 2


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


def _outcome(skill: Skill, handler: Handler, resolver: Resolver) -> int:
    from simulator.device.outcome import outcome  # noqa: PLC0415 - resolve does without the device

    tell = skill.hook("outcome") or outcome
    logging.disable(logging.INFO)  # a line about each request would only be in the way
    for line in sys.stdin:
        found = tell(handler, resolver, line.rstrip("\r\n"))
        print(json.dumps(found, ensure_ascii=False), flush=True)
    return 0


def run() -> None:
    """Run the command that the process was started with, and end the process."""
    try:
        sys.exit(main())
    except BrokenPipeError:  # the reader has left, as `head` does; there is nobody to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    run()
