"""How an utterance is read, and what the data of a language must hold."""

from __future__ import annotations

import subprocess
import sys
from array import array
from pathlib import Path

import pytest

from crampguide.understand import Kind, Stance, UnderstandingError, has, reader, veto, weights
from crampguide.understand.reader import HERE
from crampguide.understand.rules import load_rules
from crampguide.understand.text import words

EN = HERE / "en"
ROUNDING = 0.05
"""How far small integers may take a likelihood from what the libraries computed."""


def test_a_reviewed_phrase_counts_word_for_word() -> None:
    found = reader("en").read("My foot is ice-cold!".replace("-", " "))
    assert (found.kind, found.exact) == (Kind.RECOGNISED, True)
    assert found.signs == ("cold_pale_leg",)


@pytest.mark.parametrize("text", ["", "  ", "...", "no", "Yes, I am.", "it isn't"])
def test_nothing_and_bare_answers_name_no_sign(text: str) -> None:
    found = reader("en").read(text)
    assert (found.kind, found.signs, found.topic, found.mass) == (Kind.NOTHING, (), None, 0.0)


def test_spelling_does_not_matter() -> None:
    by = reader("en")
    assert by.read("I CAN’T feel, my foot when I touch it.") == by.read(
        "i cannot feel my foot when i touch it"
    )


@pytest.mark.parametrize("text", ["numb", "swelling!", "Um, drooping"])
def test_a_word_alone_is_asked_about_unless_it_is_a_reviewed_phrase(text: str) -> None:
    found = reader("en").read(text)
    assert found.kind is (Kind.RECOGNISED if found.exact else Kind.ASKED)


def test_likelihoods_are_shares() -> None:
    found = reader("en").read("my foot looks a strange kind of white today")
    assert sum(found.stances.values()) == pytest.approx(1)
    assert sum(likely for _, likely in found.ranked) <= 1
    assert [likely for _, likely in found.ranked] == sorted(
        (likely for _, likely in found.ranked), reverse=True
    )
    assert found.signs[0] == found.ranked[0][0] == found.topic == "cold_pale_leg"


def test_a_risk_counts_when_sure_and_leads_to_no_question() -> None:
    found = reader("en").read("my newborn is only eight days old")
    assert (found.kind, found.signs) == (Kind.RECOGNISED, ("pregnant_or_new_mother",))


def test_what_may_be_a_warning_sign_is_asked_about_before_a_risk_counts() -> None:
    found = reader("en").read("i'm pregnant and i think my calf is sort of swelling")
    assert "one_calf_swollen" in found.signs


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("my bladder has no trouble at all", "denial"),
        ("should i worry that my foot has turned blue", "question"),
        ("my calf was swollen years ago", "past"),
        ("my husband keeps on tripping over his own toes", "somebody"),
        ("my flatmate can't feel his foot", "somebody"),
        ("my grandson stood on a rusty nail", "somebody"),
    ],
)
def test_what_takes_certainty_away(text: str, why: str) -> None:
    found = reader("en").read(text)
    assert found.kind is not Kind.RECOGNISED
    assert found.vetoed == why


def test_having_had_it_counts_where_the_past_is_asked() -> None:
    assert reader("en").read("i had a blood clot in my leg years ago").vetoed is None


def test_a_clause_that_denies_nothing_is_read_alone() -> None:
    found = reader("en").read("it is not swollen but my foot has gone cold and white")
    assert (found.kind, found.signs) == (Kind.RECOGNISED, ("cold_pale_leg",))


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("no home remedies failed but i have tetanus", "dirty_wound"),
        ("no lasting for days but a lifeless leg", "cannot_move_or_feel"),
        ("no an underactive thyroid but my foot isn't getting blood", "cold_pale_leg"),
        ("no work normally gangrene though", "foot_sore_or_rest_pain"),
        ("no problems with my thyroid blue leg however", "cold_pale_leg"),
    ],
)
def test_a_sign_beside_a_denial_of_something_else_is_heard_first(text: str, sign: str) -> None:
    found = reader("en").read(text)
    assert found.kind is not Kind.NOTHING
    assert (found.signs[0], found.stance) == (sign, Stance.REPORTED)


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("can statins turn your pee brown", True),
        ("does sciatica make you wet yourself", True),
        ("can hardly feel my foot", False),
        ("can't feel my foot", False),
        ("could not get up", False),
    ],
)
def test_a_question_opens_with_its_verb_before_anything_that_can_be_asked_of(told: str, asked: bool) -> None:  # noqa: FBT001
    rules = load_rules(EN / "rules.toml")
    assert veto.asks(words(told, rules.whole, rules.ends), rules.veto) is asked


