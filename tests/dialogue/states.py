"""States of a conversation, written down flat: tests say what differs and not where it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crampguide.dialogue.state import Asking, Manner, Offered, Place, Relieving, State, Taught
from crampguide.triage import Answer, QuestionId

_OPEN: dict[str, Any] = {"asking": None, "offer": None, "form": "question", "hedged": False}
_RELIEF = ("wanted", "already_told", "interrupted_question")


def a_state(answers: Mapping[QuestionId, Answer] | None = None, **flat: Any) -> State:  # noqa: ANN401
    """A fresh conversation but for what is given."""
    return changed(State(answers=answers or {}), **flat)


def changed(state: State, **flat: Any) -> State:  # noqa: ANN401
    """The state with other values, those of its parts among them.

    A question that is asked takes the place of whatever was open, and so does an offer that is made.
    """
    if _OPEN.keys() & flat.keys():
        state = state._replace(open=_opened(state, {key: flat.pop(key) for key in _OPEN if key in flat}))
    if "exercise" in flat or "beat" in flat:
        place = state.relief.place
        exercise = flat.pop("exercise", place.exercise if place else None)
        beat = flat.pop("beat", place.beat if place else 0)
        state = state.placed(None if exercise is None else Place(exercise, beat))
    if "subject" in flat or "page" in flat:
        subject = flat.pop("subject", state.taught.subject if state.taught else None)
        state = state._replace(taught=None if subject is None else Taught(subject, flat.pop("page", 0)))
    relief: Relieving = state.relief._replace(**_taken(flat, _RELIEF))
    manner: Manner = state.manner._replace(**_taken(flat, Manner._fields))
    return state._replace(relief=relief, manner=manner, **flat)


def _opened(state: State, changes: dict[str, Any]) -> Asking | Offered | None:
    kept = state.open._asdict() if state.open else {}
    values = {**_OPEN, "asking": kept.pop("question", None), **kept, **changes}
    if changes.get("offer") is not None:
        values |= {"asking": None}
    elif changes.get("asking") is not None:
        values |= {"offer": None}
    if values["asking"] is not None:
        return Asking(values["asking"], values["form"], values["hedged"])
    return None if values["offer"] is None else Offered(values["offer"], values["hedged"])


def _taken(flat: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: flat.pop(name) for name in names if name in flat}
