"""Which level each answer reaches, as guidance asks; each case says its reason."""

from __future__ import annotations

import re
from datetime import date

import pytest

from crampguide.triage import Answer, Ask, Finish, Level, QuestionId, level_of, load_protocol, next_step
from crampguide.triage.model import Combination, Question

PROTOCOL = load_protocol()
SELF_CARE, ROUTINE, URGENT, EMERGENCY = Level

Said = dict[str, Answer]
DOWN_THE_LEG: Said = {"pain_down_leg": "yes"}
BACK: Said = {"pain_down_leg": "no", "back_or_buttock_pain": "yes"}

QUESTIONS: list[tuple[str, str, Said, Level, Level]] = [
    # number, id, what opens it, the level of a yes and of an unsure together with that
    ("1", "chest_or_breathing", {}, EMERGENCY, URGENT),
    ("2+3", "bladder_or_bowel_change", {}, EMERGENCY, URGENT),
    ("3", "saddle_numbness", {}, EMERGENCY, URGENT),
    ("4", "both_legs_nerve", {}, EMERGENCY, URGENT),
    ("5+6", "one_calf_swollen", {}, URGENT, ROUTINE),
    ("5", "cold_pale_leg", {}, EMERGENCY, URGENT),
    ("7", "leg_getting_weaker", {}, URGENT, ROUTINE),
    ("1, 4, 5 again", "second_look", {}, URGENT, URGENT),
    ("1 again", "chest_again", {}, EMERGENCY, URGENT),
    ("4 again", "both_legs_again", {}, EMERGENCY, URGENT),
    ("5 again", "cold_leg_again", {}, EMERGENCY, URGENT),
    ("8+13", "injury_or_pop", {}, URGENT, ROUTINE),
    ("9", "severe_or_worsening_pain", {}, URGENT, ROUTINE),
    ("10+24", "unwell_or_dark_urine", {}, URGENT, ROUTINE),
    ("10", "fever_or_unwell", {}, URGENT, ROUTINE),
    ("11", "major_trauma", {"injury_or_pop": "yes"}, EMERGENCY, URGENT),
    ("12", "tight_swollen_leg", {"severe_or_worsening_pain": "yes"}, EMERGENCY, URGENT),
    ("14", "sudden_belly_back_pain", {"severe_or_worsening_pain": "yes"}, EMERGENCY, URGENT),
    ("15", "sepsis_signs", {"unwell_or_dark_urine": "yes"}, EMERGENCY, EMERGENCY),
    ("16", "infection_risk", {"fever_or_unwell": "yes", **BACK}, EMERGENCY, URGENT),
    ("17", "stroke_signs", {"leg_getting_weaker": "yes"}, EMERGENCY, URGENT),
    ("18", "cannot_move_or_feel", {"leg_getting_weaker": "yes"}, EMERGENCY, URGENT),
    ("19", "clot_risk", {"one_calf_swollen": "unsure"}, URGENT, ROUTINE),
    ("19b+28", "pregnancy_hormones_or_cancer", {"one_calf_swollen": "unsure"}, URGENT, ROUTINE),
    ("20", "cancer_ever", BACK, ROUTINE, ROUTINE),
    ("20b", "cancer_now_or_upper_back", {**BACK, "cancer_ever": "yes"}, URGENT, ROUTINE),
    ("21", "night_pain_or_weight_loss", BACK, URGENT, ROUTINE),
    ("22", "fragile_bone_fall", BACK, URGENT, ROUTINE),
    ("23", "stubborn_or_spreading_cramp", {}, URGENT, ROUTINE),
    ("24", "dark_urine", {}, URGENT, ROUTINE),
    ("25", "foot_sore_or_rest_pain", {"skin_and_circulation": "yes"}, URGENT, ROUTINE),
    ("26", "dirty_wound", {}, URGENT, ROUTINE),
    ("27", "sexual_change", {}, EMERGENCY, URGENT),
    ("28", "pregnant_or_new_mother", {}, SELF_CARE, SELF_CARE),
    ("29", "under_sixteen", {}, ROUTINE, ROUTINE),
    ("30+31+34", "keeps_troubling", {}, ROUTINE, ROUTINE),
    ("30", "lasting", {}, ROUTINE, ROUTINE),
    ("31", "limiting", {}, ROUTINE, SELF_CARE),
    ("32", "home_care_failed", {}, ROUTINE, SELF_CARE),
    ("33", "walking_calf_pain", {}, ROUTINE, SELF_CARE),
    ("34", "frequent_cramps", {"short_cramp": "yes"}, ROUTINE, SELF_CARE),
    ("35", "medicine_link", {}, ROUTINE, SELF_CARE),
    ("36", "long_term_condition", {}, ROUTINE, SELF_CARE),
    ("37", "twitch_and_wasting", {}, ROUTINE, SELF_CARE),
    ("38", "skin_and_circulation", {}, SELF_CARE, SELF_CARE),
    ("P0+P1", "back_or_buttock_pain", {}, SELF_CARE, SELF_CARE),
    ("P1", "pain_down_leg", {}, SELF_CARE, SELF_CARE),
    ("P2", "pain_below_knee", {}, SELF_CARE, SELF_CARE),
    ("P3", "leg_tingling", {}, SELF_CARE, SELF_CARE),
    ("P4", "leg_worse_than_back", {}, SELF_CARE, SELF_CARE),
    ("P5", "cough_worsens_leg", {}, SELF_CARE, SELF_CARE),
    ("C1+23", "short_cramp", {}, SELF_CARE, ROUTINE),
    ("C2", "night_cramps", {}, SELF_CARE, SELF_CARE),
    ("C3", "after_exercise", {}, SELF_CARE, SELF_CARE),
    ("C4", "sweating_or_thirsty", {}, SELF_CARE, SELF_CARE),
]


