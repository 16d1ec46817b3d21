"""What the files of relief say is what is told: every field, and every field left out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from crampguide.condition import ALWAYS, NEVER, Case, Condition
from crampguide.relief import read_relief
from crampguide.relief.model import Exercise, Step, Tip
from crampguide.triage.model import QuestionId, Source

VALID = (Path(__file__).parents[1] / "broken" / "relief" / "valid.toml").read_text(encoding="utf-8")
LAST_EDITED = date(2026, 11, 22)
SKIN, SWOLLEN = QuestionId("skin_and_circulation"), QuestionId("one_calf_swollen")
FULL = """
[[tip]]
id = "cold"
patterns = ["cramp", "sciatica"]
topics = ["heat_or_cold", "night"]
phase = "early"
when = { any_of = { one_calf_swollen = "no" } }
first = { not = { any_of = { skin_and_circulation = ["yes", "no", "unsure"] } } }
only_for = { any_of = { one_calf_swollen = ["no", "unsure"] } }
do_not = { any_of = { skin_and_circulation = ["yes", "unsure"] } }
caution = "Ten minutes."
cites = ["OWN", "MPFT"]
last_edited = 2026-11-22

[[exercise]]
id = "standing_calf_stretch"
number = "X2"
patterns = ["sciatica"]
sides = 2
times = 6
together = 3
ask = ["one_calf_swollen"]
do_not = { any_of = { skin_and_circulation = "yes" } }
then_ask = "one_calf_swollen"
caution = "Hold on to something."
cites = ["MPFT"]
last_edited = 2026-11-22

[[exercise.steps]]
id = "sit"
part = "start"

[[exercise.steps]]
id = "up"
part = "each"
hold = 20
rest = 5
patterns = ["sciatica"]
only_for = { any_of = { skin_and_circulation = "no" } }
do_not = { any_of = { one_calf_swollen = "no" } }
"""


def any_of(question: QuestionId, *fits: str) -> Condition:
    return Condition(((Case(((question, frozenset(fits)),)),),), frozenset({question}))


def test_a_tip_with_every_field() -> None:
    assert read_relief(VALID + FULL).tips["cold"] == Tip(
        id="cold",
        patterns=frozenset({"cramp", "sciatica"}),
        topics=frozenset({"heat_or_cold", "night"}),
        phase="early",
        when=any_of(SWOLLEN, "no"),
        first=any_of(SKIN, "unasked"),
        only_for=any_of(SWOLLEN, "no", "unsure"),
        do_not=any_of(SKIN, "yes", "unsure"),
        caution="Ten minutes.",
        cites=("OWN", "MPFT"),
        last_edited=LAST_EDITED,
    )


def test_a_rule_may_accept_every_answer() -> None:
    every = ["yes", "no", "unsure"]
    rule = read_relief(VALID.replace('["yes", "unsure"]', str(every))).tips["warm"].do_not
    assert rule == any_of(SKIN, *every)


def test_a_tip_with_as_few_fields_as_there_may_be() -> None:
    tip = read_relief(VALID).tips["warm"]
    assert (tip.phase, tip.when, tip.first, tip.only_for) == (None, ALWAYS, NEVER, ALWAYS)


def test_an_exercise_with_every_field() -> None:
    assert read_relief(VALID + FULL).exercises["standing_calf_stretch"] == Exercise(
        id="standing_calf_stretch",
        number="X2",
        patterns=frozenset({"sciatica"}),
        sides=2,
        times=6,
        together=3,
        ask=(SWOLLEN,),
        do_not=any_of(SKIN, "yes"),
        then_ask=SWOLLEN,
        steps=(
            Step("sit", "start", 0, 0, frozenset(), ALWAYS, NEVER),
            Step("up", "each", 20, 5, frozenset({"sciatica"}), any_of(SKIN, "no"), any_of(SWOLLEN, "no")),
        ),
        caution="Hold on to something.",
        cites=("MPFT",),
        last_edited=LAST_EDITED,
    )


def test_an_exercise_with_as_few_fields_as_there_may_be() -> None:
    exercise = read_relief(VALID.replace("sides = 2\ntimes = 3\n", "")).exercises["cramp_release"]
    assert (exercise.sides, exercise.times, exercise.together) == (1, 1, 1)
    assert (exercise.ask, exercise.do_not, exercise.then_ask) == ((), NEVER, None)


def test_once_on_one_side_may_be_said() -> None:
    exercise = read_relief(VALID.replace("sides = 2\ntimes = 3\n", "sides = 1\ntimes = 1\n")).exercises[
        "cramp_release"
    ]
    assert (exercise.sides, exercise.times) == (1, 1)


def test_the_file_and_its_sources() -> None:
    relief = read_relief(VALID + '\n[source.PAGE]\nname = "A page"\nlink = "https://example.org"\n')
    assert relief.now == "cramp_release"
    assert relief.asks == (SKIN,)
    assert list(relief.tips) == ["warm"]
    assert list(relief.exercises) == ["cramp_release"]
    assert relief.sources == {
        "OWN": Source("OWN", "A leaflet", ""),
        "PAGE": Source("PAGE", "A page", "https://example.org"),
    }
