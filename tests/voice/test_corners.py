"""Corners that no conversation leads to: changed attributes, requests that cannot be read, other callers."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from crampguide.memory import STRANGER, Preferences
from crampguide.relief import load_relief
from crampguide.triage import QuestionId, load_protocol
from crampguide.voice import check, coach, later, serve
from crampguide.voice.later import load_later
from crampguide.voice.log import noter
from crampguide.voice.remember import kept, person_in
from crampguide.voice.skill import build_skill
from crampguide.voice.state import State
from crampguide.voice.turn import Turn
from simulator.device.requests import RequestFactory

PROTOCOL = load_protocol()
SWOLLEN = QuestionId("one_calf_swollen")


def sent(request: dict[str, Any], state: State | None = None, **changed: object) -> dict[str, Any]:
    """The reply to a request with the attributes of a state, some of them changed."""
    attributes = {**(state.write() if state else {}), **changed}
    session = {"new": not attributes, "sessionId": "s", "attributes": attributes}
    return build_skill({}).lambda_handler()(RequestFactory("en-US").envelope(request, session), None)


def intent(name: str, **slots: object) -> dict[str, Any]:
    return {"type": "IntentRequest", "intent": {"name": name, "slots": slots}}


def text(answer: dict[str, Any]) -> str:
    return str(answer["response"]["outputSpeech"]["ssml"])


def test_what_to_expect_without_a_pattern_names_none() -> None:
    answer = sent(intent("CourseIntent"), State(level="self_care", offer="tips"))
    assert "fit best" not in text(answer)
    assert answer["sessionAttributes"]["offer"] == "tips"


def test_an_exercise_that_is_gone_is_left() -> None:
    answer = sent(intent("AMAZON.NextIntent"), State(level="self_care", pattern="cramp", offer="coach"))
    assert answer["sessionAttributes"]["offer"] in {"another", "tips"}


def test_an_exercise_does_not_go_on_beside_urgent_advice() -> None:
    state = State(
        {SWOLLEN: "yes"}, history=(SWOLLEN,), level="urgent", offer="coach", exercise="cramp_release"
    )
    authority = {"authority": "a", "status": {"code": "ER_SUCCESS_MATCH"}}
    matched = {**authority, "values": [{"value": {"name": "x", "id": SWOLLEN}}]}
    slot = {"name": "symptom", "value": "x", "resolutions": {"resolutionsPerAuthority": [matched]}}
    answer = sent(intent("SymptomIntent", symptom=slot), state)
    assert answer["sessionAttributes"]["offer"] != "coach"


def test_an_exercise_does_not_go_on_where_the_advice_offers_something_else() -> None:
    turn = Turn(State(level="urgent", offer="hear_again"), ())
    assert coach.come_back(State(level="urgent", offer="coach", exercise="cramp_release"), turn) is turn


def test_an_exercise_that_an_answer_forbids_is_not_begun() -> None:
    turn = serve.begin(State({SWOLLEN: "yes"}), load_relief().exercises["cramp_release"])
    assert turn.state.offer != "begin"
    assert turn.lines[0].key == "relief.not_for_you"


def test_a_slot_that_holds_nothing_is_not_understood() -> None:
    answer = sent(intent("SymptomIntent", symptom=None), State(offer="check", turn=1))
    assert answer["sessionAttributes"]["misheard"] == 1


def test_a_request_that_cannot_be_read_is_apologised_for_and_damage_with_it() -> None:
    answer = sent({"type": "Unheard.Of"}, State(offer="check", turn=1), asking="nothing")
    assert text(answer)
    assert answer["response"]["shouldEndSession"] is False
    ended = sent({"type": "SessionEndedRequest", "reason": {"not": "a reason"}})
    assert "outputSpeech" not in ended["response"]


def test_nothing_is_answered_or_skipped_where_nothing_is_asked() -> None:
    with pytest.raises(ValueError, match="yes"):
        check.answer(PROTOCOL, State(), "yes")
    assert check.skip(PROTOCOL, State()).state.asking == "chest_or_breathing"


def test_a_sign_named_as_wrong_at_which_answer_is_asked_again() -> None:
    state = State({SWOLLEN: "yes"}, history=(SWOLLEN,), offer="correct")
    turn = check.volunteer(PROTOCOL, state, [SWOLLEN])
    assert turn.state.asking == SWOLLEN
    assert turn.state.answers == {SWOLLEN: "yes"}


def test_on_lambda_a_line_goes_out_alone(capsys: pytest.CaptureFixture[str]) -> None:
    note = noter({"AWS_LAMBDA_FUNCTION_NAME": "guide"})
    assert note is not None
    note(json.dumps({"ms": 1}))
    assert capsys.readouterr().out == '{"ms": 1}\n'
    assert noter({"LOG_LEVEL": "warning"}) is None


class Forgetful:
    """Somebody whose preferences cannot be kept."""

    def recall(self) -> Preferences | None:
        return None

    def keep(self, before: Preferences, after: Preferences) -> bool:
        return before == after

    def forget(self) -> str:
        return "failed"


def test_after_a_failure_nothing_more_is_remembered() -> None:
    after = kept(Forgetful(), State(), State(brief=True))  # type: ignore[arg-type]
    assert after.unremembered
    assert after.brief


def test_nobody_is_known_without_a_user_id() -> None:
    memory: Any = object()
    assert person_in(memory, {"session": {"user": {"userId": ""}}}) is STRANGER


def test_a_module_is_loaded_when_something_in_it_is_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "late_package"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "part.py").write_text("import late_mark\nVALUE = 7\n", encoding="utf-8")
    (tmp_path / "late_mark.py").write_text("", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    load_later("late_package.part")
    part = sys.modules["late_package.part"]
    load_later("late_package.part")
    assert sys.modules["late_package.part"] is part
    assert "late_mark" not in sys.modules
    assert part.VALUE == 7
    assert "late_mark" in sys.modules
    assert sys.modules["late_package"].part is part
    with pytest.raises(AttributeError):
        _ = part.NOTHING
    late = later._Later.__getattr__(part, "VALUE")  # noqa: SLF001 - the second of two that wanted it at once
    assert late == 7
    load_later("late_mark")
    for name in ("late_package", "late_package.part", "late_mark"):
        monkeypatch.delitem(sys.modules, name)
    load_later("late_mark")
    assert sys.modules["late_mark"].__name__ == "late_mark"
    monkeypatch.delitem(sys.modules, "late_mark")
    with pytest.raises(ModuleNotFoundError):
        load_later("late_nothing")
