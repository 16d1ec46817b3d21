"""A language's templates spell out its models, and each fault is told with its file, table and template."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tools.models import spelled_out, templates
from tools.models.expansion import intents, phrases, slot_types

FILES = {
    "locales.toml": """
        [en-US]
        invocation = "leg cramp guide"
        fallback_sensitivity = "MEDIUM"
        [en-GB]
        invocation = "my leg guide"
        fallback_sensitivity = "HIGH"
    """,
    "words.toml": """
        bottom = "bottom|<butt>"
        butt = { en-US = "butt", en-GB = "bum" }
    """,
    "intents.toml": """
        ["AMAZON.NavigateHomeIntent"]
        [SymptomIntent]
        slots.symptom = { type = "Symptom", multiple = true }
        slots.day = { type = "AMAZON.DATE" }
        samples = ["[i have] {symptom}", "(since|from) {day}"]
        [NoIntent]
        samples = ["no", "o. k."]
        [NoIntent.en-GB]
        samples = ["not as such"]
    """,
    "signs.toml": """
        [saddle_numbness]
        Symptom = ["my <bottom> (is|has gone) numb"]
        [cold_pale_leg]
        Symptom = ["a cold leg", "my foot's [as] cold [as ice]"]
        Denial = ["cold foot"]
        [cold_pale_leg.en-GB]
        Symptom = ["a foot like ice"]
        [waterworks.en-GB]
        Symptom = ["my waterworks"]
    """,
}


def folder(tmp_path: Path, **changed: str) -> Path:
    """A language's folder in which whole files are given anew, by their name without the ending."""
    place = tmp_path / "en"
    place.mkdir()
    for name, text in (FILES | {f"{stem}.toml": text for stem, text in changed.items()}).items():
        (place / name).write_text(text, encoding="utf-8")
    return place


def written(tmp_path: Path, file: str, old: str, new: str) -> Path:
    """A language's folder in which ``old`` is ``new`` in one file."""
    assert old in FILES[f"{file}.toml"]
    return folder(tmp_path, **{file: FILES[f"{file}.toml"].replace(old, new)})


def faults(place: Path) -> list[str]:
    language, found = templates.read(place)
    return found or spelled_out.faults(language)


def model(tmp_path: Path, locale: str) -> dict[str, Any]:
    language, found = templates.read(folder(tmp_path))
    assert found == []
    assert spelled_out.faults(language) == []
    return spelled_out.model(language, locale)


def said(model: dict[str, Any], type_name: str, id_: str) -> list[str]:
    return next(phrases(value) for value in slot_types(model)[type_name] if value["id"] == id_)


def test_alternatives_and_what_may_be_left_out_are_spelled_out(tmp_path: Path) -> None:
    american = model(tmp_path, "en-US")
    assert said(american, "Symptom", "cold_pale_leg") == [
        "a cold leg",
        "my foot's as cold as ice",
        "my foot's as cold",
        "my foot's cold as ice",
        "my foot's cold",
    ]
    assert intents(american) == [
        {"name": "AMAZON.NavigateHomeIntent", "samples": []},
        {
            "name": "SymptomIntent",
            "slots": [
                {"name": "symptom", "type": "Symptom", "multipleValues": {"enabled": True}},
                {"name": "day", "type": "AMAZON.DATE"},
            ],
            "samples": ["i have {symptom}", "{symptom}", "since {day}", "from {day}"],
        },
        {"name": "NoIntent", "samples": ["no", "o. k."]},
    ]


@pytest.mark.parametrize(("locale", "word"), [("en-US", "butt"), ("en-GB", "bum")])
def test_a_bundle_of_words_is_said_as_the_locale_says_it(tmp_path: Path, locale: str, word: str) -> None:
    assert said(model(tmp_path, locale), "Symptom", "saddle_numbness") == [
        "my bottom is numb",
        "my bottom has gone numb",
        f"my {word} is numb",
        f"my {word} has gone numb",
    ]


def test_a_locale_says_more_than_its_language(tmp_path: Path) -> None:
    british = model(tmp_path, "en-GB")
    assert intents(british)[2]["samples"] == ["no", "o. k.", "not as such"]
    assert said(british, "Symptom", "cold_pale_leg")[-1] == "a foot like ice"
    assert said(british, "Denial", "cold_pale_leg") == ["cold foot"]
    assert said(british, "Symptom", "waterworks") == ["my waterworks"]


