"""The recap: whatever is said to it, it is said again; and refusing it takes no warning sign back."""

from __future__ import annotations

from functools import cache

import pytest

from crampguide.dialogue.help import sorry, unsupported
from crampguide.dialogue.intents import INTENTS, move
from crampguide.dialogue.offers import load_guide
from crampguide.dialogue.recap import say_recap
from crampguide.dialogue.state import State
from crampguide.dialogue.turn import Situation, Slots, Turn
from crampguide.speech import Line
from crampguide.triage import Answer, Level, QuestionId, Recap, level_of, load_protocol
from tests.dialogue.states import a_state
from tools.protocol.state_space import explore

GUIDE = load_guide()

PROTOCOL = load_protocol()
NOTHING = Slots()
LEAVES_THE_RECAP = frozenset({
    "AMAZON.YesIntent", "AMAZON.NoIntent", "HedgedNoIntent", "SaidNoIntent", "SaidYesIntent",
    "AMAZON.PreviousIntent", "CorrectIntent", "HurtsMoreIntent", "WorseIntent",
    "AMAZON.StartOverIntent", "AMAZON.NavigateHomeIntent", "AMAZON.StopIntent", "AMAZON.CancelIntent",
    "CrampNowIntent", "CrisisIntent", "NotNowIntent", "OpenTopicIntent", "SomebodyElseIntent",
})  # fmt: skip
"""What answers the recap, or asks for something else instead of it."""


@cache
def recaps() -> tuple[State, ...]:
    """The session at a recap, for every state of the check that ends in one."""
    found = (state.answers for state in explore(PROTOCOL).states if isinstance(state.step, Recap))
    return tuple(
        a_state(dict(said), history=tuple(said), offer="recap", turn=len(said) + 1) for said in found
    )


def sampled(count: int) -> list[State]:
    """Some of them, from all over the space."""
    return list(recaps()[:: len(recaps()) // count])


def test_a_joined_question_is_said_back_by_the_part_that_was_a_yes() -> None:
    wholes = {id_: set(question.parts) for id_, question in PROTOCOL.questions.items() if question.parts}
    apart = [state for state in recaps() if any(said(state, part) for ids in wholes.values() for part in ids)]
    assert apart
    for state in apart:
        named = {name for line in say_recap(Situation(GUIDE, state, NOTHING)).lines for name in line.names}
        assert not [whole for whole, parts in wholes.items() if whole in named and named & parts]


def said(state: State, question: str) -> bool:
    return state.answers.get(QuestionId(question)) == "yes"


def test_whatever_leaves_the_recap_is_an_intent() -> None:
    assert INTENTS.keys() >= LEAVES_THE_RECAP


@pytest.mark.parametrize("intent", sorted(INTENTS.keys() - LEAVES_THE_RECAP))
def test_an_aside_at_the_recap_repeats_the_recap(intent: str) -> None:
    for state in sampled(30):
        assert repeats(state, move(GUIDE, state, intent, NOTHING))


def test_so_does_what_no_intent_is_behind() -> None:
    for state in sampled(60):
        for misheard in (0, 1):
            turn = move(GUIDE, state._replace(misheard=misheard), "AMAZON.FallbackIntent", NOTHING)
            assert repeats(state, turn)
        assert repeats(state, unsupported(Situation(GUIDE, state)))
        assert repeats(state, sorry(Situation(GUIDE, state)))


def repeats(state: State, turn: Turn) -> bool:
    """Whether the reply ends in the recap: what was said, by name, and whether that is right."""
    assert turn.state.answers == state.answers
    if turn.ask != Line("ask.recap"):
        return False
    recap = say_recap(Situation(GUIDE, state)).lines
    named = {name for line in turn.lines for name in line.names}
    return turn.lines[-len(recap) :] == recap or named >= {name for line in recap for name in line.names}


def signs(state: State) -> set[QuestionId]:
    """Every yes that may be a sign; one that reassures is asked again like a no."""
    answers = state.answers.items()
    return {id_ for id_, said in answers if said == "yes" != PROTOCOL.questions[id_].calmer}


def test_whoever_refuses_three_times_keeps_every_sign() -> None:
    for state in recaps():
        yes = signs(state)
        now = refuse(refuse(refuse(state)))
        assert now.asking is not None
        assert now.asking not in yes
        assert dict.fromkeys(yes, "yes") == now.answers
        assert level_of(PROTOCOL, now.counted_answers()) == alone(yes)


def test_and_keeps_it_whatever_is_answered_to_the_rest() -> None:
    for number, state in enumerate(sampled(160)):
        yes = signs(state)
        now = refuse(refuse(refuse(state)))
        while now.asking is not None:
            assert now.asking not in yes
            open_now = (len(now.answers) + number) % 4 == 0
            now = after(now, "UnsureIntent" if open_now else "AMAZON.NoIntent")
        assert all(now.answers[id_] == "yes" for id_ in yes)


def test_a_yes_goes_when_its_own_question_is_answered_no() -> None:
    weaker = QuestionId("leg_getting_weaker")
    state = next(each for each in recaps() if each.answers.get(weaker) == "yes")
    asked = move(GUIDE, refuse(refuse(refuse(state))), "CorrectIntent", Slots(signs=(weaker,))).state
    assert asked.asking == weaker
    assert asked.answers[weaker] == "yes"
    assert after(asked, "AMAZON.NoIntent").answers[weaker] == "no"


def test_an_aside_between_the_refusals_changes_nothing() -> None:
    for state in sampled(20):
        yes = signs(state)
        for aside in ("AMAZON.HelpIntent", "WhyIntent", "InPainIntent", "AMAZON.FallbackIntent"):
            now = state
            for _ in range(3):
                now = refuse(after(now, aside))
            assert dict.fromkeys(yes, "yes") == now.answers


def after(state: State, intent: str) -> State:
    return move(GUIDE, state, intent, NOTHING).state


def refuse(state: State) -> State:
    return after(state, "AMAZON.NoIntent")


def alone(yes: set[QuestionId]) -> Level:
    answers: dict[QuestionId, Answer] = dict.fromkeys(yes, "yes")
    return level_of(PROTOCOL, answers)
