"""Takes the answer to whether an emergency was heard right. Only a plain no takes a sign back.

Who says a sign twice is never talked out of it, whatever is said after. A start afresh forgets it.
"""

from __future__ import annotations

from crampguide.dialogue.advice import sign_heard, waiting_later
from crampguide.dialogue.flow import keep, resume
from crampguide.dialogue.turn import Situation, Turn, with_offer
from crampguide.speech import Line


def confirm(here: Situation) -> Turn:
    """Heard right: the sign stays, and whatever of the advice was left for later is said."""
    later, sign = waiting_later(here), sign_heard(here)
    said = here.state._replace(to_confirm=None, sure=here.state.sure | ({sign} if sign else set()))
    return with_offer(said, Line("acknowledge.heard_right"), *later)


def unclear(here: Situation) -> Turn:
    """Not understood is asked once more; "I don't know", and the second time, leave the advice as it is."""
    return resume(here, Line("fallback.again")) if here.state.misheard == 1 else keep(here)
