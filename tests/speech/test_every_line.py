"""Every reply, how long it is and how it is made; and that no line waits in vain to be said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest

from crampguide.dialogue.intents import move
from crampguide.dialogue.offers import load_guide
from crampguide.dialogue.replies import Reply, reply
from crampguide.dialogue.summary import card_of
from crampguide.dialogue.turn import Slots, Turn
from crampguide.speech import Catalogue, Line, catalogue_for, words
from crampguide.speech.catalogue import read_file
from crampguide.triage import load_protocol
from tests.dialogue.states import a_state
from tests.dialogue.test_budgets import heard
from tests.speech.turns import every_turn, places
from tools.words import sayable
from tools.words.budgets import LONGEST_PIECE, LONGEST_TURN
from tools.words.speech_lint import SPEECH, languages, longest

GUIDE = load_guide()

LONGEST_SSML = 8000
LONGEST_PAUSE = 10.0
SHORT = (
    "acknowledge.",
    "relief.caution",
    "fallback.",
    "why.",
    "meaning.",
    "help.question",
    "first_question.",
)
"""What may stand above a question that only asks."""
NEVER_SAID: Mapping[str, str] = {
    "source.GREEN": "is the third source of its questions, and two are named aloud",
    "source.HAUG": "is the third source of what to expect, and two are named aloud",
    "source.GIRFT": "is the third source of its questions, and two are named aloud",
    "source.CMAJ-PREG": "is the third source of its questions, and two are named aloud",
    "source.NG19": "is the third source of its question, and two are named aloud",
    "source.NHS-HIP": "is the third source of its question, and two are named aloud",
    "because.child_with_unknown_fever_or_limp": "a child's conversation ends in advice of its own",
    "source.NHS-NF": "is the source of combinations, and nobody is asked about one",
}
"""Lines that no turn says, each with the reason why it is there."""


def all_replies(catalogue: Catalogue) -> Iterator[Reply]:
    """The reply to each turn, in each of its phrasings, and what is left for the next reply."""
    for turn in every_turn():
        lines = (*turn.lines, *((turn.ask,) if turn.ask else ()))
        phrasings = max(len(catalogue.lines.get(line.key, "-")) for line in lines)
        for number in range(phrasings):
            yield from in_pieces(catalogue, turn._replace(state=turn.state._replace(turn=number)))


def in_pieces(catalogue: Catalogue, turn: Turn) -> Iterator[Reply]:
    answer = reply(GUIDE, catalogue, turn)
    yield answer
    if answer.turn.state.rest:
        yield from in_pieces(catalogue, move(GUIDE, answer.turn.state, "AMAZON.YesIntent", Slots()))


def text_of(catalogue: Catalogue, answer: Reply) -> str:
    return " ".join(words(catalogue, line, answer.turn.state.turn - 1) for line in answer.turn.state.said)


@pytest.mark.parametrize("language", languages())
def test_every_reply_keeps_its_budget_and_its_form(language: str) -> None:
    catalogue = longest(language)
    found = ((wrong(catalogue, answer), answer.speech) for answer in all_replies(catalogue))
    assert [(problem, speech) for problem, speech in found if problem][:5] == []


def wrong(catalogue: Catalogue, answer: Reply) -> str | None:
    """What is wrong with a reply, if anything."""
    return _too_long(catalogue, answer) or _misshapen(answer)


def _too_long(catalogue: Catalogue, answer: Reply) -> str | None:
    said = answer.turn.state.said
    took = catalogue.seconds(text_of(catalogue, answer))
    only_asks = answer.turn.ask is not None and all(line.key.startswith(SHORT) for line in said[:-1])
    if took > (budget := LONGEST_TURN if only_asks else LONGEST_PIECE):
        return f"takes {took:.1f} seconds, at most {budget:.0f}"
    if len(f"<speak>{answer.speech}</speak>") > LONGEST_SSML:
        return "is too long for one reply"
    pauses = re.findall(r'<break time="([\d.]+)s"/>', answer.speech)
    return "is silent for too long" if any(float(length) > LONGEST_PAUSE for length in pauses) else None


def _misshapen(answer: Reply) -> str | None:
    asks = answer.turn.ask is not None
    spoken, again = heard(answer.speech), heard(answer.reprompt or "")
    if re.search(r"[{}_]|\b[a-z]+\.[a-z]", spoken + again):
        return "leaks a key or a placeholder"
    if spoken.count("?") != int(asks) or spoken.endswith("?") != asks:
        return "does not end in one question where it listens, or asks where it does not"
    if asks and (not again.endswith("?") or again.count("?") != 1 or spoken.endswith(again)):
        return f"has no reprompt in other words: {again}"
    return None


@pytest.mark.parametrize(
    ("ask", "line", "problem"),
    [
        ("ask.check", Line("acknowledge.opened"), None),
        ("ask.coach", Line("count.s30"), None),
        ("question.one_calf_swollen", Line("why.lasting"), None),
        ("question.one_calf_swollen", Line("help.question"), "takes"),
        ("question.one_calf_swollen", Line("coach.wait"), "takes"),
        ("ask.check", Line("ask.coach"), "does not end in one"),
    ],
)
def test_a_reply_that_breaks_a_rule_is_caught(ask: str, line: Line, problem: str | None) -> None:
    catalogue = catalogue_for("en-US")
    often = 5 if problem == "takes" else 1
    answer = reply(GUIDE, catalogue, Turn(a_state(asking=None), (line,) * often, Line(ask)))
    found = wrong(catalogue, answer)
    assert found is None if problem is None else found is not None and found.startswith(problem)


class Recorded(dict[str, tuple[str, ...]]):
    """Lines that remember which of them were said."""

    def __init__(self, lines: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(lines)
        self.said: set[str] = set()

    def __getitem__(self, key: str) -> tuple[str, ...]:
        self.said.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 - as a dict has it
        self.said.add(key)
        return super().get(key, default)


@cache
def said_somewhere() -> frozenset[str]:
    """The keys of every line that is spoken, asked again, or written on a card."""
    _protocol, lines = load_protocol(), Recorded(catalogue_for("en-US").lines)
    catalogue = Catalogue("en-US", lines)
    for turn in every_turn():
        for _ in in_pieces(catalogue, turn):
            pass
    for place in places():
        if place.level is not None:
            card_of(catalogue, GUIDE, place)
    return frozenset(lines.said)


def files() -> dict[str, tuple[str, ...]]:
    """The keys of each file of the language, those of screens left to the tests of screens."""
    found = {}
    for path in sorted(SPEECH.glob("en/*.toml")):
        if keys := tuple(key for key in read_file(path).lines if not key.startswith("screen.")):
            found[path.stem] = keys
    return found


@pytest.mark.parametrize("name", files())
def test_every_line_is_said_somewhere(name: str) -> None:
    silent = [key for key in files()[name] if key not in said_somewhere()]
    assert silent == [key for key in NEVER_SAID if key in files()[name]]


def test_whatever_is_said_was_known_before() -> None:
    """The walk through every turn asks for no words that reading the code did not find."""
    assert said_somewhere() - sayable.keys() == set()