def test_somebody_who_only_tells_is_not_somebody_else() -> None:
    rules = load_rules(EN / "rules.toml").veto
    assert not veto.somebody_else(["my", "wife", "says", "my", "face", "is", "drooping"], rules)
    assert veto.somebody_else(["my", "wife", "is", "drooping"], rules)
    assert veto.somebody_else(["my", "wife", "says", "her", "face", "is", "drooping"], rules)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("it is not red but it is cold", ["it is not red", "it is cold"]),
        ("it is not swollen it is cold", ["it is not swollen", "it is cold"]),
        ("no fever and my leg is numb", ["no fever", "my leg is numb"]),
        ("i can move it just fine", ["i can move it just fine"]),
        ("i do not think it is numb", ["i do not think it is numb"]),
    ],
)
def test_how_far_a_denial_reaches(text: str, parts: list[str]) -> None:
    found = veto.clauses(text.split(), load_rules(EN / "rules.toml").veto)
    assert [" ".join(each) for each in found] == parts


@pytest.mark.parametrize(
    ("text", "denies"),
    [
        ("i can feel my foot", True),
        ("i can not feel my foot", False),
        ("i can not say", True),
        ("it is fine", True),
    ],
)
def test_being_unable_denies_nothing(text: str, denies: bool) -> None:  # noqa: FBT001
    assert veto.denies(text.split(), load_rules(EN / "rules.toml").veto) is denies


def test_a_question_needs_more_than_its_filler() -> None:
    rules = load_rules(EN / "rules.toml").veto
    assert veto.asks(["well", "is", "it", "a", "clot"], rules)
    assert not veto.asks([], rules)
    assert not veto.asks(["is"], rules)


def test_the_numbers_are_those_of_the_training() -> None:
    by = reader("en")
    proofs = by.weights.header["proof"]
    assert len(proofs) >= 40
    for said, wanted in proofs:
        found, *_ = by.weights.likelihoods(words(said, by.rules.whole, by.rules.ends))
        assert found == pytest.approx(wanted, abs=ROUNDING), said


def test_words_that_no_vector_knows_leave_it_to_the_pieces() -> None:
    by = reader("en").weights
    assert by.by_words(["qqqq"]) == by.by_words([])
    assert by.likelihoods(["qqqq"])[0] == pytest.approx(by.likelihoods([])[0], abs=0.3)


def test_loading_the_package_loads_no_data() -> None:
    code = "import sys, crampguide.understand; sys.exit('json' in sys.modules and 'tomllib' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path[:0] = ['lambda']; {code}"], check=False
    )
    assert done.returncode == 0


def test_a_language_without_a_reader_is_said_to_have_none() -> None:
    assert has("en")
    assert not has("xx")
    with pytest.raises(UnderstandingError, match=r"rules\.toml"):
        reader("xx")


WHOLE = (EN / "reader.bin").read_bytes()


