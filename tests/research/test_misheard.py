"""What the simulation of misheard answers supposes of the skill is what the skill does."""

from __future__ import annotations

import pytest

from simulator.device.echo import Device, Exchange
from simulator.device.skill import load_handler
from tools.research import callers, misheard
from tools.research.callers import suppositions

CHOSEN = next(design for design in callers.designs() if design.chosen)
INTENTS = {"yes": "AMAZON.YesIntent", "no": "AMAZON.NoIntent"}


def talk(device: Device, *said: str) -> Exchange:
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
    assert "run `make docs`" in capsys.readouterr().err


def test_without_the_packages_it_says_what_to_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(misheard, "_NEEDS", ("gone",))
    assert misheard.main([]) == 1
    assert capsys.readouterr().err == "gone: not installed; run `make docs`, which gets what is needed\n"
