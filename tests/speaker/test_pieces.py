from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from simulator.speaker.ears import Ears
from simulator.speaker.moonshine import RATE
from simulator.speaker.phrases import Phrases
from simulator.speaker.pieces import START, Beginnings, Pieces
from simulator.speaker.settings import settings
from simulator.speaker.voices import Pico


@pytest.mark.parametrize(
    ("phrase", "ids"),
    [
        ("Yes, I have chest pain.", (3869, 29892, 306, 505, 521, 342, 6788, 29889)),
        ("I can't feel my foot.", (306, 508, 29915, 29873, 4459, 590, 3661, 29889)),
        ("Nope!", (1939, 412, 29991)),
    ],
)
def test_the_pieces_are_those_of_the_tokenizer_package(ears: Ears, phrase: str, ids: tuple[int, ...]) -> None:
    assert ears.model.pieces.encode(phrase) == ids
    assert ears.model.pieces.decode(ids) == phrase


def test_a_file_without_a_vocabulary_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "none.js"
    file.write_text("export default 1")
    with pytest.raises(LookupError, match="no vocabulary"):
        Pieces.read(file)


@pytest.fixture(scope="module")
def beginnings(ears: Ears) -> Beginnings:
    return Beginnings.of(ears.model.pieces, ["Yes.", "Yes, it is.", "Nope.", "No.", "Now"], ["No", "Yes"])


def test_beginnings_are_first_pieces_and_what_follows_some_of_them(
    ears: Ears, beginnings: Beginnings
) -> None:
    shown = ears.model.pieces.decode
    assert [shown([piece]) for piece in beginnings.first] == ["Yes", "No", "Now"]
    after = {shown([word]): [shown([piece]) for piece in pieces] for word, pieces in beginnings.after.items()}
    assert after == {"No": ["pe", "."], "Yes": [".", ","]}


@pytest.mark.parametrize(("said", "first", "then"), [("Yes.", "Yes", "."), ("No.", "No", ".")])
def test_the_likeliest_beginning_is_what_was_said(
    ears: Ears, beginnings: Beginnings, said: str, first: str, then: str
) -> None:
    heard = ears.model.hear(np.pad(Pico("en-GB").say(said), RATE // 4))
    found = heard.begins(beginnings)
    words, shown = [*beginnings.after], ears.model.pieces.decode
    assert shown([beginnings.first[int(found[:3].argmax())]]) == first
    at = 3 + 2 * [shown([word]) for word in words].index(first)
    pair = beginnings.after[beginnings.first[int(found[:3].argmax())]]
    assert shown([pair[int(found[at : at + 2].argmax())]]) == then
    whole = ears.model.all_steps(heard.states[None], np.array([[START, word] for word in words]))
    expected = [*whole[0, 0, list(beginnings.first)]]
    expected += [whole[row, 1, piece] for row, word in enumerate(words) for piece in beginnings.after[word]]
    assert np.allclose(found, expected, atol=0.5), "as likely as when whole wordings are weighed"


def test_every_word_that_is_followed_further_is_one_piece(ears: Ears) -> None:
    answers = settings().answers
    known = Beginnings.of(ears.model.pieces, answers.beginnings, answers.onward)
    assert [ears.model.pieces.decode([word]) for word in known.after] == [*answers.onward]
    assert all(len(pieces) > 3 for pieces in known.after.values())


def allowed(phrases: Phrases, ids: tuple[int, ...]) -> bool:
    place: object = phrases.begin()
    for piece in ids:
        onward = phrases.onward(place)
        if piece not in onward:
            return False
        place = onward[piece]
    return phrases.ends(place)


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("Yes.", True),
        ("No, I don't.", True),
        ("It is.", True),
        ("It's.", False),
        ("Chest pain.", True),
        ("I have chest pain.", True),
        ("No, I don't have chest pain.", True),
        ("That's right.", True),
        ("Repeat, please.", True),
        ("I have", False),
        ("I have purple monkeys.", False),
    ],
)
def test_the_paths_are_what_the_model_knows(ears: Ears, phrases: Phrases, text: str, may: bool) -> None:  # noqa: FBT001
    assert allowed(phrases, ears.model.pieces.encode(text)) is may