def level(said: Said) -> Level:
    return level_of(PROTOCOL, {QuestionId(id_): answer for id_, answer in said.items()})


@pytest.mark.parametrize(
    ("id_", "opening", "yes", "unsure"),
    [pytest.param(*row[1:], id=f"{row[0]} {row[1]}") for row in QUESTIONS],
)
def test_level_of_each_answer(id_: str, opening: Said, yes: Level, unsure: Level) -> None:
    assert level({**opening, id_: "yes"}) is yes
    assert level({**opening, id_: "unsure"}) is unsure
    if PROTOCOL.questions[QuestionId(id_)].calmer == "no":
        assert level({**opening, id_: "no"}) is level(opening), "a no changes nothing"


def test_every_question_is_there_under_its_number() -> None:
    expected = {number: id_ for number, id_, *_ in QUESTIONS}
    assert {question.number: id_ for id_, question in PROTOCOL.questions.items()} == expected
    asked = {part for number in expected for part in re.split(r"[+, ]+", number)}
    assert {str(number) for number in range(1, 39)} <= asked, "joined or by itself, none is lost"


def test_every_rule_says_where_it_comes_from_and_when_it_was_last_edited() -> None:
    rules: list[Question | Combination] = [*PROTOCOL.questions.values(), *PROTOCOL.combinations.values()]
    for rule in rules:
        assert rule.cites, rule.id
        assert rule.reason, rule.id
        assert date(2026, 1, 1) <= rule.last_edited <= date(2100, 1, 1), rule.id


def test_unknown_is_asked_again_at_both_gates() -> None:
    """With a check that the person can do; only then does it count."""
    gates = ["emergency gate", "same-day gate"]
    again = {question.number for question in PROTOCOL.questions.values() if question.recheck}
    assert {
        question.number for question in PROTOCOL.questions.values() if question.group in gates
    } - again == {"29"}


def test_what_is_optional_is_marked_so() -> None:
    assert {question.number for question in PROTOCOL.questions.values() if question.optional} == {
        "26",
        "27",
        "P4",
        "P5",
    }


