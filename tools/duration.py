"""How long the skill speaks before its advice, by level, over every conversation of the check."""

from __future__ import annotations

from collections import Counter

from crampguide.speech import Catalogue, catalogue_for, seconds
from crampguide.triage import Ask, Level, Protocol, load_protocol
from tools.space import Space, explore, median


def speaking_times(space: Space, catalogue: Catalogue) -> dict[Level, Counter[int]]:
    """For each level the number of conversations that end there, by the whole seconds the skill speaks.

    Counted are the welcome, each question with a usual acknowledgement, and for anything calmer than an
    emergency a recap of usual length; not the time in which the person thinks and answers.
    """
    acknowledgement = seconds(catalogue.say("acknowledge.no"))
    recap = seconds(f"{catalogue.say('recap.no_to_all')} {catalogue.say('ask.recap')}")
    welcome = seconds(f"{catalogue.say('welcome.first')} {catalogue.say('ask.check')}")
    times: list[dict[Level, Counter[int]]] = []
    for state in space.states:
        here: dict[Level, Counter[int]] = {}
        if not isinstance(state.step, Ask):
            before = welcome + (0 if state.level is Level.EMERGENCY else recap)
            here[state.level] = Counter({round(before): 1})
        else:
            asked = round(acknowledgement + seconds(catalogue.say(f"question.{state.step.question}")))
            for index in state.after.values():
                for level, counts in times[index].items():
                    here.setdefault(level, Counter()).update(
                        {time + asked: count for time, count in counts.items()}
                    )
        times.append(here)
    return times[-1]


def until_advice(protocol: Protocol, locale: str = "en-US") -> str:
    """Questions and spoken seconds until the advice, by level, as text."""
    space = explore(protocol)
    times, lengths = speaking_times(space, catalogue_for(locale)), space.lengths()
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
