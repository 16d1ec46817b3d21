"""Lines that have no words are refused, and what a language may leave unsaid is known for each language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from crampguide.reviewed import DataError
from crampguide.speech import Catalogue, Line, catalogue, catalogue_for
from crampguide.speech.model import load_rules
from crampguide.speech.render import words


@pytest.mark.parametrize("said", ['""', '" "', "3", "[]", '["Yes.", ""]', '["Yes.", 3]'])
def test_a_line_without_words_is_refused_with_its_file(tmp_path: Path, said: str) -> None:
    path = tmp_path / "xx.toml"
    path.write_text(f'[net]\ncalf = "Call."\nline = {said}\n')
    with pytest.raises(DataError, match=r"xx\.toml: net\.line has no words$"):
        catalogue.read_file(path)


def test_only_what_the_language_lists_may_be_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    silent = {"xx": {"meaning": ["limp"]}, "en": {"meaning": ["a.b"]}}
    monkeypatch.setattr(catalogue, "rules", lambda: SimpleNamespace(silent=silent))
    english = catalogue_for("en-US")
    assert english.is_silent("meaning.a.b")
    assert not english.is_silent("meaning.limp")
    assert not english.is_silent("why.a.b")
    monkeypatch.setattr(catalogue, "rules", lambda: SimpleNamespace(silent={}))
    assert not Catalogue("en-US", {}).is_silent("meaning.a.b")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of two languages: English, and one of which only a region and its advice are written."""
    files = {
        "en/advice.toml": '[advice]\nemergency = "Call {emergency}."\n',
        "en/regions/elsewhere.toml": '[region]\nemergency_number = "for help"\n',
        "xx/advice.toml": '[advice]\nemergency = "Ring {emergency}."\n',
        "xx/regions/xx-YY.toml": '[region]\nemergency_number = "110"\n[advice]\nurgent = "Go."\n',
        "xx/regions/elsewhere.toml": '[region]\nemergency_number = "for somebody"\n',
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(catalogue, "_FOLDER", tmp_path)
    catalogue_for.cache_clear()
    yield tmp_path
    catalogue_for.cache_clear()


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("xx-YY", "Ring 110."),
        ("xx-ZZ", "Ring for somebody."),
        ("yy-YY", "Call for help."),
        ("xx", "Call for help."),
        ("xx-YY-a", "Call for help."),
        ("en-YY", "Call for help."),
    ],
)
def test_a_locale_speaks_its_language_and_no_number_but_its_own(locale: str, said: str) -> None:
    words = catalogue_for(locale)
    assert words.locale == locale
    assert words.say("advice.emergency") == said
    assert words.has("advice.urgent") == (locale == "xx-YY")


def test_in_an_emergency_no_file_is_read_that_a_conversation_needs_later(folder: Path) -> None:
    for later in ("tips", "coaching", "a_new_file"):
        (folder / "en" / f"{later}.toml").write_text("what is this")
    assert catalogue_for("en-US").say("advice.emergency") == "Call for help."
    with pytest.raises(DataError, match="not valid TOML"):
        catalogue_for("en-US").say("tip.hydrate")


def test_the_lines_of_all_files_are_listed_once(folder: Path) -> None:
    (folder / "xx" / "lines.toml").write_text('[advice]\nurgent = "Go there."\nroutine = "Wait."\n')
    lines = catalogue_for("xx-YY").lines
    assert sorted(lines) == ["advice.emergency", "advice.routine", "advice.urgent", "region.emergency_number"]
    assert len(lines) == len([*lines])
    assert lines["advice.urgent"] == ("Go.",)
    with pytest.raises(KeyError, match=r"advice\.none"):
        lines["advice.none"]


def test_of_several_phrasings_the_first_is_said_where_no_turn_chooses() -> None:
    words = Catalogue("xx", {"two": ("one", "other")})
    assert [words.say("two"), words.say("two", 1)] == ["one", "other"]


def test_the_rules_are_read_from_their_file_and_a_fault_is_told_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    lists = 'brief = ["a.b"]\nlogged = ["net"]\n'
    tables = lists + '[silent.xx]\nmeaning = ["limp"]\n[budget]\n[reworded]\n"xx-YY" = ["net.line"]\n'
    path.write_text(tables)
    rules = load_rules(path)
    assert (rules.brief, rules.logged) == (frozenset({"a.b"}), frozenset({"net"}))
    assert (rules.silent["xx"]["meaning"], rules.reworded["xx-YY"]) == (("limp",), ("net.line",))
    path.write_text(tables.replace('brief = ["a.b"]', "brief = 3"))
    with pytest.raises(DataError, match=r"rules\.toml: rules: brief must be a list"):
        load_rules(path)


def test_a_number_without_a_word_is_said_in_digits_and_a_list_of_nothing_as_nothing() -> None:
    catalogue = Catalogue("xx-YY", {"number.words": ("none", "one"), "a.b": ("{number}:{signs}.",)})
    assert [words(catalogue, Line("a.b", (), number), 0) for number in (1, 12)] == ["one:.", "12:."]


def test_what_a_region_calls_something_stands_beside_its_source_and_other_tables_are_groups(
    tmp_path: Path,
) -> None:
    path = tmp_path / "xx-YY.toml"
    number = '[region]\ndoctor = "your GP"\nemergency_number = { %s = "999", source = "a page" }\n'
    path.write_text(number % "says" + '[screen.level]\nsays = "Now."\n')
    assert catalogue.read_file(path).lines == {
        "region.doctor": ("your GP",), "region.emergency_number": ("999",), "screen.level.says": ("Now.",),
    }  # fmt: skip
    nothing = tmp_path / "xx-ZZ.toml"
    nothing.write_text(number % "said")
    with pytest.raises(DataError, match=r"xx-ZZ\.toml: region\.emergency_number has no words$"):
        catalogue.read_file(nothing)
