"""How words are understood, with a model small enough to see why."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.skill import here
from simulator.understanding.model import InteractionModel, parse_model
from simulator.understanding.resolve import FALLBACK, NO, YES, Resolution, Resolver
from simulator.understanding.words import language_of
from tools.simulated.roles import ROLES


def ids(resolution: Resolution) -> list[str]:
    return [value.entry.id for values in resolution.slots.values() for value in values if value.entry]


def said(resolution: Resolution) -> list[str]:
    return [value.value for values in resolution.slots.values() for value in values]


def reading(resolution: Resolution) -> tuple[str, ...]:
    return (resolution.intent, *ids(resolution))


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("yes", YES),
        ("Yeah.", YES),
        ("um, yes please", YES),
        ("uh huh", YES),
        ("a little", "HedgedYesIntent"),
        ("yes, sometimes", "HedgedYesIntent"),
        ("i think yes", "HedgedYesIntent"),
        ("no i guess", "HedgedNoIntent"),
        ("yes it is", YES),
        ("no", NO),
        ("nope", NO),
        ("no no no", NO),
        ("no, not really", "HedgedNoIntent"),
        ("well, no thank you", NO),
        ("i don't know", "UnsureIntent"),
        ("I dont know", "UnsureIntent"),
        ("i do not know", "UnsureIntent"),
        ("um i'm not sure", "UnsureIntent"),
        ("i don't know, no", "UnsureIntent"),
        ("help me", "AMAZON.HelpIntent"),
        ("please stop", "AMAZON.StopIntent"),
        ("never mind", "AMAZON.CancelIntent"),
        ("say that again please", "AMAZON.RepeatIntent"),
        ("go back", "AMAZON.PreviousIntent"),
        ("check my leg", "CheckIntent"),
        ("could you please check my leg", "CheckIntent"),
    ],
)
def test_usual_phrases(resolver: Resolver, words: str, intent: str) -> None:
    assert reading(resolver.resolve(words)) == (intent,)


@pytest.mark.parametrize(
    ("who", "verb"),
    [
        *product(("i", "we", "they"), ("have", "do", "did")),
        *product(("we", "they"), ("are", "were")),
        *product(("it", "she", "he"), ("is", "has", "does", "did")),
        *product(("i", "it", "she", "he"), ("was",)),
    ],
)
def test_a_whole_answer_is_one_whoever_it_is_about(resolver: Resolver, who: str, verb: str) -> None:
    assert reading(resolver.resolve(f"yes, {who} {verb}")) == (YES,)
    assert reading(resolver.resolve(f"no, {who} {verb} not")) == (NO,)
    assert reading(resolver.resolve(f"no {who} {verb}n't")) == (NO,)


@pytest.mark.parametrize("words", ["she isn't", "he hasn't", "they weren't", "she is not"])
def test_a_denial_whose_end_may_be_missing_is_none(resolver: Resolver, words: str) -> None:
    assert resolver.resolve(words).intent == FALLBACK


@pytest.mark.parametrize("words", ["yes no", "no yes", "yes and no", "no wait yes"])
def test_yes_and_no_together_are_neither(resolver: Resolver, words: str) -> None:
    assert resolver.resolve(words).intent == FALLBACK


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "...",
        "?!",
        "banana",
        "yesterday",
        "know",
        "nobody",
        "yes my dog is here",
        "not",
        "hey",
        "okra",
        "noo doubt",
        "12",
    ],
)
def test_unknown_words_are_the_fallback(resolver: Resolver, words: str) -> None:
    assert reading(resolver.resolve(words)) == (FALLBACK,)


@given(st.text(max_size=40))
def test_any_text_is_understood_somehow(resolver: Resolver, text: str) -> None:
    assert resolver.resolve(text).utterance == text


@given(st.text(alphabet="bcdfghjklmpqrtvwxz ", min_size=3, max_size=30))
def test_gibberish_is_never_an_answer(resolver: Resolver, text: str) -> None:
    assert resolver.resolve(text).intent == FALLBACK


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("chest pain", ("SymptomIntent", "chest")),
        ("I have chest pain.", ("SymptomIntent", "chest")),
        ("i've a fever", ("SymptomIntent", "fever")),
        ("i cannot pee", ("SymptomIntent", "bladder")),
        ("i can not pee", ("SymptomIntent", "bladder")),
        ("I can’t pee", ("SymptomIntent", "bladder")),
        ("i cant pee", ("SymptomIntent", "bladder")),
        ("i'm unable to pee", ("SymptomIntent", "bladder")),
        ("i haven't been able to pee", ("SymptomIntent", "bladder")),
        ("i can hardly pee", ("SymptomIntent", "bladder")),
        ("my foot's gone white", ("SymptomIntent", "cold_leg")),
        ("no feeling between my legs", ("SymptomIntent", "saddle")),
        ("no chest pain", ("NoSymptomIntent", "chest")),
        ("i do not have a fever", ("NoSymptomIntent", "fever")),
        ("no swelling or chest pain", ("NoSymptomIntent", "swollen", "chest")),
        ("give me tips about a heating pad", ("TipsIntent", "heat")),
        ("what's sciatica", ("LearnIntent", "sciatica")),
    ],
)
def test_samples_with_slots(resolver: Resolver, words: str, expected: tuple[str, ...]) -> None:
    resolution = resolver.resolve(words)
    assert reading(resolution) == expected


def test_slot_value_is_what_was_said(resolver: Resolver) -> None:
    resolution = resolver.resolve("Um, yes, I can't pee!")
    assert said(resolution) == ["i can't pee"]


@pytest.mark.parametrize(
    ("words", "signs"),
    [
        ("chest pain and a cold foot", ["chest", "cold_leg"]),
        ("um my calf is swollen", ["swollen"]),
        ("yes, my calf is swollen", ["swollen"]),
        ("no my calf is swollen", ["swollen"]),
        ("i have chest pain and a cold foot and a fever", ["chest", "cold_leg", "fever"]),
    ],
)
def test_listed_signs_are_signs(resolver: Resolver, words: str, signs: list[str]) -> None:
    resolution = resolver.resolve(words)
    assert (resolution.intent, ids(resolution)) == ("SymptomIntent", signs)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("it started yesterday and now i can't pee at all", id="a sign in a sentence"),
        pytest.param("my calf is swolen", id="a sign misspelled"),
        pytest.param("my foot is icy cold", id="a sign in other words"),
        pytest.param("i don't think my calf is swollen", id="a denial in a sentence"),
        pytest.param("my calf isn't swollen", id="a denial in other words"),
        pytest.param("no fever and swollen calf", id="an and after a denial"),
        pytest.param("i don't have chest pain but i can't pee", id="a denial and a sign"),
        pytest.param("i can pee", id="the opposite of a sign"),
        pytest.param("my calf used to be swollen", id="over"),
        pytest.param("my arm is swollen", id="another part"),
        pytest.param("there is no painful feeling between my legs", id="something else denied"),
        pytest.param("i don't know if i have a fever", id="doubt about a sign"),
        pytest.param("give me tips about heat and a fever", id="a sign beside a request"),
    ],
)
def test_what_other_words_mean_of_a_body_is_left_to_the_skill(resolver: Resolver, words: str) -> None:
    assert resolver.resolve(words).intent == FALLBACK
    handed = resolver.spoken(words)
    assert (handed.intent, ids(handed), said(handed)) == ("SymptomIntent", [], [words])


@pytest.mark.parametrize("words", ["i don't know if i have", "i'm not sure about that"])
def test_doubt_about_nothing_named_is_doubt(resolver: Resolver, words: str) -> None:
    assert reading(resolver.resolve(words)) == ("UnsureIntent",)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("could you tell me what sciatica is", ("LearnIntent", "sciatica")),
        ("what exactly is sciatica", ("LearnIntent", "sciatica")),
        ("give me some tips about heat", ("TipsIntent", "heat")),
        ("please start the checks", ("CheckIntent",)),
        ("don't give me tips about heat", (FALLBACK,)),
        ("i'm back", (FALLBACK,)),
        ("why does my calf not cramp", (FALLBACK,)),
    ],
)
def test_requests_in_other_words(resolver: Resolver, words: str, expected: tuple[str, ...]) -> None:
    assert reading(resolver.resolve(words)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("open leg cramp guide", ("LaunchRequest",)),
        ("Alexa, talk to leg cramp guide please", ("LaunchRequest",)),
        ("ask leg cramp guide why my calf cramps", ("LearnIntent", "why_cramps")),
        ("ask leg cramp guide to check my leg", ("CheckIntent",)),
        ("alexa tell leg cramp guide that i can't pee", ("SymptomIntent", "bladder")),
        ("ask leg cramp guide about the moon", (FALLBACK,)),
    ],
)
def test_name_and_one_shots(resolver: Resolver, words: str, expected: tuple[str, ...]) -> None:
    resolution = resolver.resolve(words)
    assert reading(resolution) == expected
    assert resolution.named


def test_the_name_alone_in_a_sentence_calls_nothing(resolver: Resolver) -> None:
    assert not resolver.resolve("i like the leg cramp guide").named


def test_one_value_only_where_the_slot_takes_one(model: InteractionModel) -> None:
    document = {"name": "symptom", "type": "Symptom"}
    single = _with_slot(model, document)
    assert ids(Resolver(single, here().language("en-US"), roles=ROLES).resolve("chest pain")) == ["chest"]


def test_public_form_leaves_empty_slots_out(resolver: Resolver) -> None:
    assert resolver.resolve("Tips").as_json() == {"utterance": "Tips", "intent": "TipsIntent", "slots": {}}


def test_public_form_of_several_values(resolver: Resolver) -> None:
    assert resolver.resolve("chest pain and a cold foot").as_json()["slots"] == {
        "symptom": {
            "value": "chest pain",
            "id": "chest",
            "values": [{"value": "chest pain", "id": "chest"}, {"value": "a cold foot", "id": "cold_leg"}],
        }
    }


def test_language_that_nobody_described_is_refused() -> None:
    with pytest.raises(LookupError, match=r"simulator/understanding/builtins/xx\.toml: missing"):
        language_of("xx-YY")


def _with_slot(model: InteractionModel, slot: dict[str, str]) -> InteractionModel:
    kinds = [
        {
            "name": name,
            "values": [
                {"id": e.id, "name": {"value": e.name, "synonyms": [*e.phrases[1:]]}} for e in entries
            ],
        }
        for name, entries in model.types.items()
    ]
    intents = [{"name": "SymptomIntent", "slots": [slot], "samples": ["{symptom}", "i have {symptom}"]}]
    language = {"invocationName": model.invocation, "intents": intents, "types": kinds}
    return parse_model({"interactionModel": {"languageModel": language}})


def test_numbers_in_digits_are_heard_in_words() -> None:
    hear = language_of("en-US").hear
    assert not [number for number in range(100) if any(map(str.isdigit, hear(f"he's {number}").text))]
    assert hear("my 10-year-old") == hear("my ten-year-old")
    assert hear("I'm 21 weeks.") == hear("I'm twenty one weeks.")
    assert hear("10, 90 and 0") == hear("ten, ninety and zero")


@pytest.mark.parametrize("words", ["room 101", "at 8:30", "it's 37.5", "the 5th", "1/2"])
def test_longer_numbers_times_and_parts_stay_in_digits(words: str) -> None:
    assert any(map(str.isdigit, language_of("en-US").hear(words).text))
