"""Explanations of answers and of saved conversations."""

from __future__ import annotations

import pytest

from crampguide.triage import load_protocol
from tools import conversations
from tools.protocol import explain


def told(capsys: pytest.CaptureFixture[str], *said: str) -> str:
    assert explain.main([*said]) == 0
    return " ".join(capsys.readouterr().out.split())


def test_every_question_is_accounted_for(capsys: pytest.CaptureFixture[str]) -> None:
    text = told(capsys, "chest_or_breathing=no")
    for question in load_protocol().questions.values():
        assert f" {question.number} ({question.sign[0].lower()}{question.sign[1:]}): " in text


def test_it_names_the_rule_that_set_the_level_its_reason_and_its_source(
    capsys: pytest.CaptureFixture[str],
) -> None:
    combination = load_protocol().combinations["swollen_leg_and_unknown_chest"]
    text = told(capsys, "one_calf_swollen=yes", "chest_or_breathing=unsure")
    set_by, less = text.split("Answers that reach less:")
    assert "Level so far: emergency." in set_by
    assert f"({combination.id}). {combination.reason}" in set_by
    assert "NHS, Deep vein thrombosis https://" in set_by
    assert "unsure about 1 (since this began: chest pain" in less


def test_why_not(capsys: pytest.CaptureFixture[str]) -> None:
    gate = ["chest_or_breathing", "bladder_or_bowel_change", "both_legs_nerve"]
    text = told(capsys, *(f"{id_}=no" for id_ in gate))
    assert (
        "5+6 (one leg or foot newly swollen, hot or cold, or a new color, even between cramps): comes next"
        in text
    )
    assert "not asked, only if yes to 7 (a leg or foot weaker than usual" in text
    assert "comes later, if it can still change anything" in text
    assert "not told at emergency" not in text


def test_what_can_change_nothing_is_said_to(capsys: pytest.CaptureFixture[str]) -> None:
    path = conversations.FOLDER / "en-US" / "urgent_swollen_calf.toml"
    text = told(capsys, "--conversation", str(path))
    assert "yes to 5+6 (one leg or foot newly swollen" in text.split("Answers that reach less:")[0]
    assert "not asked, its answer could change nothing any more" in text


def test_in_an_emergency_nothing_more_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    text = told(capsys, "saddle_numbness=yes")
    questions = text.split("Every question:")[1]
    assert questions.count("not asked, this is an emergency already") == len(load_protocol().questions) - 1
    assert "not told at emergency" in text


def test_an_opened_subject_opens_its_questions(capsys: pytest.CaptureFixture[str]) -> None:
    before, after = (told(capsys, "short_cramp=yes", *more) for more in ((), ("--opened", "private")))
    closed = "only if the person agrees to a private question"
    assert closed in before
    assert closed not in after


@pytest.mark.parametrize(
    ("said", "help_"),
    [
        ("chest_pain=yes", "'chest_pain' is no question; they are: chest_or_breathing"),
        ("chest_or_breathing", "write chest_or_breathing=yes"),
        ("chest_or_breathing=maybe", "write chest_or_breathing=yes"),
    ],
)
def test_a_mistake_says_what_to_write(said: str, help_: str) -> None:
    with pytest.raises(SystemExit, match=help_):
        explain.main([said])


def test_an_unknown_subject_or_file_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        explain.main(["--opened", "weather"])
    assert "weather is no subject; they are: child" in capsys.readouterr().err
    assert explain.main(["--conversation", "nowhere.toml"]) == 1
    assert "nowhere.toml cannot be played" in capsys.readouterr().err
