"""Words between an answer and the next question: a denied sign by its name, thanks once, else nothing."""

from __future__ import annotations

import pytest

from crampguide.speech import Line
from crampguide.triage import Level, QuestionId
from tests.dialogue.states import a_state, changed
from tests.dialogue.test_safe_turns import CALF, PAIN, QUESTIONS, keys, says


@pytest.mark.parametrize("sign", QUESTIONS)
def test_only_a_denied_emergency_sign_is_said_back_and_nothing_is_said_to_other_calm_answers(
    sign: QuestionId,
) -> None:
    question = QUESTIONS[sign]
    state = a_state(asking=sign, form="confirm_no" if question.confirm_no else "question", turn=2)
    calm = says(state, "AMAZON.YesIntent" if question.calmer == "yes" else "AMAZON.NoIntent")
    denied = question.gates_emergency or question.yes is Level.EMERGENCY
    assert calm.lines == ((Line("acknowledge.no_to", (sign,)),) if denied else ())


def test_the_first_yes_is_thanked_for_and_no_other() -> None:
    first = says(a_state(asking=CALF, turn=2), "AMAZON.YesIntent")
    assert keys(first) == ["acknowledge.yes"]
    second = says(changed(first.state, asking=PAIN), "AMAZON.YesIntent")
    assert "acknowledge.yes" not in keys(second)
