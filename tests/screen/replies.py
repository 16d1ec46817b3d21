"""Replies of every kind, made from moves alone: the check at every question and end, and what follows it.

Not every conversation (`tests/dialogue` has those), but every question asked, every level, pattern and
offer, every beat of every exercise, every tip, subject, page and course, and whatever can be said there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable, Iterator
from functools import cache
from typing import Any

from crampguide.alexa.screen import screen_of
from crampguide.dialogue.check import launch
from crampguide.dialogue.codec import write_state
from crampguide.dialogue.intents import INTENTS, move
from crampguide.dialogue.offers import load_guide
from crampguide.dialogue.replies import Reply, reply
from crampguide.dialogue.state import State
from crampguide.dialogue.summary import card_of
from crampguide.dialogue.turn import Situation, Slots, Turn
from crampguide.learning import load_learning
from crampguide.relief import load_relief
from crampguide.speech import catalogue_for
from crampguide.triage import Answer, load_protocol

GUIDE = load_guide()

PROTOCOL, RELIEF, LEARNING = load_protocol(), load_relief(), load_learning()
CATALOGUE = catalogue_for("en-US")
NOTHING = Slots()
ANSWERS = ("AMAZON.YesIntent", "AMAZON.NoIntent", "UnsureIntent", "AMAZON.NextIntent")
TEACHING = ("more", "learn_more")
"""The offers at which it matters what was explained last; elsewhere it matters which tip was told last."""


@cache
def replies() -> tuple[Reply, ...]:
    """Each reply once, told apart by what it says."""
    seen: set[Hashable] = set()
    known: set[Hashable] = set()
    found: list[Reply] = []
    waiting: deque[State] = deque([State(), *checked()])
    while waiting:
        state = waiting.popleft()
        new = (place := place_of(state)) not in known
        known.add(place)
        for turn in turns(state, INTENTS if new else ANSWERS):
            said = (turn.lines, turn.ask, turn.state.level)
            if said in seen:
                continue
            seen.add(said)
            found.append(answer := reply(GUIDE, CATALOGUE, turn))
            if place_of(answer.turn.state) not in known:
                waiting.append(answer.turn.state)
    return tuple(found)


def place_of(state: State) -> Hashable:
    """What the next reply depends on, as far as its kind goes."""
    if state.asking is not None:
        return state.open
    teaching = state.offer in TEACHING
    return (
        bool(state.answers), state.offer, state.level, state.pattern, state.relief.place,
        state.taught if teaching else state.taught is None, state.relief.wanted, bool(state.rest),
        None if teaching else state.relief.already_told[-1:],
    )  # fmt: skip


def turns(state: State, intents: Iterable[str]) -> Iterator[Turn]:
    """Whatever can be said without naming a sign, and each exercise, subject and topic by name."""
    if state == State():
        yield launch(Situation(GUIDE, state))
    for intent in intents:
        yield move(GUIDE, state, intent, NOTHING)
    if state.asking is not None or intents is ANSWERS:
        return
    for exercise in RELIEF.exercises:
        yield move(GUIDE, state, "ExerciseIntent", Slots(exercises=(exercise,)))
    for subject in LEARNING.subjects:
        yield move(GUIDE, state, "LearnIntent", Slots(subjects=(subject,)))
    for topic in RELIEF.topics:
        yield move(GUIDE, state, "TipsIntent", Slots(topics=(topic,)))


def checked() -> Iterator[State]:
    """A check at each of its questions, its recap and its end, with at most one answer that is not no."""
    for opened in (frozenset[str](), PROTOCOL.opens):
        for odd in (None, *PROTOCOL.questions):
            for said in ("yes", "unsure"):
                yield from _check(opened, odd, said)


def _check(opened: frozenset[str], odd: str | None, said: Answer) -> Iterator[State]:
    state = move(GUIDE, State(opened=opened), "CheckIntent", NOTHING).state
    while state.asking is not None or state.offer == "recap":
        yield state
        answer = said if state.asking is not None and state.asking == odd else "no"
        if state.offer == "recap":
            answer = "yes"
        intent = {"yes": "AMAZON.YesIntent", "no": "AMAZON.NoIntent", "unsure": "UnsureIntent"}[answer]
        state = move(GUIDE, state, intent, NOTHING).state
    yield state


def response_of(said: Reply) -> dict[str, Any]:
    """What goes out for a reply, its screen included."""
    response: dict[str, Any] = {
        "outputSpeech": {"type": "SSML", "ssml": f"<speak>{said.speech}</speak>"},
        "shouldEndSession": said.reprompt is None,
    }
    if said.reprompt is not None:
        response["reprompt"] = {"outputSpeech": {"type": "SSML", "ssml": f"<speak>{said.reprompt}</speak>"}}
    if said.turn.card:
        title, content = card_of(CATALOGUE, GUIDE, said.turn.state)
        response["card"] = {"type": "Simple", "title": title, "content": content}
    response["directives"] = [screen_of(GUIDE, CATALOGUE, said)]
    return {"version": "1.0", "response": response, "sessionAttributes": write_state(said.turn.state)}


@cache
def samples() -> dict[str, tuple[Reply, dict[str, Any]]]:
    """The longest reply for each kind of screen, set of targets, number of drawings and level; its screen."""
    found: dict[str, tuple[Reply, dict[str, Any]]] = {}
    for said in replies():
        shown = screen_of(GUIDE, CATALOGUE, said)
        data = shown["datasources"]["guide"]
        labels = (each["label"] for each in data["answers"])
        drawings = len(data.get("drawings", ()))
        name = ", ".join((shown["token"], *labels, f"{drawings} drawn", data.get("colour", "no level")))
        known = found.get(name)
        if known is None or len(known[1]["datasources"]["guide"]["spoken"]) < len(data["spoken"]):
            found[name] = said, shown
    return found