def test_what_only_another_locale_says_is_no_value(tmp_path: Path) -> None:
    ids = [value["id"] for value in slot_types(model(tmp_path, "en-US"))["Symptom"]]
    assert ids == ["saddle_numbness", "cold_pale_leg"]


def test_a_locale_is_opened_in_its_own_words(tmp_path: Path) -> None:
    british = model(tmp_path, "en-GB")["interactionModel"]["languageModel"]
    assert british["invocationName"] == "my leg guide"
    assert british["modelConfiguration"] == {"fallbackIntentSensitivity": {"level": "HIGH"}}


SIGN = "interaction_models/en/signs.toml: cold_pale_leg.Symptom: "
NO = "interaction_models/en/intents.toml: NoIntent.samples: "


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("a (cold leg", "Unable to find end of group"),
        ("a cold leg)", "Expected chunk to end at"),
        ("a [cold leg", "Unable to find end of optional"),
        ("a cold <lag", "Unable to find end of rule"),
        ("a cold <lag>", "<lag> is not in words.toml"),
        ("", "it can be said as nothing at all"),
        ("  ", "it can be said as nothing at all"),
        ("[a cold] [leg]", "it can be said as nothing at all"),
        ("my <bottom> is numb", "'my bottom is numb' is said by 'my <bottom> (is|has gone) numb' of "),
        ("a Cold leg", "'Cold' is not a word in lower case letters, as Alexa wants them"),
        ("a cold leg?", "'leg?' is not a word in lower case letters, as Alexa wants them"),
        ("2 cold legs", "'2' is not a word in lower case letters, as Alexa wants them"),
        ("a cold, leg", "'cold,' is not a word in lower case letters, as Alexa wants them"),
        ("a cold {leg}", "there is no slot 'leg'"),
    ],
)
def test_a_faulty_template_is_told_with_its_place(tmp_path: Path, template: str, says: str) -> None:
    place = written(tmp_path, "signs", '["a cold leg",', f'["{template}", "a cold leg",')
    assert any(each.startswith(f"{SIGN}{template!r}: {says}") for each in faults(place)), faults(place)


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("i have {symptom}", "'i have {symptom}' is said by '[i have] {symptom}' of "),
        ("no {symptom}", "there is no slot 'symptom'"),
        ("no{symptom}", "'no{symptom}': words and slots are parted by spaces"),
    ],
)
def test_a_faulty_sample_is_told_with_its_place(tmp_path: Path, template: str, says: str) -> None:
    place = written(tmp_path, "intents", '["no",', f'["{template}", "no",')
    assert any(each.startswith(f"{NO}{template!r}: {says}") for each in faults(place)), faults(place)


def test_a_template_that_adds_nothing_is_refused(tmp_path: Path) -> None:
    place = written(tmp_path, "signs", '["a cold leg",', '["a (cold|pale) leg", "a cold leg",')
    assert faults(place) == [f"{SIGN}'a cold leg': those before it say all of this"]


def test_a_template_that_adds_something_in_one_locale_stays(tmp_path: Path) -> None:
    place = written(
        tmp_path, "signs", '["my <bottom>', '["my bum is numb", "my <butt> is numb", "my <bottom>'
    )
    assert faults(place) == []


