from __future__ import annotations

import pytest

from simulator.skill import here
from simulator.speaker.doubt import Doubt, Evidence
from simulator.speaker.ears import Ears
from simulator.speaker.judge import Chances
from simulator.speaker.meanings import Meanings
from simulator.speaker.settings import settings
from simulator.understanding.resolve import FALLBACK, NO, YES
from tools.simulated.roles import DENIAL, SIGN, UNSURE

SURE = Evidence(
    "No.", NO, freely=True, score=-0.1, gap=9.0, rival="Yes.", lead=9.0, chances=Chances(no=0.99, other=0.01)
)
NEARLY = SURE._replace(rival="Snow.", chances=Chances(no=0.96, other=0.04))


@pytest.mark.parametrize(
    ("evidence", "doubt"),
    [
        pytest.param(SURE, "", id="a plain no"),
        pytest.param(
            SURE._replace(score=-9.0, margin=-9.0, gap=-1.0, freely=False),
            "",
            id="a no in noise, of which the judge is sure",
        ),
        pytest.param(
            SURE._replace(chances=Chances(no=0.74, other=0.26)),
            "unlikely",
            id="a no that may as well be other talk",
        ),
        pytest.param(
            SURE._replace(chances=Chances(no=0.94, yes=0.04, other=0.02)),
            "opposite",
            id="a no where a yes is not out of the question",
        ),
        pytest.param(
            SURE._replace(intent=YES, words="Yes.", chances=Chances(yes=0.93, no=0.06, other=0.01)),
            "opposite",
            id="a yes where a no is not",
        ),
        pytest.param(
            SURE._replace(seconds=0.8, chances=Chances(no=0.98, other=0.02)),
            "unlikely",
            id="a no so short that it may be a clipped yup",
        ),
        pytest.param(SURE._replace(seconds=0.8), "", id="a short one beyond doubt"),
        pytest.param(
            SURE._replace(other_word="Snow,"), "unlikely", id="one that was written down as a word like it"
        ),
        pytest.param(
            SURE._replace(intent=YES, words="Yup.", chances=Chances(yes=0.9, other=0.1), seconds=0.8),
            "",
            id="a yes may be as short",
        ),
        pytest.param(
            SURE._replace(chances=Chances(yes=0.2, no=0.79, other=0.01)),
            "opposite",
            id="a no that may have been a yes",
        ),
        pytest.param(
            SURE._replace(intent=YES, words="Yes, it is.", chances=Chances(yes=0.54, other=0.46)),
            "",
            id="a yes in more words",
        ),
        pytest.param(
            SURE._replace(intent=YES, words="Yes, it is.", clear=29.0, chances=Chances(yes=0.79, other=0.21)),
            "unlikely",
            id="in noise that may be yesterday",
        ),
        pytest.param(
            SURE._replace(intent=YES, words="A bit.", clear=29.0, chances=Chances(yes=0.66, other=0.34)),
            "",
            id="a yes like which nothing sounds",
        ),
        pytest.param(
            SURE._replace(intent=YES, words="Yes.", chances=Chances(yes=0.64, other=0.36)),
            "unlikely",
            id="which is not enough for a yes that may be a guess",
        ),
        pytest.param(
            SURE._replace(clear=29.0, chances=Chances(no=0.95, other=0.05)),
            "unlikely",
            id="a no in noise must be surer",
        ),
        pytest.param(SURE._replace(clear=31.0, chances=Chances(no=0.95, other=0.05)), "", id="a clear one"),
        pytest.param(
            SURE._replace(words="No, no.", clear=29.0, chances=Chances(no=0.95, other=0.05)),
            "unlikely",
            id="saying it over and over makes it no surer",
        ),
        pytest.param(
            SURE._replace(words="No, it isn't.", clear=29.0, chances=Chances(no=0.86, other=0.14)),
            "",
            id="a no in more words, in noise",
        ),
        pytest.param(
            SURE._replace(words="No way.", chances=Chances(no=0.79, other=0.21)),
            "unlikely",
            id="two words that may be Norway",
        ),
        pytest.param(
            SURE._replace(words="No way.", chances=Chances(no=0.9, other=0.1), rival="Norway.", lead=5.9),
            "unlikely",
            id="two words as likely as Norway",
        ),
        pytest.param(
            SURE._replace(words="No way.", chances=Chances(no=0.9, other=0.1), rival="Norway.", lead=6.1),
            "",
            id="two words that are not Norway",
        ),
        pytest.param(
            SURE._replace(words="No way.", chances=Chances(no=0.94, other=0.06), clear=29.0),
            "unlikely",
            id="in noise Norway sounds the same",
        ),
        pytest.param(NEARLY._replace(lead=0.9), "unlikely", id="a word like it as likely"),
        pytest.param(NEARLY._replace(lead=1.1), "", id="a word like it, less likely"),
        pytest.param(SURE._replace(rival="Snow.", lead=0.9), "", id="but the judge is in no doubt"),
        pytest.param(
            NEARLY._replace(words="No, it isn't.", lead=0.9, clear=29.0),
            "",
            id="in noise that would doubt too many",
        ),
        pytest.param(
            SURE._replace(intent=UNSURE, words="Not sure.", chances=Chances(unsure=0.7, no=0.1, other=0.2)),
            "",
            id="a doubt too, and beside a no",
        ),
        pytest.param(
            SURE._replace(intent=SIGN, words="My leg drags.", score=-4.0),
            "unlikely",
            id="what was hardly heard is no sign either",
        ),
        pytest.param(SURE._replace(words="I don't."), "vague", id="a no without the word"),
        pytest.param(
            SURE._replace(intent=YES, words="Aye.", chances=Chances(yes=0.99, other=0.01)),
            "vague",
            id="a word that Americans do not say so",
        ),
        pytest.param(SURE._replace(words="None other."), "", id="begins with an explicit word"),
        pytest.param(SURE._replace(words="Nowhere."), "vague", id="an explicit word inside another is none"),
        pytest.param(
            SURE._replace(intent=DENIAL, words="No fever.", freely=False, margin=-2.0),
            "unlikely",
            id="a denial that only the model's phrases suggest",
        ),
        pytest.param(
            SURE._replace(intent=SIGN, words="Chest pain.", freely=False, margin=-5.0, gap=9.0),
            "",
            id="a sign may be less likely: to take it is the careful side",
        ),
        pytest.param(
            SURE._replace(intent=SIGN, words="Chest pain.", freely=False, margin=-9.0),
            "unlikely",
            id="but not as unlikely as that",
        ),
        pytest.param(
            SURE._replace(intent="AMAZON.StopIntent", freely=False, margin=-1.0, gap=0.5),
            "unlikely",
            id="two phrases that are alike",
        ),
        pytest.param(
            SURE._replace(intent=SIGN, words="My leg is in cold,"),
            "opposite",
            id="what sounds like its opposite, however likely",
        ),
        pytest.param(
            SURE._replace(intent=SIGN, words="I was in a car accident."),
            "",
            id="but not where a place follows",
        ),
        pytest.param(
            SURE._replace(intent=SIGN, words="Just pain.", gap=6.9),
            "unlikely",
            id="a sign in words that name none, where a phrase is hardly less likely",
        ),
        pytest.param(
            SURE._replace(intent=SIGN, words="Just pain.", gap=7.1), "", id="and where none is near"
        ),
        pytest.param(SURE._replace(intent=SIGN, words="Chest pain.", gap=6.9), "", id="a sign by its name"),
        pytest.param(
            SURE._replace(intent=SIGN, words="Him feel both legs.", score=-1.6),
            "unlikely",
            id="a sign in words that name none, written down with little trust",
        ),
        pytest.param(SURE._replace(intent=SIGN, words="Chest pain.", score=-1.6), "", id="one by its name"),
        pytest.param(SURE._replace(intent=FALLBACK), "unknown", id="nothing the skill knows"),
    ],
)
def test_when_a_wording_is_taken(ears: Ears, evidence: Evidence, doubt: Doubt) -> None:
    assert ears.doubter.doubt(evidence, asked=True) == doubt


