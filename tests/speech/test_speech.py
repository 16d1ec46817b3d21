"""How words are found and made into speech."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crampguide.reviewed import DataError
from crampguide.speech import Catalogue, catalogue, catalogue_for, to_plain, to_ssml
from crampguide.speech.spoken import Pace, seconds

SPEECH = Path(__file__).parents[2] / "lambda" / "crampguide" / "speech"


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])),
    st.sampled_from(["slow", "normal", "fast"]),
)
def test_any_text_becomes_ssml_that_parses_and_says_the_same(text: str, pace: Pace) -> None:
    ssml = f"<speak>{to_ssml(text, pace)}</speak>"
    assert "".join(ElementTree.fromstring(ssml).itertext()) == text


def test_numbers_are_read_digit_by_digit_and_counted_so() -> None:
    assert to_ssml("Call 911 now.") == 'Call <say-as interpret-as="digits">911</say-as> now.'
    assert to_plain(to_ssml("Call 911 now.")) == "Call 911 now."
    assert seconds("Call 911 now.", 155) == seconds("Call nine one one now.", 155)


def test_a_pause_is_silence_that_takes_its_time_and_is_not_read() -> None:
    line = Catalogue("xx", {**catalogue_for("en-US").lines, "held": ("Hold. {pause:2.5} Let go.",)}).say(
        "held"
    )
    assert to_ssml(line) == 'Hold. <break time="2.5s"/> Let go.'
    assert to_plain(line) == "Hold. Let go."
    assert seconds(line, 155) == seconds("Hold. Let go.", 155) + 2.5


def test_155_words_of_english_take_a_minute() -> None:
    assert catalogue_for("en-US").seconds("word " * 155) == pytest.approx(60)


@pytest.mark.parametrize(
    ("locale", "number", "department"),
    [
        ("en-US", "911", "the emergency room"),
        ("en-GB", "999", "A and E"),
        ("en-AU", "000", "the emergency department"),
        ("en-CA", "911", "the emergency room"),
        ("en-IN", "112", "casualty"),
    ],
)
def test_a_region_has_its_own_number_and_names(locale: str, number: str, department: str) -> None:
    advice = catalogue_for(locale).say("advice.emergency")
    assert number in advice
    assert department in advice


@pytest.mark.parametrize("locale", ["en-NZ", "de-DE", "", "en", "e", "../en-US", "en-US/../en-GB"])
def test_an_unknown_locale_still_speaks_and_names_no_number(locale: str) -> None:
    advice = catalogue_for(locale).say("advice.emergency")
    assert "local emergency number" in advice
    assert not any(character.isdigit() for character in advice)


def test_turns_choose_among_phrasings_in_a_fixed_order() -> None:
    catalogue = Catalogue("xx", {**catalogue_for("en-US").lines, "two": ("one", "other")})
    assert [catalogue.say("two", turn) for turn in (0, 1, 2)] == ["one", "other", "one"]


def test_a_missing_key_or_value_is_an_error_rather_than_a_gap() -> None:
    with pytest.raises(KeyError):
        catalogue_for("en-US").say("no.such.key")
    with pytest.raises(KeyError):
        catalogue_for("en-US").say("because.yes")


_PARTS = """
import json
from crampguide.speech import catalogue
words = catalogue.catalogue_for("en-GB")
steps = [catalogue.read_file.cache_info().currsize]
for key in ("welcome.first", "part.line", "other.line"):
    words.say(key)
    steps.append(catalogue.read_file.cache_info().currsize)
print(json.dumps([*steps, words.say("part.line"), words.say("part.pain"), "other.line" in list(words.lines)]))
"""


def test_a_part_of_a_language_is_read_when_its_words_are_first_wanted(tmp_path: Path) -> None:
    folder = tmp_path / "crampguide" / "speech"
    shutil.copytree(SPEECH, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "crampguide" / "__init__.py").touch()
    shutil.copy(SPEECH.parent / "reviewed.py", tmp_path / "crampguide")
    for path in (folder / "en").glob("*.toml"):
        if path.stem != "lines":
            path.unlink()
    (folder / "en" / "unusual.toml").write_text('[part]\nline = "From the part."\npain = "Painkiller."\n')
    (folder / "en" / "very_unusual.toml").write_text('[other]\nline = "From another."\n')
    with (folder / "en" / "regions" / "en-GB.toml").open("a") as region:
        region.write('\n[part]\npain = "Paracetamol."\n')
    done = subprocess.run(
        [sys.executable, "-c", _PARTS], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == [1, 5, 6, 7, "From the part.", "Paracetamol.", True]


def test_a_table_for_each_thing_gives_every_line_its_key(tmp_path: Path) -> None:
    exercises = tmp_path / "exercises.toml"
    exercises.write_text(
        '[hop]\ntitle = "Hop"\nintro = "You hop."\n[hop.land]\nstep = "Land."\ndrawing = "Feet."\n'
    )
    region = tmp_path / "xx-YY.toml"
    region.write_text(
        '[region]\ndoctor = "Ann"\n[exercises.hop]\nintro = "Jump."\n[subjects.gout]\nmore = ["a", "b"]\n'
    )
    assert catalogue.read_file(exercises).lines == {
        "screen.exercise.hop": ("Hop",),
        "intro.hop": ("You hop.",),
        "step.hop.land": ("Land.",),
        "screen.drawing.hop.land": ("Feet.",),
    }
    assert catalogue.read_file(region).lines == {
        "region.doctor": ("Ann",),
        "intro.hop": ("Jump.",),
        "learn.gout_more": ("a", "b"),
    }


def test_a_line_that_two_tables_state_is_refused_with_its_file(tmp_path: Path) -> None:
    region = tmp_path / "xx-ZZ.toml"
    region.write_text('[intro]\nhop = "Jump."\n[exercises.hop]\nintro = "Hop."\n')
    with pytest.raises(DataError, match=r"xx-ZZ\.toml: intro\.hop is stated twice$"):
        catalogue.read_file(region)


_ADDED = """
from crampguide.speech import catalogue_for
print(*(catalogue_for(locale).say("advice.emergency") for locale in ("xx-YY", "xx-ZZ", "en-YY")), sep="\\n")
"""


def test_a_language_and_a_region_are_added_by_their_files_alone(tmp_path: Path) -> None:
    folder = tmp_path / "crampguide" / "speech"
    shutil.copytree(SPEECH, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "crampguide" / "__init__.py").touch()
    shutil.copy(SPEECH.parent / "reviewed.py", tmp_path / "crampguide")
    (folder / "xx" / "regions").mkdir(parents=True)
    (folder / "xx" / "advice.toml").write_text('[advice]\nemergency = "Ring {emergency}."\n')
    for region, number in (("xx-YY", "110"), ("elsewhere", "for help")):
        (folder / "xx" / "regions" / f"{region}.toml").write_text(
            f'[region]\nemergency_number = "{number}"\n'
        )
    done = subprocess.run(
        [sys.executable, "-c", _ADDED], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    here, elsewhere, english = done.stdout.splitlines()
    assert (here, elsewhere) == ("Ring 110.", "Ring for help.")
    assert "your local emergency number" in english