def test_a_phrase_of_two_signs_in_one_locale_is_refused(tmp_path: Path) -> None:
    place = written(tmp_path, "signs", '["a foot like ice"]', '["my bum is numb"]')
    [line] = faults(place)
    assert line.startswith(
        "interaction_models/en/signs.toml: cold_pale_leg.en-GB.Symptom: 'my bum is numb': "
    )
    assert line.endswith("signs.toml: saddle_numbness.Symptom too")


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("words", '"bottom|<butt>"', '"bottom|<bottom>"', "<bottom> holds itself"),
        ("words", '"bottom|<butt>"', '"(bottom|<butt>"', "Unable to find end of group"),
        ("words", '"bottom|<butt>"', '"bottom|<seat>"', "<seat> is not in words.toml"),
        (
            "words",
            "bottom =",
            'seat = "seat"\n        bottom =',
            "interaction_models/en/words.toml: no template says <seat>",
        ),
        ("words", ', en-GB = "bum"', "", "words.toml: butt: 'en-GB' is missing"),
        ("words", ', en-GB = "bum"', ', en-GB = "bum", en-AU = "bum"', "butt: unknown key 'en-AU'"),
        ("words", '"bottom|<butt>"', '["bottom"]', "bottom: give a template, or one for each"),
        ("locales", 'invocation = "my leg guide"', "", "locales.toml: en-GB: invocation is missing"),
        ("locales", '"HIGH"', '"SHRILL"', "fallback_sensitivity = 'SHRILL' is not one of LOW, MEDIUM, HIGH"),
        ("locales", '"HIGH"', '"HIGH"\n        name = "x"', "locales.toml: en-GB: name is not a known field"),
        ("intents", "[NoIntent.en-GB]", "[NoIntent.en-AU]", "intents.toml: NoIntent: unknown key 'en-AU'"),
        ("intents", '["no", "o. k."]', '"no"', "intents.toml: NoIntent.samples: this is no list"),
        ("intents", '["no", "o. k."]', "[1]", "intents.toml: NoIntent.samples: this is no list"),
        ("intents", '{ type = "AMAZON.DATE" }', '"AMAZON.DATE"', "SymptomIntent.slots.day must be a table"),
        ("intents", '{ type = "AMAZON.DATE" }', "{}", "SymptomIntent.slots.day: type is missing"),
        ("intents", "[SymptomIntent]", "[SymptomIntent]\n        sample = []", "unknown key 'sample'"),
        ("intents", '["AMAZON.', 'note = "x"\n        ["AMAZON.', "intents.toml: note: this is no table"),
        (
            "signs",
            '[waterworks.en-GB]\n        Symptom = ["my waterworks"]',
            "[waterworks]\n        en-GB = 1",
            "waterworks.en-GB: this is no table",
        ),
        ("signs", "[waterworks.en-GB]", "[waterworks.en-AU]", "waterworks.en-AU: this is no list"),
    ],
)
def test_a_table_of_another_form_is_refused(
    tmp_path: Path, file: str, old: str, new: str, expected: str
) -> None:
    found = faults(written(tmp_path, file, old, new))
    assert any(expected in each for each in found), found


SHARED = FILES | {
    "locales.toml": FILES["locales.toml"].replace('"HIGH"', '"HIGH"\n        like = ["near", "far"]'),
    "words.toml": 'bottom = "<butt>"\nbutt = { en-US = "butt", near = "bum", far = "seat" }',
    "signs.toml": FILES["signs.toml"].replace("[waterworks.en-GB]", "[waterworks.far]"),
}


def shared(tmp_path: Path, **changed: str) -> Path:
    texts = {name.partition(".")[0]: text for name, text in SHARED.items()}
    return folder(tmp_path, **(texts | changed))


def test_a_locale_says_what_it_shares_with_others_where_it_has_no_words_of_its_own(tmp_path: Path) -> None:
    language, found = templates.read(shared(tmp_path))
    assert found == []
    british, american = (spelled_out.model(language, locale) for locale in ("en-GB", "en-US"))
    assert said(british, "Symptom", "saddle_numbness") == ["my bum is numb", "my bum has gone numb"]
    assert said(british, "Symptom", "waterworks") == ["my waterworks"]
    assert "waterworks" not in {value["id"] for value in slot_types(american)["Symptom"]}


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("words", 'bottom = "<butt>"\nbutt = { far = "seat" }', "words.toml: butt: 'en-US' is missing"),
        (
            "words",
            'bottom = "<a_number>"\na_number = { en-US = "one", far = "two" }',
            "words.toml: a_number: unknown key 'far'",
        ),
        (
            "locales",
            SHARED["locales.toml"].replace('"near"', '"en-US"'),
            "locales.toml: en-GB: like: en-US is a locale, not a shared wording",
        ),
        ("signs", SHARED["signs.toml"].replace(".far]", ".afar]"), "waterworks.afar: this is no list"),
    ],
)
def test_no_number_is_shared_and_no_wording_unknown(
    tmp_path: Path, file: str, text: str, expected: str
) -> None:
    found = faults(shared(tmp_path, **{file: text}))
    assert any(expected in each for each in found), found


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    place = folder(
        tmp_path,
        signs='[cold_pale_leg]\nSymptom = ["a (cold leg", "a <lag>"]\n[numb]\nSymptom = ["no?"]',
    )
    assert [each.partition(".toml: ")[2].partition(": ")[0] for each in faults(place)] == [
        "cold_pale_leg.Symptom", "cold_pale_leg.Symptom", "numb.Symptom",
    ]  # fmt: skip


def test_one_value_in_two_files_is_refused(tmp_path: Path) -> None:
    place = folder(tmp_path, more='[cold_pale_leg]\nSymptom = ["a blue leg"]')
    assert "signs.toml: cold_pale_leg: Symptom is given in another file too" in faults(place)[0]
