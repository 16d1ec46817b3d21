"""What a protocol file says is what the check goes by: every field, and every field left out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crampguide.triage import Level, ProtocolError, QuestionId, read_protocol
from crampguide.triage.model import (
    Case,
    Combination,
    Condition,
    Fit,
    PatternRules,
    Protocol,
    Question,
    Source,
)

VALID = (Path(__file__).parents[1] / "broken" / "protocol" / "valid.toml").read_text(encoding="utf-8")
LAST_EDITED = date(2026, 11, 22)
Q = QuestionId
ALWAYS = Condition((), frozenset())


def changed(*replaced: tuple[str, str]) -> Protocol:
    text = VALID
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new, 1)
    return read_protocol(text)


def test_a_question_with_every_field() -> None:
    read = changed(
        ('reason = "It can be the heart."', 'reason = "It can be the heart."\nwaiting = "sit"\nwhere = "ER"'),
        ("recheck = true", "recheck = true\nconfirm_no = true\noptional = true"),
        ('number = "1"', 'informs = ["waiting", "advice"]\nnumber = "1"'),
    )
    assert read.questions[Q("chest")] == Question(
        id=Q("chest"),
        number="1",
        group="gate",
        sign="Chest pain",
        suspects="heart",
        when=ALWAYS,
        yes=Level.EMERGENCY,
        unsure=Level.URGENT,
        recheck=True,
        confirm_no=True,
        calmer="no",
        informs=frozenset({"waiting", "advice"}),
        waiting="sit",
        where="ER",
        optional=True,
        reason="It can be the heart.",
        cites=("BOOK",),
        last_edited=LAST_EDITED,
    )


def test_a_question_with_as_few_fields_as_there_may_be() -> None:
    assert read_protocol(VALID).questions[Q("weaker")] == Question(
        id=Q("weaker"),
        number="2",
        group="gate",
        sign="A leg getting weaker",
        suspects="nerve",
        when=ALWAYS,
        yes=Level.URGENT,
        unsure=Level.ROUTINE,
        recheck=True,
        confirm_no=False,
        calmer="no",
        informs=frozenset(),
        waiting=None,
        where=None,
        optional=False,
        reason="A nerve may be failing.",
        cites=("BOOK",),
        last_edited=LAST_EDITED,
    )


def test_conditions() -> None:
    questions = read_protocol(VALID).questions
    assert questions[Q("down_leg")].when == Condition(((Case((), "more", Level.SELF_CARE),),), frozenset())
    reached = Case((), None, Level.ROUTINE)
    unmoved = Case(((Q("cannot_move"), frozenset({"no", "unsure", "unasked"})),), None, Level.SELF_CARE)
    assert questions[Q("lasting")].when == Condition(((reached, unmoved),), frozenset({Q("cannot_move")}))


def test_a_case_may_accept_every_answer() -> None:
    read = changed(
        (
            '{ not = { any_of = { cannot_move = "yes" } } }',
            '{ any_of = { cannot_move = ["yes", "no", "unsure"] } }',
        )
    )
    ((_, case),) = read.questions[Q("lasting")].when.groups
    assert case.answers == ((Q("cannot_move"), frozenset({"yes", "no", "unsure"})),)


def test_a_combination_and_what_it_is_found_by() -> None:
    read = read_protocol(VALID)
    alone = Case(((Q("weaker"), frozenset({"yes"})), (Q("chest"), frozenset({"unsure"}))))
    unmoved = Case(((Q("cannot_move"), frozenset({"no", "unsure"})),))
    combination = Combination(
        id="weaker_and_unknown_chest",
        level=Level.EMERGENCY,
        when=Condition(((alone,), (unmoved,)), frozenset(map(Q, ("weaker", "chest", "cannot_move")))),
        reason="Together they are more than each alone.",
        cites=("BOOK",),
        last_edited=LAST_EDITED,
    )
    assert read.combinations == {combination.id: combination}
    assert read.combined_with == {
        Q("chest"): (combination,),
        Q("weaker"): (combination,),
        Q("cannot_move"): (combination,),
        Q("down_leg"): (),
        Q("lasting"): (),
    }
    follow_up, lasting = read.questions[Q("cannot_move")], read.questions[Q("lasting")]
    assert read.opened_by == {
        Q("chest"): (),
        Q("weaker"): (follow_up,),
        Q("cannot_move"): (lasting,),
        Q("down_leg"): (),
        Q("lasting"): (),
    }
    levels = {id_: question.yes for id_, question in read.questions.items()}
    together = dict.fromkeys(map(Q, ("chest", "weaker", "cannot_move")), Level.EMERGENCY)
    assert read.reaches == {**levels, **together}


def test_the_pattern_with_every_limit() -> None:
    limits = "nerve_at_least = 2\nnerve_at_most = 3\nnerve_above_cramp = 1\ncramp_at_least = 4"
    read = changed(
        ("nerve_at_least = 2", limits),
        ("cramp = {}", "cramp = { lasting = 5 }"),
        ("cramp_extra = []", 'cramp_extra = ["weaker"]'),
        ('informs = ["advice"]', 'informs = ["advice", "pattern"]'),
    )
    assert read.pattern == PatternRules(
        nerve={Q("down_leg"): 2},
        cramp={Q("lasting"): 5},
        cramp_extra=frozenset({Q("weaker")}),
        fit=(
            Fit(
                id="sciatica",
                requires=Condition(
                    ((Case(((Q("down_leg"), frozenset({"yes"})),)),),), frozenset({Q("down_leg")})
                ),
                nerve_at_least=2,
                nerve_at_most=3,
                nerve_above_cramp=1,
                cramp_at_least=4,
                reason="The pain runs down the leg.",
            ),
        ),
        otherwise="either",
        cites=("BOOK",),
        last_edited=LAST_EDITED,
    )


def test_a_limit_left_out_limits_nothing() -> None:
    (fit,) = changed(("nerve_at_least = 2\n", "")).pattern.fit
    points = range(50)
    assert all(fit.nerve_at_least <= each <= fit.nerve_at_most for each in points)
    assert all(fit.cramp_at_least <= each for each in points)
    assert all(nerve - cramp >= fit.nerve_above_cramp for nerve in points for cramp in points)


def test_the_file_and_its_sources() -> None:
    read = changed(
        ('name = "A book"', 'name = "A book"\nlink = "https://example.org"\n[source.B]\nname = "B"')
    )
    assert read.version == "1"
    assert read.opens == frozenset({"more"})
    assert list(read.questions) == ["chest", "weaker", "cannot_move", "down_leg", "lasting"]
    assert read.sources == {
        "BOOK": Source("BOOK", "A book", "https://example.org"),
        "B": Source("B", "B", ""),
    }


def test_a_message_names_the_file() -> None:
    for name, named in (((), "protocol"), (("mine.toml",), "mine.toml")):
        with pytest.raises(ProtocolError, match=f"^{named}: not valid TOML"):
            read_protocol("no = ", *name)