CALF_UNKNOWN: Said = {"one_calf_swollen": "unsure"}
UNKNOWN_PAIR: Said = {"bladder_or_bowel_change": "unsure", "saddle_numbness": "unsure"}
RISKS: Said = {
    "clot_risk": "yes",
    "pregnant_or_new_mother": "yes",
    "pregnancy_hormones_or_cancer": "yes",
    "skin_and_circulation": "yes",
}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param({}, SELF_CARE, id="nothing known"),
        pytest.param(
            dict.fromkeys(PROTOCOL.questions, "no"), ROUTINE, id="no to everything, so no cramp that lets go"
        ),
        # Emergencies by combination
        pytest.param(
            {"fever_or_unwell": "yes", "leg_getting_weaker": "yes", **DOWN_THE_LEG},
            EMERGENCY,
            id="fever, pain from the back down the leg, and weakness: an abscess by the cord",
        ),
        pytest.param(
            {"fever_or_unwell": "yes", "leg_getting_weaker": "yes", **BACK},
            EMERGENCY,
            id="fever, back pain and weakness",
        ),
        pytest.param(
            {
                "fever_or_unwell": "yes",
                "leg_getting_weaker": "yes",
                "pain_down_leg": "no",
                "back_or_buttock_pain": "unsure",
            },
            EMERGENCY,
            id="fever, weakness, and back pain that is not ruled out",
        ),
        pytest.param(
            {
                "fever_or_unwell": "yes",
                "leg_getting_weaker": "yes",
                "pain_down_leg": "no",
                "back_or_buttock_pain": "no",
            },
            URGENT,
            id="fever and weakness without back pain: today",
        ),
        pytest.param(
            {"fever_or_unwell": "yes", "infection_risk": "yes", **DOWN_THE_LEG},
            EMERGENCY,
            id="fever and pain from the back in someone prone to infection",
        ),
        pytest.param(
            {"cancer_ever": "yes", "leg_getting_weaker": "yes"},
            EMERGENCY,
            id="cancer and a leg losing strength",
        ),
        pytest.param({"cancer_ever": "yes", "both_legs_nerve": "yes"}, EMERGENCY, id="cancer and both legs"),
        pytest.param(
            {"cancer_ever": "unsure", "leg_getting_weaker": "yes"},
            URGENT,
            id="perhaps cancer and a leg losing strength: today for the leg",
        ),
        pytest.param(
            {"one_calf_swollen": "yes", "chest_or_breathing": "yes"},
            EMERGENCY,
            id="a swollen calf and chest signs",
        ),
        pytest.param(
            {"one_calf_swollen": "yes", "chest_or_breathing": "unsure"},
            EMERGENCY,
            id="a swollen calf and chest signs that are not ruled out",
        ),
        pytest.param({"dark_urine": "yes", "sepsis_signs": "yes"}, EMERGENCY, id="dark urine and confusion"),
        pytest.param(
            {"dark_urine": "yes", "sepsis_signs": "unsure"}, EMERGENCY, id="dark urine and perhaps confusion"
        ),
        pytest.param(
            {"severe_or_worsening_pain": "yes", "leg_getting_weaker": "yes"},
            URGENT,
            id="worsening pain and weakness count without fever",
        ),
        # Two unknown signs of cauda equina
        pytest.param({"bladder_or_bowel_change": "unsure", **BACK}, URGENT, id="one unknown, with back pain"),
        pytest.param(UNKNOWN_PAIR, URGENT, id="two unknown, no symptom of back or nerve known"),
        pytest.param({**UNKNOWN_PAIR, **BACK}, EMERGENCY, id="two unknown, with back pain"),
        pytest.param({**UNKNOWN_PAIR, **DOWN_THE_LEG}, EMERGENCY, id="two unknown, with pain down the leg"),
        pytest.param({**UNKNOWN_PAIR, "leg_tingling": "yes"}, EMERGENCY, id="two unknown, with tingling"),
        pytest.param(
            {**UNKNOWN_PAIR, "leg_getting_weaker": "yes"}, EMERGENCY, id="two unknown, with weakness"
        ),
        pytest.param(
            {**UNKNOWN_PAIR, "pain_down_leg": "no", "back_or_buttock_pain": "no", "leg_tingling": "no"},
            URGENT,
            id="two unknown, none of these",
        ),
        # Swollen or unknown calf with a risk
        pytest.param({**CALF_UNKNOWN, "clot_risk": "yes"}, URGENT, id="unknown calf and a clot risk"),
        pytest.param(
            {**CALF_UNKNOWN, "pregnancy_hormones_or_cancer": "yes"}, URGENT, id="unknown calf in pregnancy"
        ),
        pytest.param({**CALF_UNKNOWN, "cancer_ever": "yes"}, URGENT, id="unknown calf and cancer"),
        pytest.param(
            {"fever_or_unwell": "unsure", "clot_risk": "yes"}, URGENT, id="unknown fever and a risk"
        ),
        pytest.param(
            {"injury_or_pop": "unsure", "pregnancy_hormones_or_cancer": "yes"},
            URGENT,
            id="unknown injury and a risk",
        ),
        pytest.param(
            {"short_cramp": "no", "clot_risk": "yes"}, URGENT, id="an ache that stays and a clot risk"
        ),
        # Risks alone
        *(
            pytest.param({risk: "yes"}, SELF_CARE, id=f"a risk alone raises nothing: {risk}")
            for risk in RISKS
        ),
        pytest.param(RISKS, SELF_CARE, id="risks together raise nothing"),
        # A fall that was no accident
        pytest.param({**BACK, "fragile_bone_fall": "yes"}, URGENT, id="a small fall before the back pain"),
        # A red, hot or swollen leg
        pytest.param(
            {"one_calf_swollen": "yes", "severe_or_worsening_pain": "yes"},
            EMERGENCY,
            id="a swollen leg and severe pain: an infection that destroys tissue",
        ),
        pytest.param(
            {"one_calf_swollen": "yes", "fever_or_unwell": "yes"}, EMERGENCY, id="a swollen leg and fever"
        ),
        pytest.param(
            {"one_calf_swollen": "yes", "dark_urine": "yes"}, URGENT, id="a swollen leg and dark urine: today"
        ),
        pytest.param(
            {"one_calf_swollen": "yes", "chest_again": "unsure"},
            EMERGENCY,
            id="a swollen leg, and the second look leaves the chest open",
        ),
        # A calf ache that is no cramp
        pytest.param({"short_cramp": "no"}, ROUTINE, id="an ache that stays"),
        pytest.param({"short_cramp": "unsure"}, ROUTINE, id="perhaps an ache that stays"),
        pytest.param({"short_cramp": "no", **BACK}, ROUTINE, id="an ache that stays, with back pain"),
        *(
            pytest.param(
                {"short_cramp": said, risk: "yes", **back}, URGENT, id=f"{said}, {risk}, {len(back)}"
            )
            for said in ("no", "unsure")
            for risk in ("clot_risk", "pregnancy_hormones_or_cancer")
            for back in ({}, BACK)
        ),
        # Cancer
        pytest.param({**BACK, "cancer_ever": "yes"}, ROUTINE, id="a past cancer and back pain"),
        pytest.param(
            {**DOWN_THE_LEG, "cancer_ever": "yes"}, URGENT, id="a past cancer and pain down the leg"
        ),
        pytest.param(
            {**BACK, "cancer_ever": "yes", "night_pain_or_weight_loss": "yes"}, URGENT, id="and night pain"
        ),
        pytest.param(
            {**BACK, "cancer_ever": "yes", "severe_or_worsening_pain": "yes"}, URGENT, id="and severe pain"
        ),
        # A child
        pytest.param({"under_sixteen": "yes", "fever_or_unwell": "yes"}, URGENT, id="a child with fever"),
        pytest.param({"under_sixteen": "yes", "leg_getting_weaker": "yes"}, URGENT, id="a child who limps"),
        pytest.param(
            {"under_sixteen": "yes", "injury_or_pop": "yes"}, URGENT, id="a child who cannot stand on the leg"
        ),
        pytest.param(
            {"under_sixteen": "yes", "fever_or_unwell": "unsure"}, URGENT, id="a child, perhaps fever"
        ),
        pytest.param(
            {"under_sixteen": "yes", "leg_getting_weaker": "unsure"}, URGENT, id="a child, perhaps a limp"
        ),
        # The highest counts
        pytest.param(
            {"lasting": "yes", "one_calf_swollen": "yes", "saddle_numbness": "yes"},
            EMERGENCY,
            id="the highest counts",
        ),
        pytest.param({"lasting": "yes", "dark_urine": "yes"}, URGENT, id="nothing later lowers it"),
    ],
)
def test_level_of_answers_together(said: Said, expected: Level) -> None:
    assert level(said) is expected


def asked(opened: frozenset[str], **other: Answer) -> set[str]:
    """What someone is asked who says no to all else."""
    answers: dict[QuestionId, Answer] = {}
    while isinstance(step := next_step(PROTOCOL, answers, opened), Ask):
        answers[step.question] = other.get(step.question, "no")
    return set(answers)


def test_the_private_question_is_asked_only_of_those_who_agreed() -> None:
    everything_else = PROTOCOL.opens - {"private"}
    assert "sexual_change" not in asked(everything_else)
    assert "sexual_change" in asked(frozenset({"private"}))


def test_the_private_question_counts_when_its_sign_is_volunteered() -> None:
    step = next_step(PROTOCOL, {QuestionId("sexual_change"): "yes"})
    assert step == Finish(EMERGENCY, ("sexual_change",), None)


def test_the_wound_question_is_asked_only_of_those_who_want_more_and_have_no_other_cause() -> None:
    assert "dirty_wound" not in asked(PROTOCOL.opens - {"detail"})
    assert "dirty_wound" in asked(frozenset({"detail"}))
    assert "dirty_wound" not in asked(frozenset({"detail"}), after_exercise="yes")
    assert "dirty_wound" not in asked(frozenset({"detail"}), sweating_or_thirsty="yes")
