"""The table of offers: what each answer to an offer does, beside what ``offers.toml`` says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, get_args

from crampguide.dialogue import check, cramp, exercise, flow, relief, summary, teaching
from crampguide.dialogue.state import Wanted
from crampguide.dialogue.turn import Calmer, Guide, Move, Offer, Situation, Turn, with_offer
from crampguide.learning import load_learning
from crampguide.relief import load_relief
from crampguide.reviewed import DataError, fields, parse, read_checked
from crampguide.triage import load_protocol

_MUST = {"calmer": str, "reason": str}
_MAY = {
    "exercise": str, "taken_up_by": list, "may_wait_for": list, "source": str, "help": str, "options": str,
    "progress": str,
}  # fmt: skip
_WORDS = {
    "calmer": get_args(Calmer),
    "exercise": ("coached", "cramp"),
    "taken_up_by": ("more", "go_on"),
    "may_wait_for": ("learning", "course", "summary"),
    "source": ("relief",),
}


class Moves(NamedTuple):
    """The moves that answer an offer, besides asking about something else."""

    yes: Move
    no: Move
    next: Move = flow.yes
    """The move of "next", which is neither a yes nor a no."""
    cancel: Move = flow.stop
    previous: Move | None = None


def begin_exercise(here: Situation) -> Turn:
    """The exercise that was named, which may be the release of a cramp; else the next that suits."""
    named, release = here.slots.exercises, here.guide.relief.now
    return _exercise(here, release if release in named else next(iter(named), None))


def _exercise(here: Situation, named: str | None) -> Turn:
    return cramp.cramp_now(here) if named == here.guide.relief.now else relief.exercise(here, named)


def _wanted(here: Situation) -> Turn:
    """Gives what was asked for before the check was done."""
    wanted = here.state.relief.wanted or Wanted()
    return _exercise(here, wanted.exercise) if wanted.exercise else relief.tell(here, wanted.topic)


def _rest(here: Situation) -> Turn:
    """The rest of the advice."""
    return with_offer(here.state._replace(rest=()), *here.state.rest)


MOVES: Mapping[str, Moves] = {
    "check": Moves(check.start_check, check.decline),
    "check_again": Moves(check.start_over, flow.stop),
    "anything": Moves(check.ask_what_else, flow.stop),
    "resume": Moves(flow.proceed, flow.stop),
    "recap": Moves(check.confirm, check.refuse_recap, next=flow.proceed),
    "correct": Moves(check.which_then, flow.proceed, next=flow.proceed),
    "hear_again": Moves(check.advice_again, flow.stop),
    "more": Moves(_rest, flow.stop),
    "tips": Moves(relief.tips, flow.stop),
    "more_tips": Moves(relief.tell, flow.stop),
    "wanted": Moves(_wanted, relief.tips_then),
    "begin": Moves(exercise.onward, exercise.decline, cancel=flow.leave),
    "coach": Moves(exercise.onward, exercise.wait, cancel=flow.leave, previous=exercise.backward),
    "eased": Moves(cramp.eased, cramp.still_tight, next=flow.resume, cancel=flow.leave),
    "another": Moves(begin_exercise, flow.stop, cancel=flow.leave),
    "learn_more": Moves(teaching.go_on, teaching.enough),
    "card": Moves(summary.send, summary.do_not_send, next=flow.no),
}


@cache
def load_guide() -> Guide:
    """The guide that ships with the package; read and checked once per process."""
    raw = read_checked([Path(__file__).with_name("offers.toml")], _problems)
    return Guide(load_protocol(), _table(raw), load_relief, load_learning)


def read_offers(text: str, name: str = "offers") -> Mapping[str, Offer]:
    """Parses and checks offers written as in ``offers.toml``; ``name`` is used in messages.

    Raises ``DataError`` with every problem found, each naming the offer.
    """
    raw = parse(text, name=name)
    if found := [f"{name}: {problem}" for problem in _problems(raw)]:
        raise DataError(found)
    return _table(raw)


def _table(raw: Mapping[str, Any]) -> Mapping[str, Offer]:
    return {id_: _offer(id_, entry, MOVES[id_]) for id_, entry in raw.items()}


def _offer(id_: str, entry: Mapping[str, Any], moves: Moves) -> Offer:
    return Offer(
        id=id_,
        calmer=entry["calmer"],
        **moves._asdict(),
        exercise=entry.get("exercise"),
        taken_up_by=frozenset(entry.get("taken_up_by", ())),
        may_wait_for=frozenset(entry.get("may_wait_for", ())),
        source=entry.get("source"),
        help=entry.get("help"),
        options=entry.get("options"),
        progress=entry.get("progress"),
    )


def _problems(raw: Mapping[str, Any]) -> Iterator[str]:
    for offer in sorted(raw.keys() ^ MOVES.keys()):
        yield f"{offer}: needs an entry here, and a move for yes and for no"
    for offer, entry in raw.items():
        if not isinstance(entry, dict):
            yield f"{offer}: must be a table"
            continue
        yield from fields(offer, entry, _MUST, _MAY, _MAY)
        for column, known in _WORDS.items():
            for word in _listed(entry.get(column, [])):
                if word not in known:
                    yield f"{offer}: {column} is {word!r}, not one of {', '.join(known)}"


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
