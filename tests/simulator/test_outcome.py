"""What the skill does with people's own words, by the command that says so and through the real handler."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crampguide.speech import catalogue_for, to_plain
from simulator.skill import here
from tools.simulated.outcome import Outcome, outcome

ROOT = Path(__file__).parents[2]
TABLE: dict[str, dict[str, str]] = tomllib.loads(
    Path(__file__).with_name("outcomes.toml").read_text(encoding="utf-8")
)
LOCALES = ("en-US", "en-GB")
FIRST = "chest_or_breathing"


@cache
def made(locale: str, words: str) -> Outcome:
    return outcome(here().handler, here().resolver(locale), words)


def says(locale: str, key: str, reply: str) -> bool:
    catalogue = catalogue_for(locale)
    return any(to_plain(catalogue.say(key, number)) in reply for number in range(len(catalogue.lines[key])))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("words", "sign"), TABLE["signs"].items())
def test_a_sign_counts_or_is_asked_about_next(locale: str, words: str, sign: str) -> None:
    found = made(locale, words)
    assert (found.recognised, found.asked[:1]) in (([sign], []), ([], [sign]))
    assert found.denied == []


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("words", "sign"), TABLE["asked"].items())
def test_what_does_not_count_is_asked_about(locale: str, words: str, sign: str) -> None:
    found = made(locale, words)
    assert (found.recognised, found.denied, found.asked[0]) == ([], [], sign)
    assert len(found.asked) in {1, 2}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("words", "sign"), TABLE["answered"].items())
def test_a_question_is_answered(locale: str, words: str, sign: str) -> None:
    found = made(locale, words)
    assert (found.recognised, found.denied, found.asked, found.ended) == ([], [], [sign], False)
    assert says(locale, f"why.{sign}", found.reply)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("words", "line"), TABLE["met"].items())
def test_a_cry_is_met(locale: str, words: str, line: str) -> None:
    found = made(locale, words)
    assert (found.recognised, found.denied, found.asked, found.ended) == ([], [], [], False)
    assert says(locale, line, found.reply)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("words", "intent"), TABLE["wants"].items())
def test_a_want_is_served(locale: str, words: str, intent: str) -> None:
    assert made(locale, words).intent == intent


@pytest.mark.parametrize("locale", LOCALES)
def test_despair_is_no_answer_and_ends_nothing(locale: str) -> None:
    found = made(locale, "i'd rather be dead than live with this pain")
    assert (found.recognised, found.denied, found.asked, found.ended) == ([], [], [], False)
    assert not says(locale, "fallback.again", found.reply)


def test_the_command_prints_one_line_of_json_for_each_utterance() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "simulator", "outcome", "--locale", "en-GB"],
        input="my foot looks like candle wax\nno fever\nbanana\nstop\n",
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    sign, denial, nothing, stop = [*map(json.loads, done.stdout.splitlines())]
    keys = {"utterance", "intent", "recognised", "asked", "denied", "level", "ended", "reply"}
    given: dict[str, Any]
    for given in (sign, denial, nothing, stop):
        assert given.keys() == keys
    assert (done.returncode, done.stderr) == (0, "")
    assert (sign["recognised"], sign["level"], "999" in sign["reply"]) == (
        ["cold_pale_leg"],
        "emergency",
        True,
    )
    assert (denial["denied"], denial["level"]) == (["fever_or_unwell"], None)
    assert [nothing[key] for key in ("recognised", "asked", "denied", "ended")] == [[], [], [], False]
    assert stop["ended"] is True
