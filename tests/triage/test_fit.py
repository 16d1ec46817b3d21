"""What the answers fit best, as guidance asks; each case says its reason."""

from __future__ import annotations

import pytest

from crampguide.triage import Answer, QuestionId, load_protocol
from crampguide.triage.pattern import pattern_of

PROTOCOL = load_protocol()
Said = dict[str, Answer]


def points(*yes: str, **other: Answer) -> Said:
    return {**dict.fromkeys(yes, "yes"), **other}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param({}, "either", id="nothing known"),
        pytest.param(points("pain_down_leg"), "either", id="nerve 2"),
        pytest.param(points("pain_down_leg", "leg_worse_than_back"), "either", id="nerve 3, below 4"),
        pytest.param(points("pain_down_leg", "pain_below_knee"), "sciatica", id="nerve 4, cramp 0: knee"),
        pytest.param(points("pain_down_leg", "leg_tingling"), "sciatica", id="nerve 4, cramp 0: tingling"),
        pytest.param(
            points("pain_down_leg", "leg_worse_than_back", "cough_worsens_leg"),
            "sciatica",
            id="nerve 4, cramp 0: small points",
        ),
        pytest.param(
            points("pain_down_leg", "pain_below_knee", "short_cramp"),
            "sciatica",
            id="nerve 4, cramp 2: just 2 above",
        ),
        pytest.param(
            points("pain_down_leg", "pain_below_knee", "short_cramp", "night_cramps"),
            "either",
            id="nerve 4, cramp 3: only 1 above",
        ),
        pytest.param(
            points(
                "pain_down_leg",
                "pain_below_knee",
                "leg_tingling",
                "short_cramp",
                "night_cramps",
                "after_exercise",
            ),
            "sciatica",
            id="nerve 6, cramp 4",
        ),
        pytest.param(
            points(
                "pain_down_leg",
                "pain_below_knee",
                "leg_tingling",
                "short_cramp",
                "night_cramps",
                "after_exercise",
                "sweating_or_thirsty",
            ),
            "either",
            id="nerve 6, cramp 5",
        ),
        pytest.param(
            points(
                "pain_down_leg",
                "pain_below_knee",
                "leg_tingling",
                "leg_worse_than_back",
                "cough_worsens_leg",
                "short_cramp",
                "night_cramps",
                "after_exercise",
                "sweating_or_thirsty",
                "medicine_link",
            ),
            "sciatica",
            id="nerve 8, cramp 6: all there is",
        ),
        pytest.param(
            points("pain_below_knee", "leg_tingling", pain_down_leg="no"),
            "either",
            id="nerve 4 without pain down the leg",
        ),
        pytest.param(
            points("pain_below_knee", "leg_tingling", pain_down_leg="unsure"),
            "either",
            id="nerve 4, unknown whether down the leg",
        ),
        pytest.param(points("short_cramp", pain_down_leg="no"), "cramp", id="cramp 2: the tight cramp"),
        pytest.param(
            points("night_cramps", "after_exercise", pain_down_leg="no"),
            "cramp",
            id="cramp 2: night and exercise",
        ),
        pytest.param(points("night_cramps", pain_down_leg="no"), "either", id="cramp 1, below 2"),
        pytest.param(
            points("short_cramp", "night_cramps", "walking_calf_pain"), "neither", id="walking brings it on"
        ),
        pytest.param(
            points("pain_down_leg", "pain_below_knee", "walking_calf_pain"),
            "neither",
            id="so it is with a nerve",
        ),
        pytest.param(
            points("short_cramp", pain_down_leg="unsure"),
            "either",
            id="cramp 2, unknown whether down the leg",
        ),
        pytest.param(
            points("short_cramp"), "cramp", id="cramp 2, no back pain, so not asked whether down the leg"
        ),
        pytest.param(
            points("short_cramp", "leg_tingling", pain_down_leg="no"), "cramp", id="cramp 2, nerve 2"
        ),
        pytest.param(
            points("short_cramp", "leg_tingling", "leg_worse_than_back", pain_down_leg="no"),
            "either",
            id="cramp 2, nerve 3, above 2",
        ),
        pytest.param(
            points("night_cramps", "medicine_link", pain_down_leg="no"), "cramp", id="a point for a medicine"
        ),
        pytest.param(
            points("night_cramps", "pregnant_or_new_mother", pain_down_leg="no"),
            "cramp",
            id="a point for pregnancy",
        ),
        pytest.param(
            points("night_cramps", "long_term_condition", pain_down_leg="no"),
            "cramp",
            id="a point for an illness",
        ),
        pytest.param(
            points("medicine_link", "pregnant_or_new_mother", "long_term_condition", pain_down_leg="no"),
            "either",
            id="one point for them all",
        ),
        pytest.param(
            points(pain_down_leg="no", short_cramp="unsure", night_cramps="unsure", after_exercise="unsure"),
            "either",
            id="unknown gives no points",
        ),
    ],
)
def test_what_the_answers_fit(said: Said, expected: str) -> None:
    assert pattern_of(PROTOCOL, {QuestionId(id_): answer for id_, answer in said.items()}) == expected
