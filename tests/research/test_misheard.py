"""The simulation of misheard answers: what must hold of it, and of the page that it writes."""

from __future__ import annotations

from functools import cache

import pytest

from crampguide.triage import Level
from simulator.device.echo import Device
from simulator.skill import here
from tools.research import callers, misheard, skill
from tools.research.callers import Call, Outcome, suppositions
from tools.research.simulation import missed, simulate

PERFECT = suppositions(volunteer=0.0, contradicts=1.0, reworded=1.0)
NEVER = [0.5] * 400


@cache
def some(kind: str, rate: float, **changed: float) -> list[Outcome]:
    return simulate(kind, rate, suppositions(**changed), calls=400)


@pytest.mark.parametrize("locale", ["en-US", "en-GB"])
@pytest.mark.parametrize("kind", ["healthy", "emergency"])
def test_a_caller_answers_as_often_as_to_the_skill_over_its_own_requests(kind: str, locale: str) -> None:
    """Nothing misheard: the turns and the level are those of a whole conversation in Alexa's own JSON."""
    intents = {True: "AMAZON.YesIntent", False: "AMAZON.NoIntent"}
    for true, _ in callers.people(kind):
        device, said = Device(here().handler, locale), 0
        device.launch()
        turn = device.intent("AMAZON.YesIntent")
        while turn.attributes["asking"] is not None or turn.attributes["offer"] in {"recap", "heard_right"}:
            asked = turn.attributes["asking"]
            turn = device.intent(intents[asked is None or asked in true])
            said += 1
        outcome = Call(true, 0.0, PERFECT, NEVER).hold()
        assert outcome.level is not None
        assert (outcome.turns, outcome.level.id) == (said, turn.attributes["level"])


@pytest.mark.parametrize("kind", ["healthy", "emergency"])
def test_nothing_is_missed_and_nobody_alarmed_where_nothing_is_misheard(kind: str) -> None:
    expected = Level.EMERGENCY if kind == "emergency" else Level.SELF_CARE
    outcomes = some(kind, 0.0, reworded=1.0)
    assert {outcome.level for outcome in outcomes} == {expected}
    assert {outcome.alarmed for outcome in outcomes} == {kind == "emergency"}


def test_an_alarm_that_nobody_contradicts_is_kept() -> None:
    healthy = some("healthy", 0.05, contradicts=0.0)
    alarmed = [outcome for outcome in healthy if outcome.alarmed]
    left = [outcome for outcome in alarmed if outcome.level is Level.EMERGENCY]
    assert len(left) > 0.8 * len(alarmed) > 50
    contradicted = some("healthy", 0.05, contradicts=1.0)
    assert sum(outcome.level is Level.EMERGENCY for outcome in contradicted) < len(left) / 2


def test_joined_questions_that_are_not_understood_miss_emergencies() -> None:
    """Nothing else catches a sign that no question is recognised to be about."""
    unheard = some("emergency", 0.0, understood=0.0, volunteer=0.0, reworded=0.0, named=0.0, acknowledged=0.0)
    assert missed(unheard) > 0.3
    assert missed(unheard) > missed(some("emergency", 0.0, understood=0.5, volunteer=0.0))


def test_bad_hearing_that_clusters_keeps_its_mean() -> None:
    clustered = suppositions(clustered=4.0)
    rates = [Call(frozenset(), 0.05, clustered, [draw])._rate for draw in (0.1, 0.3, 0.5, 0.7, 0.9)]  # noqa: SLF001
    assert sum(rates) / len(rates) == pytest.approx(0.05)
    assert max(rates) == pytest.approx(4 * min(rates))


def test_what_was_said_before_changes_no_reply() -> None:
    """Turns are worked out once for each state: the state tells all that matters."""
    once, again = skill.launch(), skill.launch()
    assert once is again
    assert once.to("AMAZON.YesIntent") is again.to("AMAZON.YesIntent")
    assert once.to("AMAZON.YesIntent").asked is not None


def test_the_same_seed_gives_the_same_calls() -> None:
    once, again, other = (simulate("healthy", 0.1, suppositions(), calls=50, seed=seed) for seed in (7, 7, 8))
    assert once == again
    assert once != other


def test_check_tells_a_page_of_a_skill_that_answers_otherwise(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert misheard.main(["--check"]) == 0
    real = callers.Call.hold
    monkeypatch.setattr(callers.Call, "hold", lambda self: real(self)._replace(level=Level.ROUTINE))
    assert misheard.main(["--check"]) == 1
    assert "run `make docs`" in capsys.readouterr().err


def test_without_the_packages_it_says_what_to_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(misheard, "_NEEDS", ("gone",))
    assert misheard.main([]) == 1
    assert capsys.readouterr().err == "gone: not installed; run `make docs`, which gets what is needed\n"
