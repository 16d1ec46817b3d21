"""Yes and no: to a question of the check, or to what was offered."""

from __future__ import annotations

from collections.abc import Mapping

from crampguide.triage import Protocol
from crampguide.voice import check, coach, learning
from crampguide.voice.advice import with_offer
from crampguide.voice.asides import resume
from crampguide.voice.calmer import refuse_unlisted
from crampguide.voice.ending import stop
from crampguide.voice.relief import eased, exercise, more, still_tight, tips, wanted
from crampguide.voice.start import start_check, start_over
from crampguide.voice.state import Line, State
from crampguide.voice.summary import do_not_send, send
from crampguide.voice.turn import Heard, Move, Turn, make_offer


def yes(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Yes to the question of the check, else to the offer."""
    state = state._replace(hedged=False)
    if state.asking is not None:
        return check.answer(protocol, state, "yes")
    return _ACCEPT.get(state.offer, _nothing_asked)(protocol, state, heard)


def no(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """No to the question of the check, else to the offer."""
    state = state._replace(hedged=False)
    if state.asking is not None:
        return check.answer(protocol, state, "no")
    return _DECLINE.get(state.offer, _nothing_asked)(protocol, state, heard)


def _nothing_asked(protocol: Protocol, state: State, heard: Heard) -> Turn:
    return resume(protocol, state, Line("nothing_asked.line"))


def _confirm(protocol: Protocol, state: State, heard: Heard) -> Turn:
    return check.proceed(protocol, state._replace(confirmed=True))


def _advice_again(protocol: Protocol, state: State, heard: Heard) -> Turn:
    return check.proceed(protocol, state._replace(level=None, confirmed=True))


def _more(protocol: Protocol, state: State, heard: Heard) -> Turn:
    return with_offer(state._replace(rest=()), *state.rest)


def _which(protocol: Protocol, state: State, heard: Heard) -> Turn:
    if state.doubted:
        return check.ask_rest_again(protocol, state)
    return check.correct(state._replace(doubted=True), ())


def _which_then(protocol: Protocol, state: State, heard: Heard) -> Turn:
    return make_offer(state, "correct", Line("help.correct"))


def _back_to_recap(protocol: Protocol, state: State, heard: Heard) -> Turn:
    return check.proceed(protocol, state)


def _tips_instead(protocol: Protocol, state: State, heard: Heard) -> Turn:
    return make_offer(state._replace(declined=True), "tips")


def _what_else(protocol: Protocol, state: State, heard: Heard) -> Turn:
    return make_offer(state, "anything", Line("anything.options"))


def _tips_then(protocol: Protocol, state: State, heard: Heard) -> Turn:
    return make_offer(state._replace(wants=None), "tips")


_ACCEPT: Mapping[str | None, Move] = {
    "check": start_check,
    "check_again": start_over,
    "anything": _what_else,
    "resume": _back_to_recap,
    "recap": _confirm,
    "correct": _which_then,
    "tips": tips,
    "wanted": wanted,
    "hear_again": _advice_again,
    "more": _more,
    "more_tips": more,
    "begin": coach.onward,
    "coach": coach.onward,
    "eased": eased,
    "another": exercise,
    "learn_more": learning.go_on,
    "card": send,
}
_DECLINE: Mapping[str | None, Move] = {
    "check": _tips_instead,
    "check_again": stop,
    "anything": stop,
    "resume": stop,
    "recap": _which,
    "correct": _back_to_recap,
    "tips": stop,
    "wanted": _tips_then,
    "hear_again": stop,
    "more": stop,
    "more_tips": stop,
    "begin": coach.decline,
    "coach": coach.wait,
    "eased": still_tight,
    "another": stop,
    "learn_more": learning.enough,
    "card": do_not_send,
}

MORE = frozenset({"more", "more_tips", "another", "learn_more"})
"""Offers of more of the same, which "more" takes up."""


def check_offers() -> None:
    """Raises ``DataError`` where ``offers.toml`` and the moves for yes and no do not name the same offers."""
    refuse_unlisted(_ACCEPT, _DECLINE)
