"""The state in the session attributes: what was written is read again, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from crampguide.dialogue import BrokenStateError, State, load_guide, read_state, write_state
from crampguide.dialogue.codec import VERSION
from crampguide.dialogue.state import Wanted
from crampguide.relief import load_relief
from crampguide.speech import Line
from crampguide.triage import QuestionId
from tests.dialogue.states import a_state

GUIDE = load_guide()
SADDLE, CALF, LASTING = (QuestionId(id_) for id_ in ("saddle_numbness", "one_calf_swollen", "lasting"))
BLADDER = QuestionId("bladder_or_bowel_change")
PROMISED = {"v", "answers", "asking", "offer", "level", "pattern"}


def states() -> Iterator[State]:
    """States that differ from a fresh one in every field there is."""
    yield State()
    yield a_state({SADDLE: "no", CALF: "yes"}, history=(CALF, SADDLE), asking=LASTING, hedged=True, turn=3)
    for form in ("recheck", "confirm_no", "newness"):
        yield a_state(asking=BLADDER, form=form)
    yield a_state({CALF: "no"}, history=(CALF,), unheard=frozenset({CALF}), unclear=(SADDLE, LASTING))
    yield a_state(opened=GUIDE.protocol.opens, offer="recap", hedged=True, doubted=True, halfway=True)
    yield a_state(declined=True, misheard=2, pace="slow", brief=True, introduced=True, unremembered=True)
    yield a_state(
        offer="coach",
        exercise="standing_calf_stretch",
        beat=3,
        already_told=("standing_calf_stretch",),
        interrupted_question=LASTING,
    )
    for what in (Wanted(), Wanted("standing_calf_stretch"), Wanted(topic=min(load_relief().topics))):
        yield a_state(offer="wanted", wanted=what)
    yield a_state(subject="injury", level="urgent", offer="more", advised="2026-01-01T12:00:00Z")
    yield a_state(subject="injury", page=1, said=(Line("net.line"), Line("because.yes", (CALF, SADDLE))))
    yield a_state(rest=(Line("left.more", (), 7),), confirmed=True, pattern="cramp", level="self_care")
    yield everything()


def everything() -> State:
    """A state with something in every field, and every id in those that may hold each."""
    ids, relief = tuple(GUIDE.protocol.questions), load_relief()
    return a_state(
        dict.fromkeys(ids, "unsure"),
        history=ids,
        opened=GUIDE.protocol.opens,
        unheard=frozenset(ids),
        unclear=ids,
        sure=frozenset(ids),
        taken_back=ids,
        to_confirm=Line("ask.heard_right", (SADDLE,)),
        asking=BLADDER,
        form="recheck",
        hedged=True,
        exercise="standing_calf_stretch",
        beat=3,
        wanted=Wanted(),
        already_told=(*relief.tips, *relief.exercises),
        interrupted_question=LASTING,
        subject="injury",
        page=1,
        level="emergency",
        pace="slow",
        advised="2026-01-01T12:00:00Z",
        said=(Line("net.line"),),
        rest=(Line("net.line"),),
        misheard=1,
        turn=9,
        **dict.fromkeys(
            ("confirmed", "doubted", "declined", "halfway", "brief", "introduced", "unremembered"), True
        ),
    )


@pytest.mark.parametrize("state", [*states()], ids=lambda state: " ".join(write_state(state)))
def test_what_is_written_is_read_again(state: State) -> None:
    written = json.loads(json.dumps(write_state(state)))
    assert read_state(written, GUIDE) == state
    assert written.keys() >= PROMISED
    assert written["v"] == VERSION


def test_between_them_they_write_every_field() -> None:
    written = {key for state in states() for key in write_state(state)}
    assert {
        "form", "hedged", "history", "opened", "unheard", "unclear", "confirmed", "doubted", "declined",
        "halfway", "misheard", "wanted", "already_told", "exercise", "beat", "interrupted_question",
        "subject", "page", "pace", "brief", "introduced", "unremembered", "turn", "said", "rest", "advised",
        "to_confirm", "sure", "taken_back",
    } == written - PROMISED == write_state(everything()).keys() - PROMISED  # fmt: skip


@pytest.mark.parametrize(
    "damage",
    [
        {"asking": "saddle_numbness", "offer": "check"},
        {"form": "recheck"},
        {"hedged": True},
        {"asking": "saddle_numbness", "form": "reword"},
        {"asking": "saddle_numbness", "form": 1},
        {"asking": "lasting", "form": "recheck"},
        {"asking": "one_calf_swollen", "form": "confirm_no"},
        {"offer": "check", "form": "recheck"},
        {"offer": "check", "hedged": 1},
        {"offer": "coach"},
        {"offer": "heard_right"},
        {"to_confirm": "ask.heard_right:gout:0"},
        {"sure": "gout"},
        {"taken_back": "gout"},
        {"offer": "eased", "beat": 1},
        {"offer": "coach", "exercise": "standing_calf_stretch", "beat": -1},
        {"offer": "coach", "exercise": "X99"},
        {"wanted": "X99"},
        {"wanted": "tips:gout"},
        {"already_told": "gout"},
        {"interrupted_question": "gout"},
        {"page": 1},
        {"subject": "injury", "page": 99},
        {"beat": 2},
        {"rechecking": True},
    ],
    ids=str,
)
def test_what_cannot_be_is_no_state(damage: dict[str, Any]) -> None:
    with pytest.raises(BrokenStateError):
        read_state({**write_state(State(turn=1)), **damage}, GUIDE)