LIKELY = SURE._replace(chances=Chances(no=0.5, other=0.5))


@pytest.mark.parametrize(
    ("evidence", "about"),
    [
        pytest.param(SURE, "", id="what is taken is not asked about"),
        pytest.param(LIKELY, "no", id="a likely no"),
        pytest.param(
            SURE._replace(seconds=0.8, chances=Chances(no=0.98, other=0.02)), "no", id="a no that was short"
        ),
        pytest.param(
            SURE._replace(intent=YES, words="I have.", chances=Chances(yes=0.9, other=0.1)),
            "yes",
            id="a vague yes",
        ),
        pytest.param(
            SURE._replace(intent=UNSURE, words="Not sure.", chances=Chances(unsure=0.5, other=0.5)),
            "unsure",
            id="a likely doubt",
        ),
        pytest.param(
            SURE._replace(freely=False, chances=Chances(no=0.2, other=0.8)),
            "",
            id="what was hardly said is said anew",
        ),
        pytest.param(
            SURE._replace(chances=Chances(no=0.2, other=0.8)),
            "no",
            id="unless it was written down so without help",
        ),
        pytest.param(LIKELY._replace(intent=SIGN, gap=0.0), "words", id="a sign in doubt"),
        pytest.param(LIKELY._replace(intent=DENIAL, score=-9.0), "words", id="the denial of a sign"),
        pytest.param(LIKELY._replace(intent=FALLBACK), "", id="nothing the skill knows"),
    ],
)
def test_what_may_be_asked_about(ears: Ears, evidence: Evidence, about: str) -> None:
    assert ears.doubter.taken(evidence, asked=True).about == about


