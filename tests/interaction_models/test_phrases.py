"""What people say, held against the models word for word: no matcher, no guess."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tools.models.expansion import meanings

MODELS = Path(__file__).parents[2] / "interaction_models"
EVERYWHERE = ("en-US", "en-GB")


@cache
def model(locale: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((MODELS / f"{locale}.json").read_text(encoding="utf-8"))
    return read


def understood(locale: str, text: str) -> set[tuple[str, tuple[str, ...]]]:
    return {(each.intent, each.ids) for each in meanings(model(locale), text)}


SIGNS = [
    ("i can't pee", "bladder_or_bowel_change"),
    ("help i cannot pee", "bladder_or_bowel_change"),
    ("i wet myself", "bladder_or_bowel_change"),
    ("i haven't been able to pee", "bladder_or_bowel_change"),
    ("i don't have control of my bladder", "bladder_or_bowel_change"),
    ("it's numb down there", "saddle_numbness"),
    ("numb between my legs", "saddle_numbness"),
    ("i can't feel between my legs", "saddle_numbness"),
    ("no feeling between my legs", "saddle_numbness"),
    ("i have no feeling down there", "saddle_numbness"),
    ("i don't have any feeling down there", "saddle_numbness"),
    ("i can't feel my legs", "both_legs_nerve"),
    ("i don't have any strength in my legs", "both_legs_nerve"),
    ("my foot's gone white", "cold_pale_leg"),
    ("there's no pulse in my foot", "cold_pale_leg"),
    ("i'm coughing blood", "chest_or_breathing"),
    ("i think i'm having a heart attack", "chest_or_breathing"),
    ("she's not breathing", "chest_or_breathing"),
    ("i cannot feel my foot", "cannot_move_or_feel"),
    ("my foot flops", "leg_getting_weaker"),
    ("my leg is numb", "leg_getting_weaker"),
    ("i had surgery last month", "clot_risk"),
    ("i lay on the floor for hours", "injury_or_pop"),
    ("after a hard run", "after_exercise"),
]

# A part of a joined question that is denied says nothing of the rest, so it is no denial of the whole.
DENIALS = [
    ("i don't have chest pain", "chest_or_breathing"),
    ("no trouble peeing or numbness", "bladder_or_bowel_change"),
    ("i can feel everything down there", "saddle_numbness"),
    ("my legs aren't numb", "both_legs_nerve"),
    ("my foot isn't cold", "cold_pale_leg"),
    ("there isn't any difference between my legs", "one_calf_swollen"),
    ("no fever", "fever_or_unwell"),
    ("i'm not pregnant", "pregnant_or_new_mother"),
    ("yes i can move my foot fine", "cannot_move_or_feel"),
]

PLAIN = [
    ("a little", "HedgedYesIntent"),
    ("sometimes", "HedgedYesIntent"),
    ("maybe", "HedgedYesIntent"),
    ("it comes and goes", "HedgedYesIntent"),
    ("not really", "HedgedNoIntent"),
    ("not that i noticed", "HedgedNoIntent"),
    ("it's got worse", "WorseIntent"),
    ("i don't know", "UnsureIntent"),
    ("i can't tell", "UnsureIntent"),
    ("skip this question", "AMAZON.NextIntent"),
    ("i misheard", "AMAZON.PreviousIntent"),
    ("undo that", "AMAZON.PreviousIntent"),
    ("say that again", "AMAZON.RepeatIntent"),
    ("that's not new", "NotNewIntent"),
    ("check my leg", "CheckIntent"),
    ("how to stop a cramp", "CrampNowIntent"),
]


@pytest.mark.parametrize("locale", EVERYWHERE)
@pytest.mark.parametrize(("text", "sign"), SIGNS)
def test_a_sign_is_a_sign(locale: str, text: str, sign: str) -> None:
    assert understood(locale, text) == {("SymptomIntent", (sign,))}


@pytest.mark.parametrize("locale", EVERYWHERE)
@pytest.mark.parametrize(("text", "sign"), DENIALS)
def test_a_denial_is_a_denial(locale: str, text: str, sign: str) -> None:
    assert understood(locale, text) == {("NoSymptomIntent", (sign,))}


@pytest.mark.parametrize("locale", EVERYWHERE)
@pytest.mark.parametrize(("text", "intent"), PLAIN)
def test_an_answer_is_the_answer_it_sounds_like(locale: str, text: str, intent: str) -> None:
    assert understood(locale, text) == {(intent, ())}


@pytest.mark.parametrize(
    ("text", "intent", "value"),
    [
        ("change the fever answer", "CorrectIntent", "fever_or_unwell"),
        ("the fever one is wrong", "CorrectIntent", "fever_or_unwell"),
        ("tips for night cramps", "TipsIntent", "night_cramps"),
        ("teach me the standing calf stretch", "ExerciseIntent", "standing_calf_stretch"),
        ("what is sciatica", "LearnIntent", "what_is_sciatica"),
        ("could it be dehydration", "LearnIntent", "dehydration"),
        ("my calf keeps twitching", "OpenTopicIntent", "twitching"),
        ("asking for my daughter", "SomebodyElseIntent", "any_age"),
    ],
)
def test_a_subject_is_resolved(text: str, intent: str, value: str) -> None:
    assert understood("en-US", text) == {(intent, (value,))}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("i can pee", id="one sound away from i can't pee"),
        pytest.param("i can feel my legs", id="one sound away from i can't feel my legs"),
        pytest.param("my legs", id="a part of the body is no sign"),
        pytest.param("both", id="one word of a sign is no sign"),
    ],
)
def test_too_little_said_is_not_understood(text: str) -> None:
    assert understood("en-US", text) == set()


@pytest.mark.parametrize(
    ("text", "intent", "ids"),
    [
        ("my bum is numb", "SymptomIntent", ("saddle_numbness",)),
        ("i can't wee", "SymptomIntent", ("bladder_or_bowel_change",)),
        ("i've wet my trousers", "SymptomIntent", ("bladder_or_bowel_change",)),
        ("my leg's in plaster", "SymptomIntent", ("clot_risk",)),
        ("my foot is a different colour", "SymptomIntent", ("cold_pale_leg",)),
        ("my bum isn't numb", "NoSymptomIntent", ("saddle_numbness",)),
        ("should i ring nine nine nine", "WhenToSeekHelpIntent", ()),
    ],
)
def test_british_english_is_british(text: str, intent: str, ids: tuple[str, ...]) -> None:
    assert understood("en-GB", text) == {(intent, ids)}
    assert understood("en-US", text) == set()


def test_american_words_stay_in_america() -> None:
    assert understood("en-US", "should i call nine one one")
    assert not understood("en-GB", "should i call nine one one")
