"""The whole space of conversations, instead of samples of it.

Exhaustive, because `tools.protocol.state_space` follows every answer (yes, no, unsure) at every question from
no answers to the end, and takes two conversations for one only where substituting their answers leaves the
same rules. What can follow depends on what is left and nothing else; that is so by construction, and checked
here at every place where conversations meet and along whole ones. What holds for all *persons*, one answer to
each question, is shown on decision diagrams of the final level (`outcomes`), which compare everyone with
everyone who differs in one answer without listing them.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crampguide.triage import Answer, Ask, Finish, Level, QuestionId, Recap, Step, load_protocol, next_step
from crampguide.triage.conditions import Known, holds
from crampguide.triage.model import ANSWERS, Answers, Protocol
from crampguide.triage.next_question import level_of
from crampguide.triage.pattern import pattern_of
from crampguide.triage.problems import CALMEST_UNSURE
from tests.triage.changes import Changes
from tools.protocol.outcomes import Outcome, Outcomes
from tools.protocol.state_space import Space, explore, figures, median, opened_words, openings

PROTOCOL = load_protocol()
NOTHING: frozenset[str] = frozenset()
OPENINGS = [pytest.param(opened, id=opened_words(opened)) for opened in openings(PROTOCOL)]
OUTCOMES = Outcomes(PROTOCOL.questions)
RED_FLAGS = [id_ for id_, question in PROTOCOL.questions.items() if question.group != "pattern"]
"""Where the pain is and how it feels is no sign of danger: it decides which signs are asked for."""

Q = QuestionId
EMERGENCY_GATE = [Q("chest_or_breathing"), Q("bladder_or_bowel_change"), Q("both_legs_nerve")]
TAKEN_APART = [Q("saddle_numbness"), Q("cold_pale_leg")]
"""Signs of the gate that are asked by themselves once the question that holds them was not denied."""
SAME_DAY_GATE = [Q("one_calf_swollen"), Q("leg_getting_weaker"), Q("injury_or_pop")]
SAME_DAY_GATE += [Q("severe_or_worsening_pain"), Q("unwell_or_dark_urine")]
OPENS: dict[QuestionId, list[tuple[str, Answer]]] = {
    Q("saddle_numbness"): [("bladder_or_bowel_change", "unsure")],
    Q("cold_pale_leg"): [("one_calf_swollen", "yes")],
}


def space(opened: frozenset[str] = NOTHING) -> Space:
    return explore(PROTOCOL, opened)


@cache
def ends(opened: frozenset[str] = NOTHING) -> list[Outcome]:
    return OUTCOMES.of(space(opened))


def at_least(level: Level, outcome: Outcome) -> bool:
    return OUTCOMES.never_calmer(outcome, OUTCOMES.constant(level))


def people(*answers: tuple[str, Answer]) -> Outcome:
    """Where everyone ends who would answer so, whatever else they answer."""
    outcome = ends()[-1]
    for id_, answer in answers:
        outcome = OUTCOMES.given(outcome, Q(id_), answer)
    return outcome


@pytest.mark.parametrize("opened", OPENINGS)
def test_every_conversation_ends(opened: frozenset[str]) -> None:
    for state in space(opened).states:
        if isinstance(state.step, Ask):
            assert state.step.question not in state.answers, "a question asked twice would never end"
            assert set(state.after) == set(ANSWERS)
        else:
            end = next_step(PROTOCOL, state.answers, opened, confirmed=True)
            assert isinstance(end, Finish)
            assert end.level is state.level


@pytest.mark.parametrize("opened", OPENINGS)
def test_an_emergency_ends_the_questions_at_once_and_nothing_calmer_skips_the_recap(
    opened: frozenset[str],
) -> None:
    for state in space(opened).states:
        assert isinstance(state.step, Finish) == (state.level is Level.EMERGENCY)
        if isinstance(state.step, Finish):
            assert state.step.level is Level.EMERGENCY
            assert state.step.because


def test_every_question_is_reached() -> None:
    asked = {state.step.question for state in space(PROTOCOL.opens).states if isinstance(state.step, Ask)}
    assert asked == set(PROTOCOL.questions)
    for opened in map(frozenset[str], ({"private"}, {"child"}, {"tips"}, {"detail"})):
        asked -= set(space(opened).depths()) - set(space().depths())
    assert asked == set(space().depths()), "each question that must be opened is opened by one subject alone"


@pytest.mark.parametrize("opened", OPENINGS)
def test_every_level_is_reached(opened: frozenset[str]) -> None:
    assert list(space(opened).lengths()) == list(Level)


def test_every_combination_raises_the_level_of_some_conversation() -> None:
    raising = set()
    for state in (*space().states, *space(frozenset({"child"})).states):
        for answer in state.after:
            assert isinstance(state.step, Ask)
            answers = {**state.answers, state.step.question: answer}
            alone = max(PROTOCOL.questions[id_].level(told) for id_, told in answers.items())
            known = Known(PROTOCOL, answers, NOTHING, Level.SELF_CARE)
            raising |= {
                id_
                for id_, combination in PROTOCOL.combinations.items()
                if combination.level > alone and holds(known, combination.when)
            }
    assert raising == set(PROTOCOL.combinations)


def what_is_seen(answers: Answers, step: Step) -> object:
    """What makes one step differ from another for the person; a recap and reasons repeat what they said."""
    return step if isinstance(step, Ask) else (type(step), level_of(PROTOCOL, answers))


def test_where_conversations_meet_they_take_the_same_step() -> None:
    for state in space().states:
        for answer, index in state.after.items():
            assert isinstance(state.step, Ask)
            answers = {**state.answers, state.step.question: answer}
            met = space().states[index]
            assert level_of(PROTOCOL, answers) is met.level
            assert what_is_seen(answers, next_step(PROTOCOL, answers)) == what_is_seen(met.answers, met.step)


@given(st.data(), st.sampled_from([NOTHING, frozenset({"detail"})]))
def test_long_conversations_keep_to_the_states(data: st.DataObject, opened: frozenset[str]) -> None:
    answers: dict[QuestionId, Answer] = {}
    state = space(opened).states[-1]
    while isinstance(step := next_step(PROTOCOL, answers, opened), Ask):
        assert step == state.step
        answers[step.question] = data.draw(st.sampled_from(("no", "no", "no", "unsure", "yes")))
        state = space(opened).states[state.after[answers[step.question]]]
    assert what_is_seen(answers, step) == what_is_seen(state.answers, state.step)
    told = next_step(PROTOCOL, answers, opened, confirmed=True)
    same = next_step(PROTOCOL, state.answers, opened, confirmed=True)
    assert isinstance(told, Finish)
    assert isinstance(same, Finish)
    assert (told.level, told.pattern) == (same.level, same.pattern)


@pytest.mark.parametrize("opened", OPENINGS)
@pytest.mark.parametrize("worse", ["unsure", "yes"])
def test_turning_a_red_flag_from_no_never_lowers_the_level(opened: frozenset[str], worse: Answer) -> None:
    """Of any two people who differ in one red flag only, the one with the sign never ends calmer."""
    outcome = ends(opened)[-1]
    lowered = [
        id_
        for id_ in RED_FLAGS
        if not OUTCOMES.never_calmer(OUTCOMES.given(outcome, id_, worse), OUTCOMES.given(outcome, id_, "no"))
    ]
    assert not lowered


@pytest.mark.parametrize("opened", OPENINGS)
def test_opening_a_subject_never_lowers_the_level(opened: frozenset[str]) -> None:
    assert OUTCOMES.never_calmer(ends(opened)[-1], ends()[-1])


def ask_everything(protocol: Protocol, answers: Answers, opened: frozenset[str]) -> Step:
    """Asks each question whose condition holds, whether its answer can still matter or not."""
    known = Known(protocol, answers, opened, level_of(protocol, answers))
    open_now = (
        id_ for id_, each in protocol.questions.items() if id_ not in answers and holds(known, each.when)
    )
    asked = next(open_now, None) if known.level < Level.EMERGENCY else None
    return Ask(asked) if asked else Recap((), ())


@pytest.mark.parametrize("opened", [OPENINGS[0], OPENINGS[-1]])
def test_no_question_left_out_could_have_changed_the_level(opened: frozenset[str]) -> None:
    """For every person, asking only what can still matter ends where asking everything would."""
    everything = explore(PROTOCOL, opened, ask_everything)
    assert OUTCOMES.of(everything)[-1] == ends(opened)[-1]


def test_no_question_left_out_could_have_changed_the_pattern() -> None:
    """For every person below urgent, who alone is told one."""

    def told(explored: Space) -> Outcome:
        codes = {"either": 1, "neither": 1, "cramp": 2, "sciatica": 3}
        return OUTCOMES.of(
            explored,
            lambda state: Level(
                codes[pattern_of(PROTOCOL, state.answers)] if state.level < Level.URGENT else Level.EMERGENCY
            ),
        )[-1]

    assert told(explore(PROTOCOL, NOTHING, ask_everything)) == told(space())


def test_no_condition_can_be_skipped_by_changing_an_answer() -> None:
    """Change any answer at any moment and go on: nobody ends calmer than by saying so from the start.

    Follow-ups answered before the change stay known, so the level can only be higher.
    """
    changes = 0
    for change, end in Changes(PROTOCOL, OUTCOMES, space()).every():
        changes += 1
        assert OUTCOMES.never_calmer(end, change.promised), (change.before, change.after)
    assert changes > len(space().states)


@pytest.mark.parametrize("sign", [*EMERGENCY_GATE, *TAKEN_APART])
def test_unknown_at_the_emergency_gate_is_urgent_at_least(sign: QuestionId) -> None:
    assert at_least(Level.URGENT, people(*OPENS.get(sign, []), (sign, "unsure")))


def test_unknown_to_the_private_question_is_urgent_at_least() -> None:
    outcome = OUTCOMES.given(ends(frozenset({"private"}))[-1], Q("sexual_change"), "unsure")
    assert at_least(Level.URGENT, outcome)


@pytest.mark.parametrize("sign", SAME_DAY_GATE)
def test_unknown_at_the_same_day_gate_is_routine_at_least(sign: QuestionId) -> None:
    assert at_least(Level.ROUTINE, people((sign, "unsure")))


@pytest.mark.parametrize("risk", ["clot_risk", "pregnancy_hormones_or_cancer"])
@pytest.mark.parametrize("sign", SAME_DAY_GATE)
def test_unknown_at_the_same_day_gate_with_a_risk_is_urgent(sign: QuestionId, risk: str) -> None:
    assert at_least(Level.URGENT, people((sign, "unsure"), (risk, "yes")))
    assert not at_least(Level.URGENT, people((sign, "unsure"), (risk, "no"))), "it is the risk that raises it"


@pytest.mark.parametrize("calf", ["yes", "unsure"])
@pytest.mark.parametrize("risk", ["clot_risk", "pregnancy_hormones_or_cancer", "cancer_ever"])
def test_a_swollen_or_unknown_calf_with_a_risk_is_urgent(calf: Answer, risk: str) -> None:
    assert at_least(Level.URGENT, people(("one_calf_swollen", calf), (risk, "yes")))


CAUDA_EQUINA = [Q("bladder_or_bowel_change"), Q("saddle_numbness"), Q("both_legs_nerve")]
BACK_OR_NERVE: list[tuple[str, Answer]] = [
    ("pain_down_leg", "yes"),
    ("back_or_buttock_pain", "yes"),
    ("back_or_buttock_pain", "unsure"),
    ("leg_tingling", "yes"),
    ("leg_getting_weaker", "yes"),
]


@pytest.mark.parametrize("pair", list(combinations(CAUDA_EQUINA, 2)))
@pytest.mark.parametrize("symptom", BACK_OR_NERVE)
def test_two_unknown_cauda_equina_signs_with_back_or_nerve_symptoms_are_an_emergency(
    pair: tuple[QuestionId, QuestionId], symptom: tuple[str, Answer]
) -> None:
    unknown: list[tuple[str, Answer]] = [(sign, "unsure") for sign in pair]
    if symptom[0] == "pain_down_leg":
        unknown.append(("back_or_buttock_pain", "yes"))
    if Q("saddle_numbness") in pair:
        unknown.append(("bladder_or_bowel_change", "unsure"))
    assert at_least(Level.EMERGENCY, people(*unknown, symptom))
    without: list[tuple[str, Answer]] = [
        (sign, said) for sign, said in unknown if sign != "back_or_buttock_pain"
    ]
    assert not at_least(Level.EMERGENCY, people(*without)), "without symptoms it stays urgent"


@pytest.mark.parametrize("opened", OPENINGS)
def test_unsure_ends_at_most_one_level_below_yes(opened: frozenset[str]) -> None:
    """At every question of every conversation, wherever the person goes from there."""
    for state in space(opened).states:
        if isinstance(state.step, Ask):
            calmest = CALMEST_UNSURE[PROTOCOL.questions[state.step.question].yes]
            assert at_least(calmest, ends(opened)[state.after["unsure"]])


@pytest.mark.parametrize("opened", OPENINGS)
def test_figures(opened: frozenset[str]) -> None:
    """Shown with `-s`, and by `python -m tools space`."""
    shown = figures(space(opened))
    print(f"\n{shown}")  # noqa: T201 - the figures are for people
    assert all(level.id in shown for level in Level)


def test_at_most_5_questions_before_advice_for_a_sign_of_the_emergency_gate() -> None:
    depths = space().depths()
    gate = [id_ for id_, question in PROTOCOL.questions.items() if question.group == "emergency gate"]
    asked = {id_: depths[id_] for id_ in gate if id_ in depths}
    assert set(asked) == {*EMERGENCY_GATE, Q("one_calf_swollen"), Q("leg_getting_weaker")}
    assert max(asked[id_] for id_ in (*EMERGENCY_GATE, Q("one_calf_swollen"))) <= 5
    assert max(depths[id_] for id_ in TAKEN_APART) <= 6


def test_at_most_22_questions_for_anyone_with_those_that_are_heard_twice() -> None:
    assert max(longest(space())) <= 22


def longest(explored: Space) -> list[int]:
    """For each state the most questions that can follow, a second hearing after a no counted as one more."""
    most: list[int] = []
    for state in explored.states:
        twice = isinstance(state.step, Ask) and PROTOCOL.questions[state.step.question].confirm_no
        ways = (most[index] + 1 + (twice and answer == "no") for answer, index in state.after.items())
        most.append(max(ways, default=0))
    return most


CRAMP: dict[QuestionId, Answer] = {Q("short_cramp"): "yes"}
SCIATICA: dict[QuestionId, Answer] = dict.fromkeys(
    map(Q, ("back_or_buttock_pain", "pain_down_leg", "pain_below_knee")), "yes"
)


@pytest.mark.parametrize(
    ("person", "most"),
    [
        pytest.param(CRAMP, 13, id="an ordinary cramp"),
        pytest.param({**CRAMP, Q("keeps_troubling"): "yes"}, 17, id="a cramp that comes back"),
        pytest.param({**CRAMP, Q("back_or_buttock_pain"): "yes"}, 17, id="a cramp, and a back that aches"),
        pytest.param(SCIATICA, 17, id="sciatica"),
        pytest.param({**SCIATICA, Q("keeps_troubling"): "yes"}, 17, id="sciatica for weeks"),
        pytest.param({Q("short_cramp"): "no"}, 17, id="an ache that stays"),
    ],
)
def test_questions_that_people_hear(person: dict[QuestionId, Answer], most: int) -> None:
    """With those heard twice: an ordinary cramp at most 13, the others at most 17."""
    answers: dict[QuestionId, Answer] = {}
    while isinstance(step := next_step(PROTOCOL, answers), Ask):
        answers[step.question] = person.get(step.question, "no")
    heard = len(answers) + sum(
        PROTOCOL.questions[id_].confirm_no for id_, said in answers.items() if said == "no"
    )
    assert heard <= most


def test_a_median_of_at_most_17_questions_before_self_care() -> None:
    assert median(space().lengths()[Level.SELF_CARE]) <= 17