def test_at_an_offer_an_answer_in_doubt_is_asked_about_as_well(ears: Ears) -> None:
    heard = ears.doubter.taken(LIKELY._replace(words="No.", score=-4.0), asked=False)
    assert (heard.doubt, heard.about) == ("unlikely", "no")


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        pytest.param(
            SURE._replace(intent=SIGN, words="Just pain.", gap=3.0), "Chest pain.", id="words that name none"
        ),
        pytest.param(
            SURE._replace(intent=FALLBACK, words="I found out my stairs."), "Chest pain.", id="no meaning"
        ),
        pytest.param(
            SURE._replace(intent="AMAZON.StopIntent", words="Stop.", gap=0.5), "Chest pain.", id="a command"
        ),
        pytest.param(LIKELY._replace(words="No."), "No.", id="an answer is asked about as one"),
        pytest.param(
            SURE._replace(intent=DENIAL, words="No fever.", score=-9.0), "No fever.", id="so is a denial"
        ),
        pytest.param(SURE, "No.", id="what is in no doubt is not asked about"),
    ],
)
def test_what_is_in_doubt_is_a_sign_first(ears: Ears, evidence: Evidence, words: str) -> None:
    heard = ears.doubter.taken(evidence._replace(named="Chest pain."), asked=True)
    assert heard.words == words
    if words == "Chest pain.":
        assert (heard.intent, heard.about, bool(heard.doubt)) == (SIGN, "words", True)


@pytest.mark.parametrize(("locale", "explicit"), [("en-GB", True), ("en-US", False), ("en-AU", False)])
def test_aye_is_explicit_where_people_say_it(locale: str, explicit: bool) -> None:  # noqa: FBT001 - a column
    assert Meanings(here().resolver(locale), settings()).explicit("Aye, it is.") is explicit


@pytest.mark.parametrize(
    ("intent", "text", "alike"),
    [
        (NO, "Snow,", True),
        (YES, "Snow,", False),
        (YES, "Yesterday!", True),
        (NO, "Yesterday!", False),
        (SIGN, "Snow,", False),
    ],
)
def test_a_word_that_sounds_like_a_yes_is_no_rival_of_a_no(
    ears: Ears,
    intent: str,
    text: str,
    alike: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert ears.meanings.sounds_like(intent, text) is alike
