"""The session attributes: exactly what is written, and everything in them that cannot have been."""

from __future__ import annotations

from typing import Any

import pytest

from crampguide.dialogue import BrokenStateError, State, read_state, write_state
from crampguide.dialogue.state import Wanted
from crampguide.speech import Line
from tests.dialogue.states import a_state
from tests.dialogue.test_asides import CALF, FEVER, GUIDE, SADDLE

FRESH = {"v": 2, "answers": {}, "asking": None, "offer": None, "level": None, "pattern": None}
GIVEN = a_state(
    {FEVER: "no", CALF: "yes"},
    history=(CALF, FEVER),
    unheard=frozenset({FEVER, CALF}),
    unclear=(SADDLE,),
    opened=frozenset({"private", "child"}),
    offer="coach",
    hedged=True,
    exercise="standing_calf_stretch",
    beat=2,
    wanted=Wanted("towel_stretch"),
    already_told=("standing_calf_stretch", "hydrate"),
    interrupted_question=FEVER,
    subject="injury",
    page=1,
    level="urgent",
    pattern="cramp",
    pace="slow",
    said=(Line("because.yes", (CALF, FEVER)), Line("left.more", (), 3)),
    advised="2026-11-22T08:30:00Z",
    turn=7,
)
WRITTEN = {
    "v": 2,
    "answers": {"fever_or_unwell": "no", "one_calf_swollen": "yes"},
    "asking": None,
    "offer": "coach",
    "level": "urgent",
    "pattern": "cramp",
    "history": "one_calf_swollen fever_or_unwell",
    "unheard": "fever_or_unwell one_calf_swollen",
    "unclear": "saddle_numbness",
    "opened": "child private",
    "hedged": True,
    "exercise": "standing_calf_stretch",
    "beat": 2,
    "wanted": "towel_stretch",
    "already_told": "standing_calf_stretch hydrate",
    "interrupted_question": "fever_or_unwell",
    "subject": "injury",
    "page": 1,
    "pace": "slow",
    "said": "because.yes:one_calf_swollen,fever_or_unwell:0 left.more::3",
    "advised": "2026-11-22T08:30:00Z",
    "turn": 7,
}


def test_a_fresh_state_is_what_is_promised_and_no_more() -> None:
    assert write_state(State()) == FRESH
    assert read_state(None, GUIDE) == read_state({}, GUIDE) == State()


def test_a_state_is_written_as_short_as_it_can_be_and_read_again() -> None:
    assert write_state(GIVEN) == WRITTEN
    assert read_state(WRITTEN, GUIDE) == GIVEN
    assert write_state(a_state(asking=CALF)) == FRESH | {"asking": "one_calf_swollen"}
    assert write_state(a_state(offer="wanted", wanted=Wanted())) == FRESH | {
        "offer": "wanted",
        "wanted": "tips",
    }
    topic = a_state(offer="wanted", wanted=Wanted(topic="footwear"))
    assert write_state(topic) == FRESH | {"offer": "wanted", "wanted": "tips:footwear"}


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ({"v": 1}, "another version"),
        ({"v": None}, "another version"),
        ({"surname": "x"}, "another version"),
        ({"answers": []}, "TypeError"),
        ({"answers": None}, "TypeError"),
        ({"answers": {**WRITTEN["answers"], "gout": "no"}}, "unknown ids"),  # type: ignore[dict-item]
        ({"answers": {**WRITTEN["answers"], "one_calf_swollen": "perhaps"}}, "unknown ids"),  # type: ignore[dict-item]
        ({"answers": {"fever_or_unwell": "no"}}, "unknown ids"),
        ({"history": "fever_or_unwell"}, "unknown ids"),
        ({"history": "one_calf_swollen fever_or_unwell fever_or_unwell"}, "unknown ids"),
        ({"history": 3}, "AttributeError"),
        ({"unheard": "saddle_numbness"}, "unknown ids"),
        ({"unclear": "gout"}, "unknown ids"),
        ({"opened": "gout"}, "unknown ids"),
        ({"level": "high"}, "unknown ids"),
        ({"pattern": "gout"}, "unknown ids"),
        ({"pace": "hasty"}, "unknown ids"),
        ({"pace": 1}, "TypeError"),
        ({"turn": "7"}, "TypeError"),
        ({"turn": True}, "TypeError"),
        ({"hedged": 1}, "TypeError"),
        ({"offer": "lunch"}, "KeyError"),
        ({"offer": None}, "a question and an offer at once, or a form of neither"),
        ({"asking": "one_calf_swollen"}, "a question and an offer at once, or a form of neither"),
        ({"asking": "gout", "offer": None}, "KeyError"),
        ({"asking": "one_calf_swollen", "offer": None, "form": "aloud"}, "unknown ids"),
        ({"exercise": "hop"}, "unknown ids"),
        ({"beat": -1}, "unknown ids"),
        ({"wanted": "hop"}, "unknown ids"),
        ({"wanted": "tips:gout"}, "unknown ids"),
        ({"already_told": "hydrate hop"}, "unknown ids"),
        ({"interrupted_question": "gout"}, "KeyError"),
        ({"subject": "gout"}, "unknown ids"),
        ({"page": 2}, "unknown ids"),
        ({"page": -1}, "unknown ids"),
        ({"said": "net.line"}, "ValueError"),
        ({"said": "net.line::x"}, "ValueError"),
        ({"advised": "yesterday"}, "unknown ids"),
        ({"advised": "2026-11-22T08:30:00"}, "unknown ids"),
    ],
    ids=str,
)
def test_what_was_not_written_is_refused_without_telling_what_it_was(
    damage: dict[str, Any], told: str
) -> None:
    with pytest.raises(BrokenStateError) as refused:
        read_state({**WRITTEN, **damage}, GUIDE)
    assert str(refused.value) == told


@pytest.mark.parametrize("promised", FRESH)
def test_what_is_promised_must_be_there(promised: str) -> None:
    with pytest.raises(BrokenStateError):
        read_state({key: value for key, value in WRITTEN.items() if key != promised}, GUIDE)


@pytest.mark.parametrize("time", ["", "2026-11-22T08:30Z", "2026-11-22T08:30:00Z", "2026-11-22T08:30:00.5Z"])
def test_a_time_is_one_as_requests_give_it(time: str) -> None:
    assert read_state({**WRITTEN, "advised": time}, GUIDE).advised == time


@pytest.mark.parametrize("form", ["recheck", "confirm_no", "newness"])
def test_a_question_is_read_only_in_a_form_that_it_is_asked_in(form: str) -> None:
    for id_, question in GUIDE.protocol.questions.items():
        raw = {**FRESH, "asking": id_, "form": form}
        has = {"recheck": question.recheck, "confirm_no": question.confirm_no}.get(form, True)
        if has:
            assert read_state(raw, GUIDE) == a_state(asking=id_, form=form)
        else:
            with pytest.raises(BrokenStateError, match="unknown ids"):
                read_state(raw, GUIDE)
