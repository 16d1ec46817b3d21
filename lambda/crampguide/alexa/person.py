"""The person who made a request: who it is, what they are greeted with, what of them is worth keeping."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from crampguide.alexa.log import log_error
from crampguide.alexa.part import part
from crampguide.dialogue import State
from crampguide.memory import STRANGER, Person, Preferences

if TYPE_CHECKING:
    from crampguide.memory.known import Memory

_USER = (("context", "System", "user", "userId"), ("session", "user", "userId"))
_DISABLED = "AlexaSkillEvent.SkillDisabled"


class NotErasedError(Exception):
    """The memory of someone who left could not be erased; Alexa is to send the event again."""


def person_in(memory: Memory | None, event: Mapping[str, Any]) -> Person:
    """The person who made the request. No other place reads the user id, and only where there is a memory."""
    if memory is None:
        return STRANGER
    found = (part(event, *path) for path in _USER)
    user_id = next((id_ for id_ in found if isinstance(id_, str) and id_), None)
    if user_id is None:
        return STRANGER
    return memory.person(user_id, lambda error: log_error(part(event, "request", "requestId"), error))


def greeted(person: Person) -> State:
    """The state that a launch starts from."""
    known, manner = person.recall(), State().manner
    how = {"unremembered": True} if known is None else known._asdict()
    return State(manner=manner._replace(**how))


def kept(person: Person, before: State, after: State) -> State:
    """Remembers a changed way of talking. After a failure nothing more is tried in this conversation."""
    if after.manner.unremembered or person.keep(_preferences(before), _preferences(after)):
        return after
    return after._replace(manner=after.manner._replace(unremembered=True))


def acknowledge(event: Mapping[str, Any], person: Person) -> dict[str, Any]:
    """The reply to an event outside of a session; when the skill was disabled, everything is erased.

    Raises ``NotErasedError`` where that failed, which makes Alexa repeat the event.
    """
    if part(event, "request", "type") == _DISABLED and person.forget() == "failed":
        raise NotErasedError
    return {"version": "1.0", "response": {}}


def _preferences(state: State) -> Preferences:
    manner = state.manner
    return Preferences(manner.introduced, manner.pace, manner.brief)
