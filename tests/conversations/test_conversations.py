"""Whole conversations, from the first words to the end, through the interaction model and the handler.

A conversation is a file in this folder: `en-US/<case>.toml`. Each of its turns says what the user does
(`LAUNCH`, `SILENCE` or words) and what is expected of the reply; what is left out is not checked, except
for the rules below, which hold on every turn.

    asks, offer      the id of the question or the offer that the reply ends in
    level, pattern   of the advice given ("none" before); "emergency" checks all that its advice needs
    answers          some of the answers so far ("none" for a question without one)
    says, avoids     pieces of the spoken text, and pieces that must not be in it
    says_line        keys of the speech catalogue, in any phrasing
    reprompts        the key of the reprompt
    ends             whether the session is over
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from crampguide.dialogue.codec import read_state, write_state
from crampguide.dialogue.offers import load_guide
from crampguide.speech import Catalogue, catalogue_for, to_plain
from crampguide.triage import Level, load_protocol
from simulator.device.echo import Exchange
from tools import conversations

GUIDE = load_guide()

ANY = "\N{HORIZONTAL ELLIPSIS}"
FORMS = ("question", "reword", "recheck", "confirm_no")
FILES = {f"{path.parent.name}/{path.stem}": path for path in conversations.paths()}


@pytest.mark.parametrize("path", FILES.values(), ids=FILES)
def test_conversation(path: Path) -> None:
    conversation = conversations.read(path)
    assert conversation.locale == path.parent.name
    catalogue, given = catalogue_for(conversation.locale), Exchange()
    for number, (expected, turn) in enumerate(conversations.play(conversation), 1):
        where = f"turn {number}, {expected['user']!r}: {turn.text!r}"
        given = turn if turn.response and turn.speech else given
        for problem in (*expectations(expected, turn, catalogue), *rules(turn, given, catalogue)):
            pytest.fail(f"{where}\n{problem}", pytrace=False)
    assert given.ended or turn.ended, "a conversation goes on to the end of its session"


def test_every_emergency_sign_is_asked_and_volunteered_somewhere() -> None:
    asked, volunteered = set(), set()
    for path in FILES.values():
        turns = conversations.read(path).turns
        for before, turn in pairwise(turns):
            if turn.get("level") == "emergency":
                yes = {id_ for id_, answer in turn.get("answers", {}).items() if answer == "yes"}
                asked |= yes & {before.get("asks")}
                volunteered |= yes - {before.get("asks")} if turn["user"] != "yes" else set()
    questions = load_protocol().questions
    signs = {id_ for id_, question in questions.items() if question.yes is Level.EMERGENCY}
    again = {id_ for id_, question in questions.items() if question.looks_again}
    assert asked >= signs
    assert volunteered >= signs - again, "who brings up what a second look asks about says the sign itself"


def test_a_misspelt_expectation_is_refused(tmp_path: Path) -> None:
    (tmp_path / "typo.toml").write_text(
        'name = "n"\nlocale = "en-US"\nwhy = "w"\nturns = [{ user = "LAUNCH", say = ["911"] }]\n'
    )
    with pytest.raises(conversations.ConversationError, match=r"typo\.toml, turn 1"):
        conversations.read(tmp_path / "typo.toml")


def expectations(expected: Mapping[str, Any], turn: Exchange, catalogue: Catalogue) -> list[str]:
    """What this turn of the file expects and did not get."""
    attributes = turn.attributes
    problems = [
        f"{key}: expected {expected[key]}, got {got}"
        for key, got in (
            ("asks", attributes.get("asking")),
            ("offer", attributes.get("offer")),
            ("level", attributes.get("level") or "none"),
            ("pattern", attributes.get("pattern") or "none"),
            ("ends", turn.ended),
        )
        if key in expected and expected[key] != got
    ]
    answers = attributes.get("answers") or {}
    problems += [
        f"answers: {id_} is {answers.get(id_, 'none')}, expected {said}"
        for id_, said in expected.get("answers", {}).items()
        if answers.get(id_, "none") != said
    ]
    problems += [f"does not say {piece!r}" for piece in expected.get("says", ()) if piece not in turn.text]
    problems += [f"must not say {piece!r}" for piece in expected.get("avoids", ()) if piece in turn.text]
    problems += [
        f"does not say the line {key}"
        for key in expected.get("says_line", ())
        if not spoken(catalogue, key).search(turn.text)
    ]
    if "reprompts" in expected and not spoken(catalogue, expected["reprompts"]).fullmatch(turn.reprompt):
        problems.append(f"reprompt is not {expected['reprompts']}: {turn.reprompt!r}")
    return problems + (emergency(turn, catalogue) if expected.get("level") == "emergency" else [])


def emergency(turn: Exchange, catalogue: Catalogue) -> list[str]:
    """What emergency advice always has: action and number first and last, and in the reprompt."""
    lines = ("advice.emergency_again",)
    problems = [f"does not say {key}" for key in lines if not spoken(catalogue, key).search(turn.text)]
    calls = [spoken(catalogue, key) for key in ("advice.emergency", "advice.emergency_ambulance")]
    if not any(each.match(turn.text) for each in calls):
        problems.append("the action and the number must come first")
    heard = [spoken(catalogue, f"reprompt.{each}") for each in ("heard_right", "hear_again_emergency")]
    if not any(each.fullmatch(turn.reprompt) for each in heard):
        problems.append(f"the reprompt must carry the number: {turn.reprompt!r}")
    return problems


def rules(turn: Exchange, given: Exchange, catalogue: Catalogue) -> list[str]:
    """What holds on every turn; ``given`` is the last turn that the skill answered."""
    problems = []
    if turn.speech:
        ET.fromstring(turn.speech.replace("amazon:", "amazon-"))
        if turn.text.count("?") != int(turn.listening) or turn.text.endswith("?") != turn.listening:
            problems.append("one question, at the end, exactly where the session stays open")
    attributes = dict(given.attributes)
    if attributes and write_state(read_state(json.loads(json.dumps(attributes)), GUIDE)) != attributes:
        problems.append("the session attributes do not survive JSON")
    if turn.listening and turn is given:
        problems += asked(turn, catalogue)
    elif turn is given and (attributes.get("asking") or attributes.get("offer")):
        problems.append("the session is closed, yet something is asked")
    return problems


def asked(turn: Exchange, catalogue: Catalogue) -> list[str]:
    """Whether the reply asks what its attributes say, with a reprompt in other words."""
    problems = []
    asking, offer = turn.attributes.get("asking"), turn.attributes.get("offer")
    if (asking is None) == (offer is None) or (offer is not None and offer not in load_guide().offers):
        problems.append(f"asking {asking} and offer {offer}: one of them, and a known one")
    keys = ["newness.ask", *(f"{form}.{asking}" for form in FORMS)]
    if offer:
        keys = [key for key in catalogue.lines if key.startswith(f"ask.{offer}")]
    if not any(
        re.search(spoken(catalogue, key).pattern + "$", turn.text) for key in keys if catalogue.has(key)
    ):
        problems.append(f"does not end in what it asks: {asking or offer}")
    if not turn.reprompt.endswith("?") or turn.text.endswith(turn.reprompt):
        problems.append(f"the reprompt must ask in other words: {turn.reprompt!r}")
    return problems


def spoken(catalogue: Catalogue, key: str) -> re.Pattern[str]:
    """Any phrasing of a line, whatever was filled in."""
    texts = (
        to_plain(catalogue.say(key, number, signs=ANY, sources=ANY, count=ANY, number=ANY))
        for number in range(len(catalogue.lines[key]))
    )
    return re.compile(f"(?:{'|'.join(re.escape(text).replace(re.escape(ANY), '.+?') for text in texts)})")
