"""Whatever is known, in whatever way it became known: asked, volunteered, changed or never enabled."""

from __future__ import annotations

import random
from copy import deepcopy

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crampguide.triage import (
    Answer,
    Ask,
    Finish,
    Level,
    QuestionId,
    Recap,
    level_of,
    load_protocol,
    next_step,
)
from crampguide.triage.conditions import Known, Truth, holds, truth
from crampguide.triage.model import ANSWERS

PROTOCOL = load_protocol()
IDS = sorted(PROTOCOL.questions)
EMERGENCY_SIGNS = [id_ for id_, question in PROTOCOL.questions.items() if question.yes is Level.EMERGENCY]
OPENED = st.frozensets(st.sampled_from(sorted(PROTOCOL.opens)))
KNOWN = st.dictionaries(st.sampled_from(IDS), st.sampled_from(ANSWERS))
CALM = st.dictionaries(st.sampled_from(sorted(set(IDS) - set(EMERGENCY_SIGNS))), st.sampled_from(ANSWERS))
PERSON = st.fixed_dictionaries(
    {id_: st.sampled_from(("no", "no", "no", "no", "unsure", "yes")) for id_ in IDS}
)

Person = dict[QuestionId, Answer]


def finish(person: Person, known: Person, opened: frozenset[str]) -> Person:
    """What is known once this person, of whom so much is known, has answered all that was asked."""
    answers = dict(known)
    while isinstance(step := next_step(PROTOCOL, answers, opened), Ask):
        answers[step.question] = person[step.question]
    return answers


@given(KNOWN, OPENED, st.booleans())
def test_any_answers_have_a_next_step(answers: Person, opened: frozenset[str], confirmed: bool) -> None:  # noqa: FBT001 - drawn, not passed
    step = next_step(PROTOCOL, answers, opened, confirmed=confirmed)
    if isinstance(step, Ask):
        assert step.question in PROTOCOL.questions
        assert step.question not in answers
    elif isinstance(step, Recap):
        assert not confirmed
        assert {*step.yes, *step.unsure} == {id_ for id_, answer in answers.items() if answer != "no"}
    else:
        assert step.level is level_of(PROTOCOL, answers)
        assert confirmed or step.level is Level.EMERGENCY
        assert (step.pattern is None) == (step.level >= Level.URGENT)
        assert bool(step.because) == (step.level > Level.SELF_CARE)


@given(KNOWN, OPENED)
def test_a_step_changes_nothing_and_is_always_the_same(answers: Person, opened: frozenset[str]) -> None:
    before = deepcopy(answers)
    first = next_step(PROTOCOL, answers, opened)
    assert answers == before
    assert list(answers) == list(before)
    assert next_step(PROTOCOL, answers, opened) == first


@given(KNOWN, OPENED, st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_matter(
    answers: Person, opened: frozenset[str], chance: random.Random
) -> None:
    items = list(answers.items())
    chance.shuffle(items)
    for confirmed in (False, True):
        step = next_step(PROTOCOL, dict(items), opened, confirmed=confirmed)
        assert step == next_step(PROTOCOL, answers, opened, confirmed=confirmed)


@given(KNOWN, OPENED, st.sampled_from(EMERGENCY_SIGNS))
@example({}, frozenset(), QuestionId("sexual_change"))
@example({}, frozenset(), QuestionId("tight_swollen_leg"))
def test_an_emergency_sign_gets_its_advice_at_once(
    answers: Person, opened: frozenset[str], sign: QuestionId
) -> None:
    """Volunteered too, also a private one, a follow-up that nothing has opened, or before any question."""
    step = next_step(PROTOCOL, {**answers, sign: "yes"}, opened)
    assert isinstance(step, Finish)
    assert step.level is Level.EMERGENCY
    assert sign in step.because


@given(CALM, st.sampled_from(IDS), st.sampled_from(ANSWERS))
def test_knowing_more_never_lowers_the_level(answers: Person, more: QuestionId, answer: Answer) -> None:
    known = {id_: given for id_, given in answers.items() if id_ != more}
    assert level_of(PROTOCOL, {**known, more: answer}) >= level_of(PROTOCOL, known)


@given(PERSON, st.sets(st.sampled_from(IDS)), OPENED)
def test_saying_signs_before_they_are_asked_never_ends_calmer(
    person: Person, volunteered: set[QuestionId], opened: frozenset[str]
) -> None:
    known = {id_: person[id_] for id_ in volunteered}
    patient = finish(person, {}, opened)
    assert level_of(PROTOCOL, finish(person, known, opened)) >= level_of(PROTOCOL, patient)


@given(PERSON, st.data(), OPENED)
def test_saying_a_sign_that_would_be_asked_ends_at_the_same_level(
    person: Person, data: st.DataObject, opened: frozenset[str]
) -> None:
    patient = finish(person, {}, opened)
    early = data.draw(st.sets(st.sampled_from(sorted(patient))))
    told = finish(person, {id_: person[id_] for id_ in early}, opened)
    assert level_of(PROTOCOL, told) is level_of(PROTOCOL, patient)


@given(KNOWN, OPENED, st.sampled_from(list(Level)))
def test_a_condition_holds_when_it_is_known_to(answers: Person, opened: frozenset[str], level: Level) -> None:
    known = Known(PROTOCOL, answers, opened, level)
    conditions = [question.when for question in PROTOCOL.questions.values()]
    conditions += [combination.when for combination in PROTOCOL.combinations.values()]
    for condition in conditions:
        in_full = all(any(truth(known, case) is Truth.TRUE for case in group) for group in condition.groups)
        assert holds(known, condition) == in_full


@pytest.mark.parametrize("sign", IDS)
def test_a_sign_that_was_said_is_not_asked_again(sign: QuestionId) -> None:
    person: Person = dict.fromkeys(map(QuestionId, IDS), "no")
    answers: Person = {sign: "unsure"}
    while isinstance(step := next_step(PROTOCOL, answers, PROTOCOL.opens), Ask):
        assert step.question != sign
        answers[step.question] = person[step.question]
    assert answers[sign] == "unsure"
