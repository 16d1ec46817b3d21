"""A question about the pattern is asked only while the pattern depends on it, on a small protocol."""

from __future__ import annotations

import pytest

from crampguide.triage import Answer, Ask, Protocol, Recap, next_step
from tests.triage.small import known, protocol, question

PATTERN = 'informs = ["pattern"]'
FITS = """nerve_at_least = 4
nerve_above_cramp = 4
reason = "The pain runs down the leg."

[[pattern.fit]]
id = "cramp"
requires = { any_of = { down_leg = "no" } }
cramp_at_least = 2
nerve_at_most = 0
"""


def scored(nerve: str, cramp: str, *ids: str) -> Protocol:
    """Sciatica takes four points, all above those of a cramp; a cramp takes two, and none of a nerve."""
    knee = question("knee", f'{PATTERN}\nwhen = {{ any_of = {{ opened = "more" }} }}')
    return protocol(
        *(question(id_, PATTERN) for id_ in ids),
        knee if "knee" in nerve else "",
        replace=(
            ('when = { any_of = { opened = "more" } }\n', ""),
            ("nerve = { down_leg = 2 }", f"nerve = {{ {nerve} }}"),
            ("cramp = {}", f"cramp = {{ {cramp} }}"),
            ("nerve_at_least = 2\n", FITS),
        ),
    )


def asks(small: Protocol, opened: str = "", **said: Answer) -> str | None:
    step = next_step(small, known(**said), frozenset(filter(None, [opened])))
    assert isinstance(step, Ask | Recap)
    return step.question if isinstance(step, Ask) else None


SCORED = scored("down_leg = 2, tingles = 2, knee = 2", "tight = 2", "tight", "tingles")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param({}, "down_leg", id="nothing known"),
        pytest.param({"down_leg": "unsure"}, None, id="no fit allows unsure: nothing else matters"),
        pytest.param({"down_leg": "no"}, "tight", id="a cramp, if nothing tingles"),
        pytest.param({"down_leg": "no", "tight": "no"}, None, id="too few points for a cramp"),
        pytest.param({"down_leg": "no", "tight": "yes"}, "tingles", id="a cramp unless it tingles"),
        pytest.param({"down_leg": "yes"}, "tight", id="sciatica if it tingles and is not tight"),
        pytest.param({"down_leg": "yes", "tight": "no"}, "tingles", id="sciatica if it tingles"),
        pytest.param({"down_leg": "yes", "tight": "yes"}, None, id="too few points above a cramp"),
        pytest.param({"down_leg": "yes", "tingles": "no"}, None, id="denied unasked: too few points"),
        pytest.param({"down_leg": "yes", "tingles": "yes"}, "tight", id="sciatica unless it is tight"),
    ],
)
def test_asked_while_the_pattern_depends_on_it(said: dict[str, Answer], expected: str | None) -> None:
    assert asks(SCORED, **said) == expected


def test_points_that_must_be_opened_count_only_then() -> None:
    assert asks(SCORED, down_leg="yes", tight="yes") is None
    assert asks(SCORED, "more", down_leg="yes", tight="yes") == "tingles"
    assert asks(SCORED, "more", down_leg="yes", tight="yes", tingles="no") is None
    assert asks(SCORED, "more", down_leg="yes", tight="yes", tingles="yes") == "knee"


def test_a_question_counts_once() -> None:
    small = scored("down_leg = 2", "tight = 1", "tight")
    assert asks(small, down_leg="no") is None


def test_only_a_yes_gives_points() -> None:
    assert asks(scored("down_leg = 3", "tight = 2", "tight"), down_leg="yes") is None
    small = scored("down_leg = 2, tingles = 2", "tight = 1", "tight", "tingles")
    assert asks(small, down_leg="no", tight="yes") is None
