"""What can be said at any moment without moving the check on: help, why, repeat, pace, learning."""

from __future__ import annotations

from crampguide.memory import Erasure
from crampguide.triage import Level, Protocol, level_of
from crampguide.voice.advice import with_offer
from crampguide.voice.recap import say_recap
from crampguide.voice.serve import cited
from crampguide.voice.state import Line, State
from crampguide.voice.turn import Heard, Turn, ask_question, ask_still, make_offer, offer_check


def resume(protocol: Protocol, state: State, *lines: Line) -> Turn:
    """Says ``lines``, then asks again whatever was open before them.

    A recap is said again: its "is that right" would otherwise be about ``lines``, or about nothing. The
    offer to check is made once; whoever has declined it can still ask for the check.
    """
    if state.asking is not None:
        return ask_still(state, state.asking, *lines)
    if level_of(protocol, state.heard()) is Level.EMERGENCY:
        return with_offer(state, *lines, Line("goodbye.emergency"))
    if state.offer == "recap":
        return say_recap(protocol, state, *lines)
    if state.offer is not None:
        return make_offer(state, state.offer, *lines)
    return _offer_on(state, *lines)


def why(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Why this is asked; after advice, what it rests on."""
    if state.asking is None:
        return source(protocol, state, heard)
    return resume(protocol, state, Line(f"why.{state.asking}"))


def meaning(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """What the question means: a word explained, else the question in other words."""
    if state.asking is None:
        return help_(protocol, state, heard)
    return ask_still(state, state.asking, Line(f"meaning.{state.asking}"), form="reword")


def source(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Names the guideline behind the question, the tips or the exercise in words."""
    cites = (protocol.questions[state.asking].cites if state.asking else cited(state))[:2]
    if not cites:
        return resume(protocol, state, Line("source.none"))
    return resume(protocol, state, Line("source.lead", cites))


def not_new(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """A sign that was always there: asks whether it has changed, which is what counts.

    The sign is the one that was named, else the one being asked, else the last one that was answered yes.
    """
    last = state.history[-1:] if state.offer == "hear_again" else ()
    for sign in (*heard.named, *([state.asking] if state.asking else ()), *last):
        return ask_question(state, sign, form="newness.ask", rechecking=protocol.questions[sign].recheck)
    return resume(protocol, state)


def repeat(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """The last reply once more, in the same words."""
    if not state.said or (state.asking is None and state.offer is None):
        return resume(protocol, state)
    if state.offer == "recap":
        return say_recap(protocol, state)
    *lines, ask = state.said
    kept = tuple(line for line in lines if not line.key.startswith("acknowledge."))
    return Turn(state, kept, ask, _urgent_reprompt(state))


def slower(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Speaks more slowly from now on, and repeats."""
    pace = state._replace(pace="normal" if state.pace == "fast" else "slow")
    return _again(protocol, pace, heard, Line("acknowledge.slower"))


def faster(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Speaks faster from now on, and repeats."""
    pace = state._replace(pace="normal" if state.pace == "slow" else "fast")
    return _again(protocol, pace, heard, Line("acknowledge.faster"))


def briefer(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Leaves out courtesies from now on, and repeats."""
    return _again(protocol, state._replace(brief=True), heard, Line("acknowledge.briefer"))


def fuller(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Says everything again from now on, and repeats."""
    return _again(protocol, state._replace(brief=False), heard, Line("acknowledge.fuller"))


def when_to_seek_help(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """The safety-net: which signs need help at once."""
    return resume(protocol, state, Line("net.cauda_equina"), Line("net.calf"))


def call_for_help(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Nobody can be called from here: says so, and what to do instead."""
    return resume(protocol, state, Line("net.call"))


def help_(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """Help that fits the moment."""
    if state.asking is not None:
        return resume(protocol, state, Line("help.question"))
    if state.offer in {"recap", "correct", "coach"}:
        return resume(protocol, state, Line(f"help.{state.offer}"))
    return resume(protocol, state, Line(f"help.{state.level or 'start'}"))


def forget_me(protocol: Protocol, state: State, heard: Heard, erasure: Erasure = "nothing") -> Turn:
    """Says what was erased, if there was anything, and where a summary may be that was asked for."""
    card = (Line("summary.forget"),) if state.level is not None and state.asking is None else ()
    return resume(protocol, state._replace(unremembered=True), Line(f"forget.{erasure}"), *card)


def unsupported(protocol: Protocol, state: State, heard: Heard) -> Turn:
    """A request that the skill cannot serve, such as one for a device it does not use."""
    return resume(protocol, state, Line("unsupported.line"))


def _offer_on(state: State, *lines: Line) -> Turn:
    """Offers whatever suits where nothing is open."""
    if state.level is not None:
        return with_offer(state, *lines)
    return make_offer(state, "resume", *lines) if state.answers else offer_check(state, *lines)


def _again(protocol: Protocol, state: State, heard: Heard, line: Line) -> Turn:
    turn = repeat(protocol, state, heard)
    return turn._replace(lines=(line, *turn.lines))


def _urgent_reprompt(state: State) -> str | None:
    emergency = state.level == "emergency" and state.offer == "hear_again"
    return "reprompt.hear_again_emergency" if emergency else None
