"""Reads from an Alexa request which ids its slots resolved to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from crampguide.learning import load_learning
from crampguide.relief import load_relief
from crampguide.triage import Protocol, QuestionId
from crampguide.voice.turn import Heard

if TYPE_CHECKING:
    from ask_sdk_model import IntentRequest, Slot
    from ask_sdk_model.slu.entityresolution import Resolutions


def heard_in(request: IntentRequest, protocol: Protocol) -> Heard:
    """The ids named in the request, by kind; values that resolved to nothing known are left out."""
    slots = (request.intent.slots if request.intent else None) or {}
    ids = {name: tuple(dict.fromkeys(_ids(slot))) for name, slot in slots.items()}
    return Heard(
        signs=tuple(QuestionId(id_) for id_ in ids.get("symptom", ()) if id_ in protocol.questions),
        openings=tuple(id_ for id_ in ids.get("opening", ()) if id_ in protocol.opens),
        topics=tuple(
            id_ for name in ("topic", "asked") for id_ in ids.get(name, ()) if id_ in load_relief().topics
        ),
        exercises=tuple(id_ for id_ in ids.get("exercise", ()) if id_ in load_relief().exercises),
        subjects=tuple(
            id_
            for name in ("subject", "about")
            for id_ in ids.get(name, ())
            if id_ in load_learning().subjects
        ),
    )


def _ids(slot: Slot | None) -> Iterator[str]:
    """Ids of one slot, which may hold a single value or a list of them."""
    if slot is None:
        return
    values = getattr(slot.slot_value, "values", None) or [slot.slot_value]
    for resolutions in (slot.resolutions, *(getattr(value, "resolutions", None) for value in values)):
        yield from _matches(resolutions)


def _matches(resolutions: Resolutions | None) -> Iterator[str]:
    for authority in (resolutions.resolutions_per_authority if resolutions else None) or []:
        if (
            authority.status
            and getattr(authority.status.code, "value", None) == "ER_SUCCESS_MATCH"
            and authority.values
        ):
            yield str(getattr(authority.values[0].value, "id", None))
