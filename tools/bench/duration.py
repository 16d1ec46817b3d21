"""How long the skill speaks before its advice, by level, over every conversation of the check."""

from __future__ import annotations

from collections import Counter

from crampguide.speech import Catalogue, catalogue_for
from crampguide.triage import Answer, Ask, Level, Protocol, load_protocol
from crampguide.triage.model import Question
from simulator.device.echo import Device
from simulator.skill import here
from tools.protocol.state_space import Space, explore, median

MOST_ASKED, LONGEST = 13, 115
"""Questions, and seconds of speech, before the advice for an ordinary cramp: at most."""


def speaking_times(protocol: Protocol, space: Space, catalogue: Catalogue) -> dict[Level, Counter[int]]:
    """For each level the number of conversations that end there, by the whole seconds the skill speaks.

    Counted are the welcome, each question with its acknowledgement, a no that is asked about once more, and
    for anything calmer than an emergency a recap of usual length; not the time in which the person thinks
    and answers.
    """
    recap = catalogue.seconds(f"{_recap(protocol, catalogue)} {catalogue.say('ask.recap')}")
    welcome = catalogue.seconds(f"{catalogue.say('welcome.first')} {catalogue.say('ask.check')}")
    times: list[dict[Level, Counter[int]]] = []
    for state in space.states:
        here: dict[Level, Counter[int]] = {}
        if not isinstance(state.step, Ask):
            before = welcome + (0 if state.level is Level.EMERGENCY else recap)
            here[state.level] = Counter({round(before): 1})
        else:
            question = protocol.questions[state.step.question]
            for answer, index in state.after.items():
                asked = round(_asked(question, answer, catalogue))
                for level, counts in times[index].items():
                    here.setdefault(level, Counter()).update(
                        {time + asked: count for time, count in counts.items()}
                    )
        times.append(here)
    return times[-1]


def _asked(question: Question, answer: Answer, catalogue: Catalogue) -> float:
    said = [f"question.{question.id}"]
    if answer == "no" and (question.gates_emergency or question.yes is Level.EMERGENCY):
        said.append("acknowledge.no_to")
    if answer == "no" and question.confirm_no:
        said.append(f"confirm_no.{question.id}")
    sign = catalogue.say(f"sign.{question.id}")
    return sum(catalogue.seconds(catalogue.say(key, signs=sign)) for key in said)


def _recap(protocol: Protocol, catalogue: Catalogue) -> str:
    gate = [id_ for id_ in protocol.questions if catalogue.has(f"denied.{id_}")]
    return catalogue.say("recap.no_to_all", signs=", ".join(catalogue.say(f"denied.{id_}") for id_ in gate))


def until_advice(protocol: Protocol, locale: str = "en-US") -> str:
    """Questions and spoken seconds until the advice, by level, as text."""
    space = explore(protocol)
    times, lengths = speaking_times(protocol, space, catalogue_for(locale)), space.lengths()
    lines = [f"Until advice ({locale}): questions and seconds of speech, over every conversation"]
    for level in Level:
        asked, spoken = lengths[level], times[level]
        lines.append(
            f"{level.id:<10}  questions: median {median(asked)}, at most {max(asked)}"
            f"   seconds: median {median(spoken)}, at most {max(spoken)}"
        )
    return "\n".join(lines)


def ordinary_cramp(locale: str = "en-US") -> tuple[int, float]:
    """The questions that somebody with an ordinary cramp hears, and the seconds of all that is said.

    Counted as it is held: from the welcome to the recap, each acknowledgement as it falls, a question that is
    asked once more as two.
    """
    device = Device(here().handler, locale)
    turn = device.launch()
    said, asked = [turn.text], 0
    turn = device.say("yes")
    while (question := turn.attributes.get("asking")) is not None:
        said, asked = [*said, turn.text], asked + 1
        turn = device.say("yes" if question == "short_cramp" else "no")
    return asked, sum(map(catalogue_for(locale).seconds, (*said, turn.text)))


def section() -> str:
    """The same for the protocol that ships, as a part of the benchmark, and for an ordinary cramp."""
    asked, spoken = ordinary_cramp()
    met = "met" if asked <= MOST_ASKED and spoken <= LONGEST else "MISSED"
    cramp = (
        f"An ordinary cramp, from the welcome to the recap: {asked} questions, {spoken:.0f} seconds of speech"
    )
    target = f"(at most {MOST_ASKED} and {LONGEST}: {met})"
    return f"{until_advice(load_protocol())}\n{cramp} {target}"
