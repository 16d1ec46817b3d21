"""The table of offers: one row for each, data and moves, or it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from crampguide.dialogue import load_guide, offers
from crampguide.dialogue.offers import MOVES, Moves, read_offers
from crampguide.dialogue.turn import Situation
from crampguide.reviewed import DataError
from crampguide.speech import catalogue_for
from tests.dialogue.states import changed
from tests.speech.turns import advised

GUIDE = load_guide()
TEXT = (Path(offers.__file__).with_name("offers.toml")).read_text(encoding="utf-8")
RECAP = '[recap]\ncalmer = "yes"\n'


def test_the_shipped_table_is_the_one_that_runs() -> None:
    assert read_offers(TEXT) == GUIDE.offers
    assert GUIDE.offers.keys() == MOVES.keys()


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("[recap]\n", "recap: calmer is missing"),
        ('[recap]\ncalmer = "maybe"\n', "recap: calmer = 'maybe' is not one of yes, no, neither"),
        (f"{RECAP}said = 1\n", "recap: said is not a known field"),
        (f'{RECAP}exercise = "run"\n', "recap: exercise = 'run' is not one of coached, cramp"),
        (f'{RECAP}taken_up_by = ["yes"]\n', "recap: taken_up_by number 1 = 'yes' is not one of more, go_on"),
        (
            f'{RECAP}may_wait_for = ["summary", "lunch"]\n',
            "recap: may_wait_for number 2 = 'lunch' is not one of learning, course, summary",
        ),
        (f"{RECAP}may_wait_for = []\n", "recap: may_wait_for is empty"),
        (f'{RECAP}source = "me"\n', "recap: source = 'me' is not one of relief"),
    ],
)
def test_a_row_that_says_what_is_not_known_is_refused(written: str, problem: str) -> None:
    assert TEXT.count(RECAP) == 1
    with pytest.raises(DataError) as refused:
        read_offers(TEXT.replace(RECAP, written))
    assert refused.value.problems == (problem,)


def test_a_reason_that_says_nothing_and_a_row_that_is_none_are_refused() -> None:
    with pytest.raises(DataError, match=r"recap: reason is empty"):
        read_offers(
            TEXT.replace('reason = "A yes confirms every no, and leads to the advice."', 'reason = " "')
        )
    with pytest.raises(DataError, match=r"pizza must be a table"):
        read_offers(f'pizza = "yes"\n{TEXT}')


def test_an_offer_that_has_no_row_or_no_move_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    fewer: Mapping[str, Moves] = {id_: moves for id_, moves in MOVES.items() if id_ != "recap"}
    for moves, culprit in ((fewer, "recap"), ({**MOVES, "pizza": MOVES["tips"]}, "pizza")):
        monkeypatch.setattr(offers, "MOVES", moves)
        with pytest.raises(DataError) as refused:
            read_offers(TEXT)
        assert refused.value.problems == (f"{culprit}: needs an entry here, and a move for yes and for no",)


def test_offers_that_are_no_toml_are_refused_by_their_name() -> None:
    with pytest.raises(DataError, match=r"not valid TOML"):
        read_offers("[recap")


def test_every_offer_has_its_lines() -> None:
    catalogue = catalogue_for("en-US")
    for offer in GUIDE.offers.values():
        assert catalogue.has(f"ask.{offer.id}")
        assert catalogue.has(f"reprompt.{offer.id}")
        for key in (offer.help, offer.options, offer.progress):
            assert key is None or catalogue.has(key)


def test_yes_no_next_and_cancel_answer_every_offer() -> None:
    for offer in GUIDE.offers.values():
        exercise = {"coached": "standing_calf_stretch", "cramp": "cramp_release"}.get(offer.exercise or "")
        state = changed(advised({}), offer=offer.id, exercise=exercise, beat=1)
        for answer in (
            offer.yes,
            offer.no,
            offer.next,
            offer.cancel,
            *([offer.previous] if offer.previous else []),
        ):
            turn = answer(Situation(GUIDE, state))
            assert turn.lines or turn.ask, offer.id
