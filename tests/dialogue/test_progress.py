"""What is said about how much is left, held against what is left."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from random import Random

import pytest

from crampguide.dialogue.intents import move
from crampguide.dialogue.offers import load_guide
from crampguide.dialogue.progress import questions_left
from crampguide.dialogue.replies import reply
from crampguide.dialogue.state import State
from crampguide.dialogue.turn import Situation, Slots, Turn
from crampguide.speech import catalogue_for
from crampguide.triage import Level, Protocol, QuestionId, left_to_ask, level_of, load_protocol
from tests.dialogue.states import a_state, changed
from tools.protocol.state_space import Space, explore

GUIDE = load_guide()

PROTOCOL = load_protocol()
NOTHING = Slots()
MOST_TOO_FEW = 7
"""Questions that somebody without a warning sign may hear beyond what was said."""
START = a_state(offer="check", turn=1)


def made(state: State, intent: str) -> State:
    turn = move(GUIDE, state, intent, NOTHING)
    return reply(GUIDE, catalogue_for("en-US"), turn).turn.state


def said_left(state: State) -> int:
    """The number in the answer to "how many are left"."""
    lines = move(GUIDE, state, "HowManyLeftIntent", NOTHING).lines
    return next((line.number for line in lines if line.key == "progress.questions"), 1)


CALMER = {"yes": "AMAZON.YesIntent", "no": "AMAZON.NoIntent"}


def walk(answering: Random | str | None = None) -> Iterator[State]:
    """A check from its first question to its recap or advice, each answer the calmer one or ``answering``."""
    state = made(START, "AMAZON.YesIntent")
    while state.asking is not None:
        yield state
        intent = drawn(state.asking, answering) if isinstance(answering, Random) else answering
        state = made(state, intent or CALMER[PROTOCOL.questions[state.asking].calmer])
    yield state


def drawn(question: QuestionId, random: Random) -> str:
    often = 0.05 if PROTOCOL.questions[question].yes > Level.SELF_CARE else 0.5
    point = random.random()
    return (
        "AMAZON.YesIntent" if point < often else "UnsureIntent" if point < often + 0.05 else "AMAZON.NoIntent"
    )


def test_whoever_gives_every_calmer_answer_hears_the_truth_at_every_question() -> None:
    *asked, recap = walk()
    assert recap.offer == "recap"
    assert [said_left(state) for state in asked] == list(range(len(asked), 0, -1))


def test_nobody_without_a_warning_sign_is_asked_much_more_than_was_said() -> None:
    space = explore(PROTOCOL)
    longest = harmless(PROTOCOL, space)
    short = {
        longest[index] - len(list(left_to_ask(PROTOCOL, state.answers)))
        for index, state in enumerate(space.states)
        if state.level is Level.SELF_CARE and state.after
    }
    assert max(short) == MOST_TOO_FEW


def harmless(protocol: Protocol, space: Space) -> list[int]:
    """The most questions from each state on, where no question that is a warning sign is answered yes."""
    longest: list[int] = []
    for state in space.states:
        ways = [0]
        for said, index in state.after.items():
            asked = getattr(state.step, "question", QuestionId(""))
            if said == "no" or (said == "yes" and protocol.questions[asked].yes is Level.SELF_CARE):
                ways.append(1 + longest[index])
        longest.append(max(ways))
    return longest


def test_half_way_is_said_once_and_with_as_much_behind_as_ahead() -> None:
    random, announced = Random(3), 0  # noqa: S311 - a sample, the same every time
    for _ in range(80):
        states = list(walk(random))
        said = [
            now
            for before, now in pairwise(states)
            if any(line.key == "progress.halfway" for line in now.said)
        ]
        assert len(said) <= 1
        ended_early = level_of(PROTOCOL, states[-1].counted_answers()) is Level.EMERGENCY
        assert said or ended_early
        for state in said:
            announced += 1
            to_go = next(line.number for line in state.said if line.number)
            assert states.index(state) >= to_go == questions_left(Situation(GUIDE, state))
    assert announced


def test_half_way_is_not_said_again_when_the_rest_is_asked_again() -> None:
    *_, recap = walk("AMAZON.NoIntent")
    state = recap
    for _ in range(3):
        state = made(state, "AMAZON.NoIntent")
    while state.asking is not None:
        state = made(state, "AMAZON.NoIntent")
        assert not any(line.key == "progress.halfway" for line in state.said)


@pytest.mark.parametrize(
    ("state", "line"),
    [
        (START, "progress.check"),
        (changed(START, offer="anything", declined=True), "progress.check"),
        (changed(START, offer="eased", exercise="cramp_release", beat=1), "progress.cramp"),
        (changed(START, offer="recap"), "progress.recap"),
        (changed(START, offer="correct"), "progress.recap"),
        (changed(START, offer="tips", level="self_care"), "progress.done"),
        (changed(START, offer="hear_again", level="urgent"), "progress.done"),
        (changed(START, offer="more_tips", level="self_care", pattern="cramp"), "progress.tips"),
        (
            changed(START, offer="begin", level="self_care", exercise="standing_calf_stretch"),
            "left.each_side",
        ),
    ],
)
def test_everywhere_else_the_answer_fits(state: State, line: str) -> None:
    turn: Turn = move(GUIDE, state, "HowManyLeftIntent", NOTHING)
    assert line in {each.key for each in turn.lines}
    assert turn.state.offer == state.offer