@pytest.mark.parametrize(
    "content",
    [b"", b"something else", weights.MARK + b"\x02\0\0\0{}", WHOLE[:-1], WHOLE + b"\0"],
    ids=["empty", "another", "no arrays", "cut", "longer"],
)
def test_a_broken_file_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "reader.bin"
    path.write_bytes(content)
    with pytest.raises(
        UnderstandingError, match=r"reader\.bin: cannot be read: run `python -m tools understand`"
    ):
        weights.load(path)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("topic = 0.3", "topic = 3.5", "threshold: topic must lie between 0 and 1"),
        ("asks = 2", "asks = 2\nmore = 1", "limit: more is not a known field"),
        ("[history]", "[histories]", "the rules: history is missing"),
        ("crisis = 0.13", "crisis = 1", "threshold: crisis must be a number with a point"),
    ],
)
def test_broken_rules_name_the_culprit(tmp_path: Path, old: str, new: str, problem: str) -> None:
    text = (EN / "rules.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "rules.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(UnderstandingError, match=problem):
        load_rules(path)


@pytest.mark.parametrize("order", ["little", "big"])
def test_what_is_packed_is_what_is_read(monkeypatch: pytest.MonkeyPatch, order: str) -> None:
    monkeypatch.setattr(sys, "byteorder", order)
    arrays = {"one": array("I", [1, 2, 70000]), "two": array("b", [-3, 3])}
    found = weights.unpack(weights.pack({"labels": ["é"]}, arrays))
    assert found.arrays == arrays
    assert found.labels == ["é"]


def test_the_cries_are_heard_whatever_else_is_said() -> None:
    by = reader("en")
    assert by.read("i don't want to live any more with this leg").cry == "crisis"
    assert by.read("my calf hurts a bit").cry is None


def test_a_stance_is_one_of_the_known() -> None:
    assert {Stance(each) for each in reader("en").weights.stances} == set(Stance)


def test_the_file_is_small() -> None:
    assert 1_000_000 < (EN / "reader.bin").stat().st_size < 3_000_000


@pytest.mark.parametrize(
    ("text", "cry", "signs"),
    [
        ("I don't want to die, I have chest pain", None, ("chest_or_breathing",)),
        ("please don't let me die, I can't breathe", None, ("chest_or_breathing",)),
        ("I don't want to die but I can't live like this", "crisis", ()),
    ],
)
def test_a_wish_to_live_is_no_cry_of_despair(text: str, cry: str | None, signs: tuple[str, ...]) -> None:
    found = reader("en").read(text)
    assert (found.cry, found.signs) == (cry, signs)


@pytest.mark.parametrize(
    ("told", "young"),
    [
        ("my ten year old has a fever", True),
        ("she is 12 years old and limping", True),
        ("he's eight years of age", True),
        ("when my ten year old walks she limps", True),
        ("my sixteen year old has a fever", False),
        ("i was ten years old when i broke it", False),
        ("he is ten years older than me", False),
        ("my baby's six weeks old", False),
    ],
)
def test_an_age_below_sixteen_is_heard_in_years_and_in_no_past(told: str, young: bool) -> None:  # noqa: FBT001
    assert reader("en").read(told).young is young


@pytest.mark.parametrize(
    ("told", "sign"),
    [
        ("there's not even a twitch in my toes when i try", "cannot_move_or_feel"),
        ("i've no feeling in my foot at all", "cannot_move_or_feel"),
    ],
)
def test_a_sign_that_is_told_by_denying_counts(told: str, sign: str) -> None:
    found = reader("en").read(told)
    assert (found.kind, found.signs, found.vetoed) == (Kind.RECOGNISED, (sign,), None)


@pytest.mark.parametrize(
    "told",
    ["i don't think there's not even a twitch in my toes", "my calf is not so swollen", "no feeling of cold"],
)
def test_what_only_sounds_so_does_not(told: str) -> None:
    assert reader("en").read(told).kind is not Kind.RECOGNISED


@pytest.mark.parametrize(
    "told", ["what should i do about a weak right leg", "how do i stop the numbness down there"]
)
def test_a_question_that_names_a_sign_is_about_that_and_wants_nothing_else(told: str) -> None:
    found = reader("en").read(told)
    assert found.want is None
    assert found.topic in reader("en").weights.header["warnings"]


def test_an_urgent_sign_that_may_be_a_graver_one_is_asked_about() -> None:
    by = reader("en")
    sure = by._found(("my", "calf", "is", "swollen", "up"))  # noqa: SLF001 - the likelihoods of a whole
    emergencies = dict.fromkeys(by.weights.header["emergencies"], 0.0)
    for graver, counts in ((0.1, True), (0.3, False)):
        by_label = {**sure.by_label, **emergencies, "tight_swollen_leg": graver}
        changed = sure._replace(by_label=by_label, ranked=(("one_calf_swollen", 0.7),))
        assert by._counts(changed) is counts  # noqa: SLF001 - as above
