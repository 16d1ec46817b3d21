"""Expectations of the conversations of this skill, besides those that any skill may have.

    asks, offer      the id of the question or the offer that the reply ends in
    level, pattern   of the advice given ("none" before); "emergency" checks all that its advice needs
    answers          some of the answers so far ("none" for a question without one)
    says_line        keys of the speech catalogue, in any phrasing
    reprompts        the key of the reprompt

What is left out is not checked, except for the rules below, which hold on every turn.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from crampguide.dialogue.codec import read_state, write_state
from crampguide.dialogue.offers import load_guide
from crampguide.speech import Catalogue, catalogue_for, to_plain
from simulator.device.echo import Exchange
from simulator.device.ssml import tree
from simulator.testing.expectations import Own

ANY = "\N{HORIZONTAL ELLIPSIS}"
FORMS = ("question", "reword", "recheck", "confirm_no")
KEYS = frozenset({"asks", "offer", "level", "pattern", "answers", "says_line", "reprompts"})


def expectations(expected: Mapping[str, Any], turn: Exchange, locale: str) -> list[str]:
    """The expectations of a turn that it does not meet."""
    catalogue = catalogue_for(locale)
    attributes = turn.attributes
    problems = [
        f"{key}: expected {expected[key]}, got {got}"
        for key, got in (
            ("asks", attributes.get("asking")),
            ("offer", attributes.get("offer")),
            ("level", attributes.get("level") or "none"),
            ("pattern", attributes.get("pattern") or "none"),
        )
        if key in expected and expected[key] != got
    ]
    answers = attributes.get("answers") or {}
    problems += [
        f"answers: {id_} is {answers.get(id_, 'none')}, expected {said}"
        for id_, said in expected.get("answers", {}).items()
        if answers.get(id_, "none") != said
    ]
    problems += [
        f"does not say the line {key}"
        for key in expected.get("says_line", ())
        if not _spoken(catalogue.locale, key).search(turn.text)
    ]
    if "reprompts" in expected and not _spoken(catalogue.locale, expected["reprompts"]).fullmatch(
        turn.reprompt
    ):
        problems.append(f"reprompt is not {expected['reprompts']}: {turn.reprompt!r}")
    return problems + (_emergency(turn, catalogue) if expected.get("level") == "emergency" else [])


def _emergency(turn: Exchange, catalogue: Catalogue) -> list[str]:
    """The lack of what emergency advice always has: action and number first and last, and in the reprompt."""
    lines = ("advice.emergency_again",)
    problems = [
        f"does not say {key}" for key in lines if not _spoken(catalogue.locale, key).search(turn.text)
    ]
    calls = [_spoken(catalogue.locale, key) for key in ("advice.emergency", "advice.emergency_ambulance")]
    if not any(each.match(turn.text) for each in calls):
        problems.append("the action and the number must come first")
    heard = [
        _spoken(catalogue.locale, f"reprompt.{each}") for each in ("heard_right", "hear_again_emergency")
    ]
    if not any(each.fullmatch(turn.reprompt) for each in heard):
        problems.append(f"the reprompt must carry the number: {turn.reprompt!r}")
    return problems


def rules(turn: Exchange, given: Exchange, locale: str) -> list[str]:
    """The rules of every turn that this one breaks; ``given`` is the last turn that the skill answered."""
    catalogue, problems = catalogue_for(locale), list[str]()
    if turn.speech:
        tree(turn.speech)
        if turn.text.count("?") != int(turn.listening) or turn.text.endswith("?") != turn.listening:
            problems.append("one question, at the end, exactly where the session stays open")
    attributes = dict(given.attributes)
    if attributes and write_state(read_state(json.loads(json.dumps(attributes)), load_guide())) != attributes:
        problems.append("the session attributes do not survive JSON")
    if turn.listening and turn is given:
        problems += _asked(turn, catalogue)
    elif turn is given and (attributes.get("asking") or attributes.get("offer")):
        problems.append("the session is closed, yet something is asked")
    return problems


def _asked(turn: Exchange, catalogue: Catalogue) -> list[str]:
    """The ways in which the reply does not ask what its attributes say, with a reprompt in other words."""
    problems = []
    asking, offer = turn.attributes.get("asking"), turn.attributes.get("offer")
    if (asking is None) == (offer is None) or (offer is not None and offer not in load_guide().offers):
        problems.append(f"asking {asking} and offer {offer}: one of them, and a known one")
    keys = ["newness.ask", *(f"{form}.{asking}" for form in FORMS)]
    if offer:
        keys = [key for key in catalogue.lines if key.startswith(f"ask.{offer}")]
    if not any(
        re.search(_spoken(catalogue.locale, key).pattern + "$", turn.text)
        for key in keys
        if catalogue.has(key)
    ):
        problems.append(f"does not end in what it asks: {asking or offer}")
    if not turn.reprompt.endswith("?") or turn.text.endswith(turn.reprompt):
        problems.append(f"the reprompt must ask in other words: {turn.reprompt!r}")
    return problems


@cache
def _spoken(locale: str, key: str) -> re.Pattern[str]:
    """Any phrasing of a line, whatever was filled in."""
    catalogue = catalogue_for(locale)
    texts = (
        to_plain(catalogue.say(key, number, signs=ANY, sources=ANY, count=ANY, number=ANY))
        for number in range(len(catalogue.lines[key]))
    )
    return re.compile(f"(?:{'|'.join(re.escape(text).replace(re.escape(ANY), '.+?') for text in texts)})")


OWN = Own(KEYS, expectations, rules)
