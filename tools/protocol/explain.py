"""Say why each question was asked or not, which rule set the level, and where it comes from."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import fill

from crampguide.triage import (
    ANSWERS,
    Answer,
    Ask,
    Level,
    Protocol,
    QuestionId,
    level_of,
    load_protocol,
    next_step,
)
from crampguide.triage.conditions import Known, holds
from crampguide.triage.pattern import pattern_of
from tools import conversations
from tools.protocol.in_words import LEVELS, answered, condition_in_words, name

_WIDTH = 100
_EXAMPLE = "chest_or_breathing=no one_calf_swollen=yes"


def explanation(protocol: Protocol, answers: Mapping[QuestionId, Answer], opened: frozenset[str]) -> str:
    """The explanation of these answers, given after these subjects were opened, as text of several lines."""
    level = level_of(protocol, answers)
    sections = [
        f"Protocol {protocol.version}. Level so far: {LEVELS[level]}.",
        *_section("What set the level", _reasons(protocol, answers, level)),
        *_section("Answers that reach less", _others(protocol, answers, level)),
        *_section("Pattern", [_pattern(protocol, answers, level)]),
        *_section("Every question", _questions(protocol, answers, opened)),
    ]
    return "\n".join(sections)


def _section(title: str, lines: Iterator[str] | Sequence[str]) -> list[str]:
    said = [
        fill(line, _WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
        for line in lines
    ]
    return ["", f"{title}:", *(said or ["  nothing"])]


def _rules(protocol: Protocol, answers: Mapping[QuestionId, Answer]) -> Iterator[tuple[Level, str]]:
    """Every rule that these answers meet: what it reaches, and the rule with its reason and sources."""
    for id_, said in answers.items():
        question = protocol.questions[id_]
        rule = f"{answered(protocol, id_, {said})}: {LEVELS[question.level(said)]}."
        yield question.level(said), f"{rule} {question.reason} {_sources(protocol, question.cites)}"
    known = Known(protocol, answers, frozenset(), Level.SELF_CARE)
    for combination in protocol.combinations.values():
        if holds(known, combination.when):
            when = ", and ".join(condition_in_words(protocol, combination.when))
            rule = f"{when}: {LEVELS[combination.level]} together ({combination.id})."
            yield combination.level, f"{rule} {combination.reason} {_sources(protocol, combination.cites)}"


def _reasons(protocol: Protocol, answers: Mapping[QuestionId, Answer], level: Level) -> list[str]:
    if level is Level.SELF_CARE:
        return ["no answer and no combination reaches more than self-care"]
    return [rule for reached, rule in _rules(protocol, answers) if reached is level]


def _others(protocol: Protocol, answers: Mapping[QuestionId, Answer], level: Level) -> list[str]:
    return [rule for reached, rule in _rules(protocol, answers) if Level.SELF_CARE < reached < level]


def _sources(protocol: Protocol, cites: Sequence[str]) -> str:
    named = (protocol.sources[source] for source in cites)
    return "Source: " + "; ".join(f"{source.name} {source.link}".strip() for source in named) + "."


def _pattern(protocol: Protocol, answers: Mapping[QuestionId, Answer], level: Level) -> str:
    told = pattern_of(protocol, answers)
    if level >= Level.URGENT:
        return f"not told at {LEVELS[level]}; the answers would fit {told}"
    reasons = [fit.reason for fit in protocol.pattern.fit if fit.id == told]
    why = "".join(reasons) or "No fit within its limits."
    return f"{told}. {why} {_sources(protocol, protocol.pattern.cites)}"


def _questions(
    protocol: Protocol, answers: Mapping[QuestionId, Answer], opened: frozenset[str]
) -> Iterator[str]:
    step = next_step(protocol, answers, opened)
    following = step.question if isinstance(step, Ask) else None
    known, later = Known(protocol, answers, opened, level_of(protocol, answers)), False
    for id_, question in protocol.questions.items():
        title = name(protocol, id_)
        asked_if = ", and ".join(condition_in_words(protocol, question.when))
        if id_ in answers:
            yield f"{title}: answered {answers[id_]}" + (f"; asked if {asked_if}" if asked_if else "")
        elif known.level is Level.EMERGENCY:
            yield f"{title}: not asked, this is an emergency already"
        elif id_ == following:
            later = True
            yield f"{title}: comes next"
        elif not holds(known, question.when):
            yield f"{title}: not asked, only if {asked_if}"
        elif later:
            yield f"{title}: comes later, if it can still change anything"
        else:
            yield f"{title}: not asked, its answer could change nothing any more"


def _from_conversation(path: Path) -> tuple[dict[QuestionId, Answer], frozenset[str]]:
    """The answers at the end of a conversation file, or before it ended and they were gone."""
    given: dict[QuestionId, Answer] = {}
    opened: frozenset[str] = frozenset()
    for _, did in conversations.play(conversations.read(path)):
        if did.attributes.get("answers"):
            given = dict(did.attributes["answers"])
            opened = frozenset(str(did.attributes.get("opened", "")).split())
    return given, opened


def _parsed(protocol: Protocol, written: Sequence[str]) -> dict[QuestionId, Answer]:
    answers: dict[QuestionId, Answer] = {}
    for each in written:
        id_, _, said = each.partition("=")
        if id_ not in protocol.questions:
            raise SystemExit(f"{id_!r} is no question; they are: {', '.join(protocol.questions)}")
        if said not in ANSWERS:
            raise SystemExit(f"{each!r} gives no answer: write {id_}=yes, {id_}=no or {id_}=unsure")
        answers[QuestionId(id_)] = said
    return {id_: answers[id_] for id_ in protocol.questions if id_ in answers}


def main(argv: list[str]) -> int:
    """Print the explanation of answers, or of a conversation that was saved."""
    parser = argparse.ArgumentParser(prog="python -m tools explain", description=__doc__)
    parser.add_argument("answers", nargs="*", help=f"answers by question, such as {_EXAMPLE}")
    parser.add_argument("--opened", nargs="*", default=[], help="subjects that the person brought up")
    parser.add_argument("--conversation", type=Path, help="a conversation file, instead of answers")
    chosen, protocol = parser.parse_args(argv), load_protocol()
    if unknown := set(chosen.opened) - protocol.opens:
        parser.error(f"{', '.join(unknown)} is no subject; they are: {', '.join(sorted(protocol.opens))}")
    if chosen.conversation is None:
        answers, opened = _parsed(protocol, chosen.answers), frozenset(chosen.opened)
    else:
        try:
            answers, opened = _from_conversation(chosen.conversation)
        except (OSError, ValueError, conversations.ConversationError) as error:
            print(f"{chosen.conversation} cannot be played: {error}", file=sys.stderr)
            return 1
    print(explanation(protocol, answers, opened))
    return 0
