"""The simulation of misheard answers: what must hold of it, and that the skill does what it supposes."""

from __future__ import annotations

from functools import cache

import pytest

from crampguide.triage import Level
from simulator.device.echo import Device, Turn
from simulator.device.skill import load_handler
from tools.research import callers, misheard
from tools.research.callers import Design, missed, simulate, suppositions

FACE_VALUE = callers.designs()[0]
CHOSEN = next(design for design in callers.designs() if design.chosen)
INTENTS = {"yes": "AMAZON.YesIntent", "no": "AMAZON.NoIntent"}


def test_nothing_is_missed_and_nobody_alarmed_where_nothing_is_misheard() -> None:
    for design in callers.designs():
        assert missed(simulate("emergency", design, 0.0, suppositions(reworded=1.0))) == 0
        healthy = simulate("healthy", design, 0.0, suppositions())
        assert not any(outcome.alarmed for outcome in healthy)
        assert {outcome.level for outcome in healthy} == {Level.SELF_CARE}


def test_at_face_value_as_many_are_missed_as_are_misheard() -> None:
    """One sign, one answer: it is missed if that answer is, whatever is asked besides."""
    alone = suppositions(unsure=0.0, nothing=0.0, alarm=1.0)
    signs = [sign for each in callers.data()["emergency"] for sign in each["signs"]]
    first = simulate("emergency", FACE_VALUE, 0.02, alone)
    assert len(signs) == len(set(signs))
    assert missed(first) == pytest.approx(0.02, abs=0.004)


@cache
def missed_by(design: Design, rate: float) -> float:
    """Of those who are ill, with what is supposed."""
    return missed(simulate("emergency", design, rate, suppositions()))


def test_a_tenth_is_missed_for_two_questions_more() -> None:
    assert missed_by(CHOSEN, 0.05) * 10 <= missed_by(FACE_VALUE, 0.05)
    assert questions(CHOSEN) - questions(FACE_VALUE) <= 2


def questions(design: Design) -> float:
    """What a healthy caller answers, without the recap, where nothing is misheard."""
    calls = simulate("healthy", design, 0.0, suppositions())
    return sum(outcome.turns for outcome in calls) / len(calls) - bool(design.recap)


@pytest.mark.parametrize("rate", [0.01, 0.05, 0.1])
def test_each_safeguard_helps_the_ill(rate: float) -> None:
    stages = [design for design in callers.designs() if design.recap != "unnamed"]
    shares = [missed_by(design, rate) for design in stages]
    assert shares == sorted(shares, reverse=True)


def test_the_same_seed_gives_the_same_calls() -> None:
    once, again, other = (simulate("healthy", CHOSEN, 0.1, suppositions(), seed) for seed in (7, 7, 8))
    assert once == again
    assert once != other


def talk(device: Device, *said: str) -> Turn:
    return [device.intent(INTENTS[each]) for each in said][-1]


@pytest.mark.parametrize("locale", ["en-US", "en-GB"])
def test_the_skill_asks_again_as_often_as_is_supposed(locale: str) -> None:
    """Someone healthy, nothing misheard: as many answers as in the simulation, the repeated ones included."""
    for true, _ in callers.people("healthy"):
        device, asked = Device(load_handler(), locale), []
        device.launch()
        turn = talk(device, "yes")
        while (question := turn.attributes["asking"]) is not None:
            asked.append(question)
            turn = talk(device, "yes" if question in true else "no")
        assert turn.attributes["offer"] == "recap"
        call = callers.Call(true, CHOSEN, 0.0, suppositions(), [0.5] * 100)
        assert call.hold().turns == len(asked) + 1
        assert {id_ for id_ in asked if asked.count(id_) > 1} == set(CHOSEN.confirmed)


@pytest.mark.parametrize("sign", [sign for each in callers.data()["emergency"] for sign in each["signs"]])
def test_the_skill_says_back_and_names_what_is_supposed(sign: str) -> None:
    device, said_back = Device(load_handler(), "en-US"), False
    device.launch()
    turn = talk(device, "yes")
    while turn.attributes["asking"] is not None:
        turn = talk(device, "no")
        said_back |= f"acknowledge.no_to:{sign}:0" in turn.attributes["said"]
    assert said_back
    assert sign in turn.attributes["said"].split("recap.no_to_all:")[1]
    assert talk(device, "no").attributes["offer"] == "correct"


def test_check_tells_a_stale_page(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert misheard.main(["--check"]) == 0
    monkeypatch.setattr(misheard, "fingerprint", lambda: "of something else")
    assert misheard.main(["--check"]) == 1
    assert "run `python -m tools misheard`" in capsys.readouterr().err
