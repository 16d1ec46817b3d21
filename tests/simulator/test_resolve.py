"""How words are understood, with a model small enough to see why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.understanding.model import InteractionModel, parse_model
from simulator.understanding.resolve import FALLBACK, NO, YES, Resolution, Resolver
from simulator.understanding.words import language_of


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
        ("my foot has gone white", ("SymptomIntent", "cold_leg")),
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
    resolution = resolver.resolve("It started yesterday, and I can't pee at all!")
    assert said(resolution) == ["i can't pee"]


@pytest.mark.parametrize(
    ("words", "signs"),
    [
        ("it started yesterday and now i can't pee at all and it hurts", ["bladder"]),
        ("um i think my calf is really swollen", ["swollen"]),
        ("yes, my calf is swollen", ["swollen"]),
        ("no my calf is swollen", ["swollen"]),
        ("chest pain and a cold foot", ["chest", "cold_leg"]),
        ("i can't pee and i have a fever", ["bladder", "fever"]),
        ("i have a fever, a cold foot, and trouble peeing", ["fever", "cold_leg", "bladder"]),
        ("my foot is icy cold", ["cold_leg"]),
        ("my calves are swollen", ["swollen"]),
        ("my claf is swollen", []),
        ("my calf is swolen", ["swollen"]),
        ("i've got a bad pain in my chest", ["chest"]),
        ("i don't know why but i can't pee", ["bladder"]),
        ("my chest pain won't stop", ["chest"]),
        ("i don't want to die i have chest pain", ["chest"]),
    ],
)
def test_signs_are_heard_inside_a_sentence(resolver: Resolver, words: str, signs: list[str]) -> None:
    resolution = resolver.resolve(words)
    assert ids(resolution) == signs
    assert resolution.intent == ("SymptomIntent" if signs else FALLBACK)


@pytest.mark.parametrize(
    ("words", "denied"),
    [
        ("i don't think my calf is swollen", ["swollen"]),
        ("my calf isn't swollen", ["swollen"]),
        ("i haven't peed myself", ["bladder"]),
        ("i'm not having any trouble peeing", ["bladder"]),
        ("i can pee without any trouble", ["bladder"]),
        ("no fever and no chest pain", ["fever", "chest"]),
        ("neither chest pain nor a fever", ["chest", "fever"]),
        ("i don't have a fever or chest pain", ["fever", "chest"]),
        ("well i can feel my legs and i am happy", ["legs"]),
        ("yes but i don't have a fever", ["fever"]),
    ],
)
def test_denials_are_heard_inside_a_sentence(resolver: Resolver, words: str, denied: list[str]) -> None:
    resolution = resolver.resolve(words)
    assert (resolution.intent, ids(resolution)) == ("NoSymptomIntent", denied)


@pytest.mark.parametrize(
    ("words", "signs"),
    [
        pytest.param("i don't have chest pain but i can't pee", ["bladder"], id="denial, then sign"),
        pytest.param("i can't pee but i don't have chest pain", ["bladder"], id="sign, then denial"),
        pytest.param(
            "i don't have a fever and my calf is swollen", ["swollen"], id="a new subject ends a denial"
        ),
        pytest.param(
            "i don't have a fever i have chest pain", ["chest"], id="so it does without a joining word"
        ),
        pytest.param("no chest pain my calf is swollen", ["swollen"], id="and without a verb"),
        pytest.param(
            "i don't have a fever or chest pain but a cold foot", ["cold_leg"], id="but ends a list"
        ),
        pytest.param("i can feel my legs but i can't pee", ["bladder"], id="word-for-word denial, then sign"),
    ],
)
def test_sign_beside_a_denial_is_the_sign(resolver: Resolver, words: str, signs: list[str]) -> None:
    resolution = resolver.resolve(words)
    assert (resolution.intent, ids(resolution)) == ("SymptomIntent", signs)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("i can pee", id="the opposite of a sign is no sign"),
        pytest.param("i can move both legs", id="ability"),
        pytest.param("feeling between my legs", id="half a sign"),
        pytest.param("i don't not have a fever", id="two denials"),
        pytest.param("my calf used to be swollen", id="over"),
        pytest.param("my chest pain has gone away", id="gone"),
        pytest.param("my calf is not that swollen any more no", id="half taken back"),
        pytest.param("i can't say my calf is swollen", id="cannot is no denial"),
        pytest.param("my arm is swollen", id="another part"),
        pytest.param("my swollen ego", id="one word of two"),
        pytest.param("between my legs numb cream helps", id="words of another thing"),
        pytest.param("saturday night fever was a film", id="one word among many"),
        pytest.param("there is no painful feeling between my legs", id="what is denied is something else"),
    ],
)
def test_where_words_leave_doubt_there_is_no_sign(resolver: Resolver, words: str) -> None:
    assert resolver.resolve(words).intent != "SymptomIntent"


def test_second_of_two_things_after_one_no_is_left_open(resolver: Resolver) -> None:
    resolution = resolver.resolve("no fever and swollen calf")
    assert reading(resolution) == ("NoSymptomIntent", "fever")


@pytest.mark.parametrize("words", ["i don't know if i have a fever", "i'm not sure about the chest pain"])
def test_doubt_about_a_sign_is_doubt(resolver: Resolver, words: str) -> None:
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


def test_what_else_was_considered_is_kept(resolver: Resolver) -> None:
    resolution = resolver.resolve("give me tips about heat and a fever")
    assert reading(resolution) == ("SymptomIntent", "fever")
    assert [candidate.intent for candidate in resolution.candidates] == ["TipsIntent"]


def test_one_value_only_where_the_slot_takes_one(model: InteractionModel) -> None:
    document = {"name": "symptom", "type": "Symptom"}
    single = _with_slot(model, document)
    assert ids(Resolver(single, language_of("en-US")).resolve("chest pain and a cold foot")) == ["chest"]


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


def test_denial_type_without_carriers_is_denying_by_itself() -> None:
    document = {
        "invocationName": "leg cramp guide",
        "intents": [
            {
                "name": "SymptomIntent",
                "slots": [{"name": "symptom", "type": "Symptom"}],
                "samples": ["{symptom}"],
            },
            {
                "name": "NoSymptomIntent",
                "slots": [{"name": "symptom", "type": "Denial"}],
                "samples": ["{symptom}"],
            },
        ],
        "types": [
            {"name": "Symptom", "values": [{"id": "bladder", "name": {"value": "i can't pee"}}]},
            {"name": "Denial", "values": [{"id": "bladder", "name": {"value": "i can pee fine"}}]},
        ],
    }
    resolver = Resolver(parse_model({"interactionModel": {"languageModel": document}}), language_of("en-US"))
    assert reading(resolver.resolve("since today i can pee really fine")) == ("NoSymptomIntent", "bladder")
    assert reading(resolver.resolve("since today i can't pee")) == ("SymptomIntent", "bladder")
    assert resolver.resolve("it is not true that i can pee fine").intent == FALLBACK


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
