"""A protocol small enough to see what each rule does, to which tests add questions and combinations."""

from __future__ import annotations

from pathlib import Path

from crampguide.triage import Answer, Protocol, QuestionId, read_protocol

VALID = (Path(__file__).parents[1] / "broken" / "protocol" / "valid.toml").read_text(encoding="utf-8")
_QUESTION = """
[[question]]
id = "{id}"
number = "9"
group = "risk"
sign = "A sign"
suspects = "little by itself"
yes = "{yes}"
unsure = "{unsure}"
recheck = false
reason = "It counts together with another."
cites = ["BOOK"]
last_edited = 2026-11-22
{more}
"""
_COMBINATION = """
[[combination]]
id = "{id}"
level = "{level}"
when = {when}
reason = "Together they count."
cites = ["BOOK"]
last_edited = 2026-11-22
"""


def question(id_: str, more: str = "", *, yes: str = "self_care", unsure: str = "self_care") -> str:
    """A question of the file; ``more`` is further lines of it."""
    told = yes != "self_care" or "calmer" in more
    return _QUESTION.format(id=id_, yes=yes, unsure=unsure, more=more if told else f'calmer = "no"\n{more}')


def combination(id_: str, level: str, when: str) -> str:
    """A combination of the file; ``when`` is the inside of its condition."""
    return _COMBINATION.format(id=id_, level=level, when=f"{{ {when} }}")


def protocol(*more: str, replace: tuple[tuple[str, str], ...] = ()) -> Protocol:
    """The small protocol with these parts replaced and more added."""
    text = VALID
    for old, new in replace:
        assert old in text, old
        text = text.replace(old, new, 1)
    return read_protocol(text + "".join(more))


def known(**answers: Answer) -> dict[QuestionId, Answer]:
    """No to all that everyone is asked by the small protocol, but for these answers."""
    given: dict[QuestionId, Answer] = dict.fromkeys(map(QuestionId, ("chest", "weaker", "lasting")), "no")
    return given | {QuestionId(id_): answer for id_, answer in answers.items()}
