from __future__ import annotations

from pathlib import Path

import pytest

from simulator.speaker.ears import Ears
from simulator.speaker.phrases import Phrases
from simulator.speaker.pieces import Pieces
from simulator.speaker.settings import settings


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
def phrases(ears: Ears) -> Phrases:
    parts = ears.resolver.model, ears.resolver.language, settings().writing, ears.model.pieces
    return Phrases(*parts)


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
