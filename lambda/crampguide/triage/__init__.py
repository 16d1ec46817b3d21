"""The red-flag check: what to ask next, and how soon care is needed. Pure: standard library only."""

from crampguide.triage.errors import ProtocolError
from crampguide.triage.load import load_protocol, read_protocol
from crampguide.triage.model import (
    ANSWERS,
    Answer,
    Ask,
    Finish,
    Level,
    Pattern,
    Protocol,
    Question,
    QuestionId,
    Recap,
    Step,
)
from crampguide.triage.next_question import because, left_to_ask, level_of, next_step, without_wholes

__all__ = [
    "ANSWERS",
    "Answer",
    "Ask",
    "Finish",
    "Level",
    "Pattern",
    "Protocol",
    "ProtocolError",
    "Question",
    "QuestionId",
    "Recap",
    "Step",
    "because",
    "left_to_ask",
    "level_of",
    "load_protocol",
    "next_step",
    "read_protocol",
    "without_wholes",
]
