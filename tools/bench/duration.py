"""How long the skill speaks before its advice, by level, over every conversation of the check."""

from __future__ import annotations

from collections import Counter

from crampguide.speech import Catalogue, catalogue_for, seconds
from crampguide.triage import Answer, Ask, Level, Protocol, load_protocol
from crampguide.triage.model import Question
from tools.protocol.state_space import Space, explore, median


def speaking_times(protocol: Protocol, space: Space, catalogue: Catalogue) -> dict[Level, Counter[int]]:
    """For each level the number of conversations that end there, by the whole seconds the skill speaks.

    Counted are the welcome, each question with its usual acknowledgement, a no asked about once more, and for
    anything calmer than an emergency a recap of usual length; not the time in which the person thinks and
    answers.
    """
    recap = seconds(f"{_recap(protocol, catalogue)} {catalogue.say('ask.recap')}")
    welcome = seconds(f"{catalogue.say('welcome.first')} {catalogue.say('ask.check')}")
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
    said = [f"question.{question.id}", "acknowledge.no"]
    if answer == "no" and question.yes is Level.EMERGENCY:
        said[1] = "acknowledge.no_to"
    if answer == "no" and question.confirm_no:
        said.append(f"confirm_no.{question.id}")
    sign = catalogue.say(f"sign.{question.id}")
    return sum(seconds(catalogue.say(key, signs=sign)) for key in said)


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


def section() -> str:
    """The same for the protocol that ships, as a part of the benchmark."""
    return until_advice(load_protocol())
