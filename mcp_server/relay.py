"""The guide's side of a conversation that a language model relays: what counts, and what does not.

Whatever a model passes on, it can neither take back what the advice rests on nor let own words reassure. Only
an answer that the person gave to the guide itself may do that.
"""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from typing import NamedTuple

from crampguide.dialogue import Guide, Situation, Slots, State, Turn, load_guide, move, reply
from crampguide.dialogue.help import unsupported
from crampguide.speech import Catalogue, catalogue_for, to_plain
from crampguide.triage import Answer, Level, level_of
from mcp_server.conversations import Conversation, Conversations, RefusedError
from mcp_server.results import Open, Result
from mcp_server.understanding import understand
from mcp_server.words import WORDS
from simulator.understanding.resolve import LAUNCH

MODELS = Path(__file__).parents[1] / "interaction_models"
_OPENING = "AMAZON.NavigateHomeIntent"
_BACK = "AMAZON.PreviousIntent"
ANSWERS: dict[Answer, str] = {"yes": "AMAZON.YesIntent", "no": "AMAZON.NoIntent", "unsure": "UnsureIntent"}
_SAID = {intent: answer for answer, intent in ANSWERS.items()}
_RANK: dict[Answer, int] = {"no": 0, "unsure": 1, "yes": 2}
_LOCALE = re.compile(r"[a-z]{2,3}-[A-Z]{2}")
_SOMEWHERE = "ZZ"
"""An unknown country, in the names of locales."""
_TO_BYTES = 8


class Asked(NamedTuple):
    """A question for the person: where it would be asked, and the words to ask it in."""

    turn: Turn
    words: str


def locales() -> tuple[str, ...]:
    """The locales with an interaction model of their own."""
    return tuple(sorted(path.stem for path in MODELS.glob("*.json")))


