"""Says what a request would get, before anybody is told anything: Alexa asks so to find a skill for it.

Nothing is promised that is not kept at once, as explanations are. Tips and exercises may depend on answers,
and where it is about somebody's own leg the skill asks and informs and never judges: that is a maybe at most.
"""

from __future__ import annotations

from collections.abc import Mapping

from ask_sdk_model.canfulfill import (
    CanFulfillIntent,
    CanFulfillIntentValues,
    CanFulfillSlot,
    CanFulfillSlotValues,
    CanUnderstandSlotValues,
)

from crampguide.alexa.part import part
from crampguide.alexa.request import Incoming
from crampguide.alexa.slots import slots_of

_YES, _MAYBE, _NO = CanFulfillIntentValues.YES, CanFulfillIntentValues.MAYBE, CanFulfillIntentValues.NO
PROMISES: Mapping[str, CanFulfillIntentValues] = {
    "CrampNowIntent": _YES,
    "LearnIntent": _YES,
    "WhenToSeekHelpIntent": _YES,
    "TipsIntent": _MAYBE,
    "CheckIntent": _MAYBE,
    "ExerciseIntent": _MAYBE,
    "SymptomIntent": _MAYBE,
}
"""The promise for a request that opens the skill. All others mean something only in a conversation."""


def can_fulfil(sent: Incoming) -> CanFulfillIntent:
    """The promise for an intent, and of each of its slots whether its words are understood."""
    slots = part(sent.request, "intent", "slots")
    filled = {name: slot for name, slot in slots.items() if _filled(slot)} if isinstance(slots, dict) else {}
    understood = {
        name: any(slots_of({"intent": {"slots": {name: slot}}}, sent.guide)) for name, slot in filled.items()
    }
    promise = PROMISES.get(sent.intent, _NO)
    if not all(understood.values()):
        promise = _NO
    return CanFulfillIntent(
        can_fulfill=promise,
        slots={name: _slot(known=known, kept=promise is not _NO) for name, known in understood.items()},
    )


def _filled(slot: object) -> bool:
    return any(part(slot, key) is not None for key in ("value", "resolutions", "slotValue"))


def _slot(*, known: bool, kept: bool) -> CanFulfillSlot:
    return CanFulfillSlot(
        can_understand=CanUnderstandSlotValues.YES if known else CanUnderstandSlotValues.NO,
        can_fulfill=CanFulfillSlotValues.YES if known and kept else CanFulfillSlotValues.NO,
    )
