"""The table of offers: what each answer to an offer does, beside what ``offers.toml`` says of it."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from crampguide.dialogue import (
    check,
    cramp,
    crisis,
    exercise,
    flow,
    for_whom,
    heard,
    relief,
    summary,
    teaching,
)
from crampguide.dialogue.state import Wanted
from crampguide.dialogue.turn import Calmer, Guide, Move, Offer, Situation, Turn, with_offer
from crampguide.learning import load_learning
from crampguide.relief import load_relief
from crampguide.reviewed import parse
from crampguide.triage import load_protocol
from crampguide.typed import AtLeast, typed, typed_files


class Row(NamedTuple):
    """An offer as ``offers.toml`` has it; ``Offer`` says what each field means."""

    calmer: Calmer
    """The answer that reassures, or lets something happen that may do harm."""
    reason: str
    """Why that answer is the calmer one."""
    exercise: Literal["coached", "cramp"] | None = None
    """The kind of exercise that the offer is made in."""
    taken_up_by: Annotated[frozenset[Literal["more", "go_on"]], AtLeast(1)] = frozenset()
    """The words that take it up besides a yes."""
    may_wait_for: Annotated[frozenset[Literal["learning", "course", "summary"]], AtLeast(1)] = frozenset()
    """Everything that is told after advice instead of making this offer again."""
    source: Literal["relief"] | None = None
    """The thing that "who says so" is about."""
    help: str | None = None
    """The line that answers "help"; without one, help for the advice given so far."""
    options: str | None = None
    """The line said when nothing is understood twice in a row; without one, what can be said anywhere."""
    progress: str | None = None
    """The line that answers "how many are left"; without one, what is left of the check or of the tips."""


OffersFile = dict[str, Row]


class Moves(NamedTuple):
    """The moves that answer an offer, besides asking about something else."""

    yes: Move
    no: Move
    next: Move = flow.yes
    """The move of "next", which is neither a yes nor a no."""
    cancel: Move = flow.stop
    previous: Move | None = None
    unclear: Move | None = None
    """The move of "I don't know" and of what was not understood, where it is not just asked again."""
    hedged: Move | None = None
    """The move of half a yes or no, where it is asked for no other."""


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
    "heard_right": Moves(
        heard.confirm,
        flow.take_back,
        next=flow.keep,
        previous=flow.take_back,
        unclear=heard.unclear,
        hedged=flow.keep,
    ),
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
    "crisis_then": Moves(crisis.go_on, crisis.part, cancel=crisis.part, unclear=crisis.unclear),
    "can_answer": Moves(check.hand_over, for_whom.part, next=flow.resume, cancel=for_whom.part),
    "card": Moves(summary.send, summary.do_not_send, next=flow.no),
}


@cache
def load_guide() -> Guide:
    """The guide that ships with the package; read and checked once per process."""
    offers = typed_files([Path(__file__).with_name("offers.toml")], _offers)
    return Guide(load_protocol(), offers, load_relief, load_learning)


def read_offers(text: str) -> Mapping[str, Offer]:
    """Parses and checks offers written as in ``offers.toml``.

    Raises ``DataError`` with every problem found, each naming the offer.
    """
    return _offers(parse(text))


def _offers(raw: Mapping[str, Any]) -> Mapping[str, Offer]:
    rows = typed(OffersFile, raw, "offers", problems=_unmatched)
    return {id_: _offer(id_, **row._asdict()) for id_, row in rows.items()}


def _offer(id_: str, *, reason: str, **data: Any) -> Offer:  # noqa: ANN401, ARG001 - the reason is for reviewers
    return Offer(id=id_, **MOVES[id_]._asdict(), **data)


def _unmatched(rows: OffersFile, _tables: Mapping[str, Any]) -> Iterator[str]:
    for offer in sorted(rows.keys() ^ MOVES.keys()):
        yield f"{offer}: needs an entry here, and a move for yes and for no"
