"""What becomes of a turn in words: nothing that has words is lost, and what has none is told safely."""

from __future__ import annotations

import pytest

from crampguide.dialogue.replies import LONGEST_PIECE, Reply, reply
from crampguide.dialogue.turn import Turn
from crampguide.speech import Catalogue, Line, catalogue_for, rules, to_plain
from tests.dialogue.states import a_state, changed
from tests.dialogue.test_asides import ASKED, GUIDE
from tests.dialogue.test_safe_turns import says
from tests.speech.turns import advised

GOOD = catalogue_for("en-US")
SORRY, SAFETY = Line("error.line"), Line("net.line")
FIRST, SECOND, THIRD = Line("net.calf"), Line("coach.wait"), Line("net.call")
CHECK = Line("ask.check")


def lacking(*keys: str) -> Catalogue:
    return Catalogue("en-US", {key: said for key, said in GOOD.lines.items() if key not in keys})


def said(catalogue: Catalogue, *lines: Line, ask: Line | None = CHECK) -> Reply:
    return reply(GUIDE, catalogue, Turn(a_state(offer="check" if ask else None), lines, ask))


def test_an_apology_stands_in_the_place_of_what_has_no_words() -> None:
    answer = said(lacking(SECOND.key), FIRST, SECOND, THIRD)
    assert answer.turn.lines == (FIRST, SORRY, SAFETY, THIRD)
    assert answer.turn.ask == CHECK
    known = said(lacking(SECOND.key), SAFETY, SECOND, THIRD)
    assert known.turn.lines == (SAFETY, SORRY, THIRD)


def test_a_question_without_words_ends_the_session_after_all_that_can_be_said() -> None:
    answer = said(lacking(CHECK.key), FIRST, THIRD)
    assert answer.turn.lines == (FIRST, THIRD, SORRY, SAFETY, Line("goodbye.take_care"))
    assert (answer.turn.ask, answer.reprompt, answer.turn.state.open) == (None, None, None)


def test_an_end_without_a_question_apologizes_too() -> None:
    answer = said(lacking(SECOND.key), FIRST, SECOND, ask=None)
    assert answer.turn.lines == (FIRST, SORRY, SAFETY)
    assert answer.reprompt is None


def test_in_an_emergency_what_has_no_words_leaves_the_number_in_what_is_said() -> None:
    state = advised({GUIDE.protocol.pattern.cramp.keys().__iter__().__next__(): "yes"})
    emergency = says(state, "SymptomIntent", signs=("saddle_numbness",)).state
    answer = reply(GUIDE, lacking("ask.hear_again"), Turn(emergency, (FIRST,), Line("ask.hear_again")))
    assert answer.turn.lines == (FIRST, SORRY, Line("goodbye.emergency"))


def test_what_may_be_silent_is_said_where_there_are_words_for_it() -> None:
    meaning = Line("meaning.pain_below_knee")
    assert GOOD.is_silent(meaning.key)
    catalogue = Catalogue("en-US", {**lacking(SECOND.key).lines, meaning.key: ("Below.",)})
    assert said(catalogue, meaning, SECOND).turn.lines == (meaning, SORRY, SAFETY)
    assert said(lacking(SECOND.key), meaning, SECOND).turn.lines == (SORRY, SAFETY)


def test_only_what_tells_nothing_about_anybody_is_named_as_missing() -> None:
    assert said(lacking("welcome.first"), Line("welcome.first")).missing == ("welcome.first",)
    assert said(lacking("net.calf"), FIRST).missing == (None,)
    assert said(lacking("sign.pain_down_leg"), Line("because.yes", ("pain_down_leg",))).missing == (None,)


def test_where_nothing_can_be_said_the_error_names_the_apology() -> None:
    with pytest.raises(KeyError, match="error"):
        said(Catalogue("en-US", {}), FIRST)


def test_the_brief_version_spares_courtesies_and_says_all_else() -> None:
    lines = (Line("acknowledge.yes"), FIRST)
    brief = reply(GUIDE, GOOD, Turn(changed(ASKED, brief=True), lines, CHECK))
    assert brief.turn.lines == (FIRST,)
    assert reply(GUIDE, GOOD, Turn(ASKED, lines, CHECK)).turn.lines == lines


def test_how_much_is_said_at_once_goes_by_how_fast_the_language_is_spoken() -> None:
    lines = (FIRST,) * (2 * int(LONGEST_PIECE / GOOD.seconds(GOOD.say(FIRST.key))))
    turn = Turn(advised({}), lines, Line("ask.tips"))
    kept = len(reply(GUIDE, GOOD, turn).turn.lines)
    slower = rules().budget["en"]._replace(words_per_minute=90)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(rules().budget, "en", slower)
        assert len(reply(GUIDE, GOOD, turn).turn.lines) < kept


def test_a_long_reply_is_cut_where_it_gets_too_long_and_goes_on_with_the_rest() -> None:
    lines = (FIRST,) * (2 * int(LONGEST_PIECE / GOOD.seconds(GOOD.say(FIRST.key))))
    answer = reply(GUIDE, GOOD, Turn(advised({}), lines, Line("ask.tips")))
    kept, rest = answer.turn.lines, answer.turn.state.rest
    assert (answer.turn.state.offer, answer.turn.ask) == ("more", Line("ask.more"))
    assert (*kept, *rest) == lines
    assert answer.turn.state.said == (*kept, Line("ask.more"))
    asked = GOOD.seconds(GOOD.say("ask.tips"))
    assert asked + GOOD.seconds(" ".join([GOOD.say(FIRST.key)] * len(kept))) <= LONGEST_PIECE
    assert asked + GOOD.seconds(" ".join([GOOD.say(FIRST.key)] * (len(kept) + 1))) > LONGEST_PIECE
    # A question of the check is never cut off from what stands above it.
    whole = reply(GUIDE, GOOD, Turn(ASKED, lines, Line("question.one_calf_swollen")))
    assert whole.turn.lines == lines
    assert whole.turn.state.rest == ()


def test_the_same_turn_of_the_same_session_says_the_same_and_the_next_counts_on() -> None:
    key, phrasings = next(
        (key, each) for key, each in GOOD.lines.items() if len(each) > 1 and "{" not in each[0]
    )
    turn = Turn(a_state(offer="check", turn=4), (Line(key),), CHECK)
    once, again = (reply(GUIDE, GOOD, turn, session_id="s") for _ in range(2))
    assert once == again
    assert once.turn.state.turn == 5
    following = reply(GUIDE, GOOD, turn._replace(state=once.turn.state), session_id="s")
    assert {to_plain(each.speech) for each in (once, following)} == {
        f"{phrasings[number % len(phrasings)]} {GOOD.say(CHECK.key)}" for number in range(2)
    } or len(phrasings) > 2
    others = {reply(GUIDE, GOOD, turn, session_id=str(number)).speech for number in range(20)}
    assert len(others) == len(phrasings)


def test_slow_and_fast_are_heard_in_the_reprompt_too() -> None:
    for pace, rate in (("slow", "80%"), ("fast", "120%")):
        answer = reply(GUIDE, GOOD, Turn(changed(ASKED, pace=pace), (FIRST,), CHECK))
        assert rate in answer.speech
        assert rate in (answer.reprompt or "")
