"""Differences of two protocols: complete, and in words."""

from __future__ import annotations

from functools import partial
from itertools import product
from pathlib import Path

import pytest

from crampguide.triage import (
    ANSWERS,
    Ask,
    Level,
    Protocol,
    QuestionId,
    level_of,
    load_protocol,
    next_step,
    read_protocol,
)
from tools.protocol import diff, prove
from tools.protocol.in_words import opening
from tools.protocol.outcomes import Outcomes
from tools.protocol.state_space import explore, opened_words, openings

DIFFERENT = "5+6 (one leg or foot newly swollen, hot or cold, or a new color, even between cramps)"
COLD = "5 (one leg or foot suddenly cold, pale or blue compared with the other)"
HEAD = """
version = "1"
schema = 2
sign_off = "none"
opens = []

[pattern]
otherwise = "either"
cites = ["S"]
last_edited = 2026-01-01
nerve = {}
cramp = {}
cramp_extra = []
fit = []

[source.S]
name = "A source"
"""
QUESTION = """
[[question]]
id = "{id}"
number = "{id}"
group = "gate"
sign = "Sign {id}"
suspects = "something"
yes = "{yes}"
unsure = "{unsure}"
recheck = false
reason = "a reason"
cites = ["S"]
last_edited = 2026-01-01
{more}
"""
OPEN = """
[[combination]]
id = "open"
level = "routine"
when = { all_of = { a = "no", c = "unsure" } }
reason = "a reason"
cites = ["S"]
last_edited = 2026-01-01
"""
BOTH = """
[[combination]]
id = "both"
level = "emergency"
when = { all_of = { a = "unsure", b = "yes" } }
reason = "a reason"
cites = ["S"]
last_edited = 2026-01-01
"""


def small(*questions: tuple[str, str, str, str], more: str = "") -> Protocol:
    asked = [
        QUESTION.format(id=id_, yes=yes, unsure=unsure, more=rest) for id_, yes, unsure, rest in questions
    ]
    return read_protocol(HEAD + "".join(asked) + OPEN + more)


A = ("a", "emergency", "urgent", "")
B = ("b", "urgent", "routine", "")
C = ("c", "routine", "self_care", "")
C_AFTER_A = ("c", "routine", "self_care", 'when = { any_of = { a = ["no", "unsure"] } }')
PAIRS = {
    "a combination": (small(A, B, C), small(A, B, C, more=BOTH)),
    "an unsure": (small(A, B, C), small(("a", "emergency", "emergency", ""), B, C)),
    "a calmer yes": (small(A, B, C), small(A, ("b", "routine", "routine", ""), C)),
    "a question gone": (small(A, B, C), small(A, C)),
    "a question more": (small(A, C), small(A, B, C)),
    "a condition": (
        small(A, B, C),
        small(A, B, ("c", "routine", "self_care", 'when = { any_of = { b = "no" } }')),
    ),
    "another order": (small(A, B, C_AFTER_A), small(B, A, C_AFTER_A)),
}


def end(protocol: Protocol, person: dict[QuestionId, str]) -> Level:
    answers: dict[QuestionId, str] = {}
    while isinstance(step := next_step(protocol, answers), Ask):  # type: ignore[arg-type]
        answers[step.question] = person[step.question]
    return level_of(protocol, answers)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", PAIRS)
def test_the_kinds_hold_exactly_those_who_end_elsewhere(name: str) -> None:
    old, new = PAIRS[name]
    outcomes = Outcomes(dict.fromkeys((*old.questions, *new.questions)))
    was, now = (outcomes.of(explore(protocol))[-1] for protocol in (old, new))
    listed = set()
    for level, (one, other) in product(Level, ((was, now), (now, was))):
        people = outcomes.paired(one, other, partial(just, level))
        inside = outcomes.paired(other, other, partial(at_least, level))
        for kind, some in outcomes.kinds(people, inside):
            for person in everyone(old, new):
                is_of_kind = all(person[id_] in fits for id_, fits in kind.items())
                assert not is_of_kind or max(end(old, person), end(new, person)) >= level
                chosen = some
                for id_, answer in person.items():
                    chosen = outcomes.given(chosen, id_, answer)  # type: ignore[arg-type]
                if is_of_kind and chosen == 1:
                    listed.add(tuple(person.items()))
    moved = {tuple(person.items()) for person in everyone(old, new) if end(old, person) != end(new, person)}
    assert listed == moved


