"""Every claim about cramps and sciatica is heard by asking for it, each with its correction."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crampguide.alexa.skill import Handler, build_skill
from crampguide.learning import load_learning
from crampguide.speech import catalogue_for
from simulator.device.echo import Device, Exchange
from simulator.device.requests import SlotValue

MODELS = Path(__file__).parents[2] / "interaction_models"
CLAIMS = [
    ("S1", "why_calf_cramps_more", "raises the question of where it comes from", ""),
    (
        "S2",
        "what_is_sciatica",
        "Sciatica is common. The sciatic nerve is irritated or pressed",
        "most often by a slipped disc",
    ),
    ("S3", "nerve_anatomy", "longest nerve in the body", ""),
    ("S4", "nerve_anatomy", "L four to S three", ""),
    (
        "S5",
        "nerve_anatomy_more",
        "buttock and down the back of the thigh, and its branches supply the calf",
        "",
    ),
    ("S6", "herniated_disc", "a bone spur. The pressure disturbs the signals", "most common cause"),
    (
        "S7",
        "why_calf_cramps",
        "the calf tightens without your wanting it",
        "plausible, not proven. In one study, seven",
    ),
    ("S8", "muscle_guarding", "may also be protective", "evidence for that is weak"),
    ("S9", "nerve_anatomy_why", "disturbed higher up can affect muscle further down", ""),
    ("S10", "what_is_sciatica_more", "more than a cramp in the calf. It has a pattern", ""),
    ("S11", "hallmark_signs", "pain from the lower back or the buttocks down one leg", ""),
    ("S12", "hallmark_signs", "burning, shooting, or like an electric shock", ""),
    ("S13", "hallmark_signs_more", "the calf, the foot, and the toes", "below the knee is the most telling"),
    ("S14", "hallmark_signs_more", "numbness, pins and needles, or weakness", ""),
    ("S15", "both_sides", "usually on one side", "is an emergency sign: call 911"),
    (
        "S16",
        "dehydration",
        "Too little fluid can bring on calf spasms, like overuse",
        "nerves rather than to salts",
    ),
    ("S17", "sciatica_or_cramp", "lack nerve feelings that spread from the back", ""),
    ("S18", "home_care_limits", "relief for a while", ""),
    (
        "S19",
        "heat_and_cold_facts",
        "ease pain, inflammation, and stiffness",
        "healing is unproven. Never use them on skin that's numb",
    ),
    (
        "S20",
        "heat_and_cold_facts",
        "Cold for the first one to three days",
        "NHS advice names heat packs only",
    ),
    (
        "S21",
        "heat_and_cold_facts_more",
        "Heat suits tight muscles",
        "no hot-water bottle: skin that's numb can scald",
    ),
    (
        "S22",
        "stretching_facts",
        "Gentle stretching and easy, low-impact activity help",
        "Stop if pain shoots",
    ),
    ("S23", "stretching_facts", "walking, and stretches for the back of the thigh and the buttock", ""),
    ("S24", "posture_facts", "not staying in one position", "not to sit or lie for long"),
    (
        "S25",
        "painkillers_facts",
        "may give comfort for a while",
        "unlikely to help sciatica. Whether ibuprofen",
    ),
    ("S25", "painkillers_facts_more", "During a cramp", "too slow"),
    ("S26", "recovery_time", "get better with self-care", "four to six weeks. But not for everyone"),
    (
        "S27",
        "worsening",
        "severe or getting worse, it needs someone today",
        "numbness down below, or both legs weak, call",
    ),
    ("S28", "worsening", "weakness or numbness in a leg or foot that keeps growing", ""),
    (
        "S29",
        "cauda_equina",
        "Losing control of bladder or bowels",
        "loss of control comes late. Any new change",
    ),
    ("S30", "when_to_see_doctor", "if it lasts more than a few days", "the NHS says a few weeks"),
    ("S31", "when_to_see_doctor", "gets in the way of your daily life", ""),
    ("S32", "when_to_see_doctor_more", "what you do at home doesn't help", ""),
    (
        "S33",
        "injury",
        "After a significant injury",
        "serious accident with back pain is a reason to call 911",
    ),
    ("S34", "who_can_diagnose", "can diagnose it and guide the treatment", ""),
]
"""Claim, the end of the key of the line that carries it, a piece of the claim, a piece of its correction."""
LINES = [key for subject in load_learning().subjects.values() for key in subject.lines]


@pytest.fixture(scope="module")
def handler() -> Handler:
    return build_skill({}).lambda_handler()


def asked_for(handler: Handler, key: str, locale: str = "en-US") -> Exchange:
    """The reply to someone who asks for the subject of a line, then for more of it or why."""
    subject = next(each for each in load_learning().subjects.values() if key in each.lines)
    device = Device(handler, locale)
    device.launch()
    turn = device.intent("LearnIntent", {"subject": SlotValue("words", subject.id)})
    if key == subject.why:
        return device.intent("WhyIntent")
    return turn if key == subject.pages[0] else device.intent("MoreIntent")


def test_the_table_holds_every_claim_and_each_with_a_correction_has_one() -> None:
    claims = load_learning().claims
    assert list(claims) == [f"S{number}" for number in range(1, 35)]
    assert {claim for claim, *_ in CLAIMS} == claims.keys()
    corrected = {claim for claim, _, _, correction in CLAIMS if correction}
    assert {id_ for id_, claim in claims.items() if claim.correction} <= corrected


@pytest.mark.parametrize("locale", ["en-US", "en-GB"])
@pytest.mark.parametrize("heard", CLAIMS, ids=lambda heard: f"{heard[0]} {heard[1]}")
def test_a_claim_is_heard(handler: Handler, heard: tuple[str, str, str, str], locale: str) -> None:
    claim, line, piece, correction = heard
    key = f"learn.{line}"
    assert claim in next(each.lines[key] for each in load_learning().subjects.values() if key in each.lines)
    text = asked_for(handler, key, locale).text
    assert piece in text
    assert correction.replace("911", catalogue_for(locale).say("region.emergency_number")) in text


@pytest.mark.parametrize("locale", ["en-US", "en-GB"])
@pytest.mark.parametrize("key", LINES)
def test_every_line_can_be_asked_for_and_keeps_its_length(handler: Handler, key: str, locale: str) -> None:
    turn = asked_for(handler, key, locale)
    assert catalogue_for(locale).say(key) in turn.text
    assert catalogue_for(locale).seconds(turn.text) <= 45
    assert turn.listening
    assert turn.attributes["offer"] == "check"


def test_every_subject_is_understood_by_name_and_by_what_about() -> None:
    subjects = load_learning().subjects.keys()
    for path in MODELS.glob("*.json"):
        model: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        types = {each["name"]: each for each in model["interactionModel"]["languageModel"]["types"]}
        for name in ("Subject", "About"):
            assert {value["id"] for value in types[name]["values"]} == subjects


def test_tell_me_more_goes_through_everything_and_ends(handler: Handler) -> None:
    device = Device(handler)
    device.launch()
    heard = [device.intent("LearnIntent").text]
    while "everything I can teach" not in heard[-1]:
        assert len(heard) < 100
        heard.append(device.intent("LearnIntent").text)
    catalogue = catalogue_for("en-US")
    pages = [catalogue.say(key) for each in load_learning().subjects.values() for key in each.pages]
    assert len(heard) == len(pages) + 1
    assert all(page in text for page, text in zip(pages, heard, strict=False))