class Relay:
    """Conversations, and the moves that tools make in them."""

    def __init__(self, conversations: Conversations | None = None, guide: Guide | None = None) -> None:
        self.conversations = Conversations() if conversations is None else conversations
        self.guide = guide or load_guide()
        self.locales = locales()

    def start(self, owner: str, locale: str) -> Result:
        """Begins a conversation with the welcome and the first question.

        In a region without words of its own, such as ``en-NZ``, no other region's number is named.
        Raises ``RefusedError`` for another language, and where there are too many conversations.
        """
        language = locale.partition("-")[0]
        if not _LOCALE.fullmatch(locale) or self._understood_as(locale) is None:
            raise RefusedError("unknown", kind="locale", name=repr(locale), known=", ".join(self.locales))
        served = locale if locale in self.locales else f"{language}-{_SOMEWHERE}"
        talk = self.conversations.begin(owner, served)
        return self._say(talk, move(self.guide, talk.state, _OPENING))

    def answer(self, talk: Conversation, to: str, said: Answer, *, by_person: bool = False) -> Result:
        """Takes an answer to the open question; to any other it is not counted.

        ``by_person`` says that the person gave it to the guide itself. Only then may it lower the level.
        """
        if not self.is_open(talk, to):
            return self.again(talk, "out_of_turn")
        return self._make(talk, move(self.guide, talk.state, ANSWERS[said]), by_person=by_person)

    def is_open(self, talk: Conversation, to: str) -> bool:
        """Tells whether this is the question that is open."""
        return talk.last is not None and talk.last.open is not None and talk.last.open.to == to

    def own_words(self, talk: Conversation, words: str) -> Result:
        """Takes what the person said in their own words, which never counts as an answer that reassures."""
        here = Situation(self.guide, talk.state)
        heard = understand(self.guide, self._understood_as(talk.locale) or talk.locale, words)
        if heard.intent in WORDS["elsewhere"]["intents"]:
            return self._make(talk, unsupported(here)).noted("here")
        turn = move(self.guide, talk.state, _OPENING if heard.intent == LAUNCH else heard.intent, heard.slots)
        plainly = here.offered is not None and _SAID.get(heard.intent) == here.offered.calmer
        if plainly or _reassures(talk.state, turn.state):
            return self.again(talk, "lower" if self._lowers(talk.state, turn.state) else "plain")
        return self._make(talk, turn)

    def ask(self, talk: Conversation, intent: str, slots: Slots | None = None) -> Result:
        """Makes the move of an intent that answers nothing."""
        return self._make(talk, move(self.guide, talk.state, intent, slots))

    def go_back(self, talk: Conversation) -> Result:
        """Takes the last answer back, unless the level rests on it."""
        return self.ask(talk, _BACK)

    def to_take_back(self, talk: Conversation) -> Asked | None:
        """The question that is asked again where going back would lower the level; else None."""
        turn = move(self.guide, talk.state, _BACK)
        if turn.ask is None or not self._lowers(talk.state, turn.state):
            return None
        said = reply(self.guide, self._words(talk), turn, talk.id)
        return Asked(said.turn, _plain(tuple(each.text for each in said.worded)))

    def take_back(self, talk: Conversation, asked: Asked, said: Answer) -> Result:
        """Takes the person's own answer in the place of the one that the level rested on."""
        turn = move(self.guide, asked.turn.state, ANSWERS[said])
        return self._say(talk, turn)

    def again(self, talk: Conversation, note: str = "") -> Result:
        """The last result once more, with a note of ``words.toml``."""
        last = talk.last
        if last is None:
            raise LookupError("a conversation has a result from its start")
        return last.noted(note) if note else last

    def _understood_as(self, locale: str) -> str | None:
        """The locale whose interaction model understands this one: its own, else one of its language."""
        alike = [each for each in self.locales if each.partition("-")[0] == locale.partition("-")[0]]
        return locale if locale in alike else next(iter(alike), None)

    def _make(self, talk: Conversation, turn: Turn, *, by_person: bool = False) -> Result:
        """Says a turn, unless it would lower the level without the person's own answer."""
        if not by_person and self._lowers(talk.state, turn.state):
            return self.again(talk, "lower")
        return self._say(talk, turn)

    def _lowers(self, before: State, after: State) -> bool:
        return self._level(after) < self._level(before)

    def _level(self, state: State) -> Level:
        """The level that the answers reach, those too that are to be asked about again."""
        return level_of(self.guide.protocol, state.answers)

    def _say(self, talk: Conversation, turn: Turn) -> Result:
        kept = tuple(line for line in turn.lines if line.key not in WORDS["elsewhere"]["lines"])
        said = reply(self.guide, self._words(talk), turn._replace(lines=kept), talk.id)
        state, ended = said.turn.state, said.reprompt is None
        talk.state, talk.replies = state, talk.replies + 1
        talk.last = Result(
            conversation=talk.id,
            say=_plain(tuple(each.text for each in said.worded)),
            verbatim=not ended or self._level(state) >= Level.URGENT,
            open=_open(state),
            level=state.level,
            emergency_number=self._words(talk).say("region.emergency_number"),
            ended=ended,
        )
        if ended:
            self.conversations.end(talk.id)
        return talk.last

    def _words(self, talk: Conversation) -> Catalogue:
        return catalogue_for(talk.locale)


def _plain(texts: tuple[str, ...]) -> str:
    return " ".join(map(to_plain, texts))


def _open(state: State) -> Open | None:
    if state.open is None:
        return None
    to = secrets.token_urlsafe(_TO_BYTES)
    if state.asking is not None:
        return Open(kind="question", id=state.asking, to=to)
    return Open(kind="offer", id=str(state.offer), to=to)


def _reassures(before: State, after: State) -> bool:
    """Tells whether a sign is newly denied, a report is gone, or a recap was taken for right."""
    denied = any(said == "no" != before.answers.get(id_) for id_, said in after.answers.items())
    gone = any(_RANK[said] > _RANK[after.answers.get(id_, "no")] for id_, said in before.answers.items())
    return denied or gone or (after.confirmed and not before.confirmed)