def just(level: int, less: int, more: int) -> int:
    return int(less < level == more)


def at_least(level: int, more: int, _: int) -> int:
    return int(more >= level)


def everyone(old: Protocol, new: Protocol) -> list[dict[QuestionId, str]]:
    ids = list(dict.fromkeys((*old.questions, *new.questions)))
    return [dict(zip(ids, said, strict=True)) for said in product(ANSWERS, repeat=len(ids))]


def test_each_difference_is_said_in_words() -> None:
    said = {name: diff.differences(*pair) for name, pair in PAIRS.items()}
    assert said["a combination"] == ["unsure about a (sign a), yes to b (sign b): urgent -> emergency"]
    assert "question a: unsure urgent -> emergency" in said["an unsure"]
    assert "yes to b (sign b): urgent -> routine" in said["a calmer yes"]
    assert "question b: removed" in said["a question gone"]
    assert "question b: added" in said["a question more"]
    assert "question c: asked of everyone -> asked if no to b (sign b)" in said["a condition"]
    assert said["another order"] == ["the questions are asked in another order"]


def test_the_same_protocol_differs_in_nothing() -> None:
    assert diff.differences(small(A, B, C), small(A, B, C)) == []


def one_answer_changed() -> str:
    text = prove.PROTOCOL.read_text(encoding="utf-8")
    before = text.index('unsure = "urgent"', text.index('id = "cold_pale_leg"'))
    return f'{text[:before]}unsure = "emergency"{text[before + 17 :]}'


@pytest.mark.parametrize("opened", list(openings(load_protocol())), ids=opened_words)
def test_the_protocol_that_ships_against_one_answer_of_it(opened: frozenset[str]) -> None:
    """Each subject that can be opened by itself: a walk of them all in one test would take a minute."""
    told = diff.told_otherwise(load_protocol(), read_protocol(one_answer_changed()), opened)
    assert list(told) == [f"yes or unsure about {DIFFERENT}, unsure about {COLD}: urgent -> emergency"]


def test_two_files_are_compared_wherever_something_can_be_opened(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What only those are asked who bring its subject up changes for them alone."""
    head = HEAD.replace("opens = []", 'opens = ["child", "private"]')
    asked = "".join(
        QUESTION.format(id=id_, yes=yes, unsure=unsure, more=more) for id_, yes, unsure, more in (A, C)
    )
    files = [tmp_path / "old.toml", tmp_path / "new.toml"]
    for file, yes in zip(files, ("urgent", "emergency"), strict=True):
        opened = QUESTION.format(
            id="d", yes=yes, unsure="urgent", more='when = { any_of = { opened = "private" } }'
        )
        file.write_text(head + asked + opened + OPEN, encoding="utf-8")
    assert diff.main([*map(str, files)]) == 1
    told = "yes to d (sign d): urgent -> emergency"
    both = f"{opening('child')} and {opening('private')}"
    assert capsys.readouterr().out.splitlines() == [
        f"where {opening('private')}: {told}",
        f"where {both}: {told}",
        "question d: yes urgent -> emergency",
    ]


def test_a_file_that_is_no_protocol_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="cannot be read"):
        diff.main([str(tmp_path / "nothing"), str(tmp_path / "nothing")])
    (tmp_path / "other").write_text("x = 1", encoding="utf-8")
    with pytest.raises(SystemExit, match="is no protocol that would run"):
        diff.main([str(tmp_path / "other"), str(tmp_path / "other")])
