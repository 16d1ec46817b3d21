"""Corners that no conversation leads to: changed attributes, requests that cannot be read, other callers."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import Any

import pytest
from ask_sdk_core.skill import CustomSkill

from crampguide.alexa import lazy_modules, response
from crampguide.alexa.handlers import SILENT
from crampguide.alexa.lazy_modules import load_lazily
from crampguide.alexa.log import noter
from crampguide.alexa.person import kept, person_in
from crampguide.alexa.skill import build_skill
from crampguide.dialogue import check, exercise, tips
from crampguide.dialogue.codec import BrokenStateError, read_state, write_state
from crampguide.dialogue.offers import load_guide
from crampguide.dialogue.state import State
from crampguide.dialogue.turn import Situation, Slots, Turn
from crampguide.memory import STRANGER, Preferences
from crampguide.relief import load_relief
from crampguide.speech import catalogue_for
from crampguide.triage import QuestionId
from simulator.device.requests import RequestFactory
from tests.dialogue.states import a_state

GUIDE = load_guide()
SWOLLEN = QuestionId("one_calf_swollen")


def sent(request: dict[str, Any], state: State | None = None, **changed: object) -> dict[str, Any]:
    """The reply to a request with the attributes of a state, some of them changed."""
    attributes = {**(write_state(state) if state else {}), **changed}
    session = {"new": not attributes, "sessionId": "s", "attributes": attributes}
    return build_skill({}).lambda_handler()(RequestFactory("en-US").envelope(request, session), None)


def intent(name: str, **slots: object) -> dict[str, Any]:
    return {"type": "IntentRequest", "intent": {"name": name, "slots": slots}}


def text(answer: dict[str, Any]) -> str:
    return str(answer["response"]["outputSpeech"]["ssml"])


def test_what_to_expect_without_a_pattern_names_none() -> None:
    answer = sent(intent("CourseIntent"), a_state(level="self_care", offer="tips"))
    assert "fit best" not in text(answer)
    assert answer["sessionAttributes"]["offer"] == "tips"


def test_an_exercise_without_its_place_is_no_state() -> None:
    with pytest.raises(BrokenStateError):
        read_state(write_state(a_state(level="self_care", pattern="cramp", offer="coach")), GUIDE)


def test_an_exercise_does_not_go_on_beside_urgent_advice() -> None:
    state = a_state(
        {SWOLLEN: "yes"}, history=(SWOLLEN,), level="urgent", offer="coach", exercise="cramp_release"
    )
    authority = {"authority": "a", "status": {"code": "ER_SUCCESS_MATCH"}}
    matched = {**authority, "values": [{"value": {"name": "x", "id": SWOLLEN}}]}
    slot = {"name": "symptom", "value": "x", "resolutions": {"resolutionsPerAuthority": [matched]}}
    answer = sent(intent("SymptomIntent", symptom=slot), state)
    assert answer["sessionAttributes"]["offer"] != "coach"


def test_an_exercise_does_not_go_on_where_the_advice_offers_something_else() -> None:
    turn = Turn(a_state(level="urgent", offer="hear_again"), ())
    state = a_state(level="urgent", offer="coach", exercise="cramp_release")
    assert exercise.go_on_after(Situation(GUIDE, state), turn) is turn


def test_an_exercise_that_an_answer_forbids_is_not_begun() -> None:
    turn = tips.begin(Situation(GUIDE, a_state({SWOLLEN: "yes"})), load_relief().exercises["cramp_release"])
    assert turn.state.offer != "begin"
    assert turn.lines[0].key == "relief.not_for_you"


def test_a_slot_that_holds_nothing_is_not_understood() -> None:
    answer = sent(intent("SymptomIntent", symptom=None), a_state(offer="check", turn=1))
    assert answer["sessionAttributes"]["misheard"] == 1


def test_a_request_that_cannot_be_read_is_apologised_for_and_damage_with_it() -> None:
    answer = sent({"type": "Unheard.Of"}, a_state(offer="check", turn=1), asking="nothing")
    assert text(answer)
    assert answer["response"]["shouldEndSession"] is False
    ended = sent({"type": "SessionEndedRequest", "reason": {"not": "a reason"}})
    assert "outputSpeech" not in ended["response"]


def test_no_request_at_all_and_damage_with_it_is_apologised_for() -> None:
    session = {"new": False, "sessionId": "s", "attributes": {"v": 0}}
    event = RequestFactory("en-US").envelope({"type": "LaunchRequest"}, session)
    del event["request"]
    answer = build_skill({}).lambda_handler()(event, None)
    assert catalogue_for("en-NZ").say("error.line") in text(answer)
    assert answer["sessionAttributes"]["answers"] == {}
    assert answer["response"]["shouldEndSession"] is False


def test_where_the_sdk_itself_fails_whoever_listens_hears_an_apology(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(CustomSkill, "invoke", broken)
    assert catalogue_for("en-US").say("error.line") in text(sent({"type": "LaunchRequest"}))
    for kind in (*SILENT, "CanFulfillIntentRequest"):
        assert sent({"type": kind})["response"] == {}


def test_a_line_without_words_is_logged_by_its_key_alone(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    whole = catalogue_for("en-US")
    lacking = {key: said for key, said in whole.lines.items() if key != "welcome.first"}
    monkeypatch.setattr(response, "catalogue_for", lambda _: whole._replace(lines=lacking))
    with caplog.at_level(logging.ERROR, logger="crampguide"):
        assert whole.say("error.line") in text(sent({"type": "LaunchRequest"}))
    lines = [json.loads(record.getMessage()) for record in caplog.records]
    assert lines == [{"error": "missing line", "line": "welcome.first"}]


def test_a_sign_named_as_wrong_at_which_answer_is_asked_again() -> None:
    state = a_state({SWOLLEN: "yes"}, history=(SWOLLEN,), offer="correct")
    turn = check.volunteer(Situation(GUIDE, state, Slots(signs=(SWOLLEN,))))
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
    after = kept(Forgetful(), State(), a_state(brief=True))  # type: ignore[arg-type]
    assert after.manner.unremembered
    assert after.manner.brief


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
    load_lazily("late_package.part")
    part = sys.modules["late_package.part"]
    load_lazily("late_package.part")
    assert sys.modules["late_package.part"] is part
    assert "late_mark" not in sys.modules
    assert part.VALUE == 7
    assert "late_mark" in sys.modules
    assert sys.modules["late_package"].part is part
    with pytest.raises(AttributeError):
        _ = part.NOTHING
    late = lazy_modules._Lazy.__getattr__(part, "VALUE")  # noqa: SLF001 - the second of two that wanted it at once
    assert late == 7
    load_lazily("late_mark")
    for name in ("late_package", "late_package.part", "late_mark"):
        monkeypatch.delitem(sys.modules, name)
    load_lazily("late_mark")
    assert sys.modules["late_mark"].__name__ == "late_mark"
    monkeypatch.delitem(sys.modules, "late_mark")
    with pytest.raises(ModuleNotFoundError):
        load_lazily("late_nothing")
