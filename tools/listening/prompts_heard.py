"""Say every line of en-US, listen to it, and write down in docs/voice-report.md what is lost."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from crampguide.speech import catalogue_for
from crampguide.speech.spoken import to_plain, to_ssml
from simulator.files import read_json, read_toml
from simulator.speaker.moonshine import RATE, Moonshine
from simulator.speaker.spoken import Words, parts
from simulator.speaker.voices import Joe, Pico, Voice
from simulator.understanding.words import Language, Token
from tools.listening.cores import cores
from tools.listening.voice_bench import LOCALE, ears, resolver
from tools.simulated.roles import DENIAL, SIGN, SYMPTOM

SETTINGS = Path(__file__).with_suffix(".toml")
REPORT = Path(__file__).parents[2] / "docs" / "voice-report.md"
VOICES = ("joe", "pico")
TOGETHER = 15
SHORT = 2
"""Words of a phrase that says little but the sign."""
CACHE = Path(__file__).parents[2] / "build" / "prompts_heard.json"
"""Everything heard before, so that after a change only the changed lines are heard again."""
HEAD = """\
# Lines that are hard to hear

Written by `python -m tools prompts_heard`. Spoken lines of en-US were said by two voices that have nothing
in common (Piper's joe, Pico's American one) and written down again by a small recogniser, which is a poor
listener on purpose. A key word is a word of a sign that the interaction model knows, a number, or the action
that a sentence begins with. What both voices lose is worth other words; what one loses may be the voice's or
the listener's fault.
"""


class LineHeard(NamedTuple):
    """A line as it was said and as each voice was heard."""

    key: str
    said: str
    heard: tuple[str, ...]
    lost: tuple[frozenset[str], ...]

    @property
    def lost_by_all(self) -> frozenset[str]:
        """Key words that no voice brought across."""
        return frozenset.intersection(*self.lost)

    @property
    def lost_by_any(self) -> frozenset[str]:
        """Key words that some voice did not bring across."""
        return frozenset.union(*self.lost)


@cache
def data() -> Mapping[str, Any]:
    """The settings in `prompts_heard.toml`."""
    return read_toml(SETTINGS)


def spoken_lines() -> Iterator[tuple[str, str]]:
    """Every line that is spoken, with its key; stand-ins for what is filled in at the time."""
    catalogue, first = catalogue_for(LOCALE), data()["first"]
    keys = [key for key in catalogue.lines if key.partition(".")[0] not in data()["groups_not_spoken"]]
    for key in sorted(keys, key=lambda key: [*first, key.partition(".")[0]].index(key.partition(".")[0])):
        group = key.partition(".")[0]
        frame, name = data()["inside"].get(group, ("", "")) if key not in data()["sentences"] else ("", "")
        for turn in range(len(catalogue.lines[key])):
            said = catalogue.say(key, turn, **data()["values"])
            yield key, catalogue.say(frame, 0, **{name: said}) if frame else said


def key_words(said: str, language: Language) -> dict[str, str]:
    """The stems of a line that have to come across, each with the word that was said."""
    found: dict[str, str] = {}
    for sentence in re.split(r"(?<=[.!?:])\s+", to_plain(said)):
        tokens = [token for token in language.hear(sentence).tokens if token.text != ","]
        for at, token in enumerate(tokens):
            number = token.text.isdigit() or token.text in data()["same"]
            action = at == 0 and language.strange(token) and token.text not in data()["no_actions"]
            if number or action or (language.strange(token) and token.stem in _sign_stems()):
                found.setdefault(_stem(token), token.text)
    return found


def lost(said: str, heard: str, language: Language) -> frozenset[str]:
    """The key words of a line that are not in what was heard; one in two pieces counts as heard."""
    tokens = [token for token in language.hear(heard).tokens if token.text != ","]
    stems = {_stem(token) for token in tokens} | {
        _stem_of(a.text + b.text, language) for a, b in pairwise(tokens)
    }
    run_on = "".join(data()["same"].get(token.text, token.text) for token in tokens)
    return frozenset(
        word for stem, word in key_words(said, language).items() if stem not in stems and word not in run_on
    )


def _stem(token: Token) -> str:
    stem: str = data()["same"].get(token.text, token.stem)
    return stem


def _stem_of(word: str, language: Language) -> str:
    return language.stem(word)


@cache
def _sign_stems() -> frozenset[str]:
    """The stems of the words that people use for signs."""
    model, language = resolver(LOCALE).model, resolver(LOCALE).language
    kinds = {slot.type for name in (SIGN, DENIAL) if (slot := model.intents[name].slot(SYMPTOM))}
    phrases = (phrase for kind in kinds for entry in model.types[kind] for phrase in entry.phrases)
    short = (language.hear(phrase).tokens for phrase in phrases if len(phrase.split()) <= SHORT)
    return frozenset(token.stem for tokens in short for token in tokens if language.strange(token))


def listen(job: tuple[str, Sequence[str]]) -> list[str]:
    """Lines as they are heard in one voice, sentence by sentence."""
    name, said = job
    voice: Voice = Joe(threads=1) if name == "joe" else Pico("en-US")
    model = ears(LOCALE).model
    return [" ".join(_hear(model, voice, line)) for line in said]


def _hear(model: Moonshine, voice: Voice, line: str) -> Iterator[str]:
    for part in parts(f"<speak>{to_ssml(line)}</speak>"):
        if isinstance(part, Words):
            sound = np.pad(voice.say(part.text), RATE // 4)
            yield model.hear(sound).freely().text


def known() -> dict[str, dict[str, str]]:
    """By voice, what was heard of each line so far."""
    found: dict[str, dict[str, str]] = read_json(CACHE) if CACHE.exists() else {}
    return {voice: found.get(voice, {}) for voice in VOICES}


def hear_all(said: Sequence[str]) -> None:
    """Hear what has not been heard yet, on every core; may be interrupted and begun again."""
    heard = known()
    batches = range(0, len(said), TOGETHER)
    jobs = [
        (voice, new)
        for at in batches
        for voice in VOICES
        if (new := [line for line in said[at : at + TOGETHER] if line not in heard[voice]])
    ]
    CACHE.parent.mkdir(exist_ok=True)
    with cores() as pool:
        for (voice, new), texts in zip(jobs, pool.map(listen, jobs), strict=True):
            heard[voice].update(zip(new, texts, strict=True))
            CACHE.write_text(json.dumps(heard), encoding="utf-8")


def compared(lines: Sequence[tuple[str, str]]) -> list[LineHeard]:
    """The lines that every voice has said, with what was lost of them."""
    language, heard = resolver(LOCALE).language, known()
    return [
        LineHeard(key, line, texts, tuple(lost(line, text, language) for text in texts))
        for key, line in lines
        if all(line in heard[voice] for voice in VOICES)
        for texts in [tuple(heard[voice][line] for voice in VOICES)]
    ]


def report(found: Sequence[LineHeard]) -> str:
    """The report in Markdown."""
    both = [line for line in found if line.lost_by_all]
    one = [line for line in found if line.lost_by_any and not line.lost_by_all]
    whole = len(found) - len(both) - len(one)
    counts = (
        f"{len(found)} of {len(list(spoken_lines()))} lines were heard: "
        f"{whole} came across whole with both voices, {len(one)} with one of them, "
        f"{len(both)} lost a key word with both.\n"
    )
    sections = [
        HEAD,
        counts,
        "## Lost with both voices\n",
        *(_entry(line, line.lost_by_all) for line in both),
        "## Lost with one voice\n",
        "| line | lost | said |\n|---|---|---|",
        *(
            f"| `{line.key}` | {', '.join(sorted(line.lost_by_any))} | {to_plain(line.said)} |"
            for line in one
        ),
    ]
    return "\n".join(sections) + "\n"


def _entry(line: LineHeard, words: frozenset[str]) -> str:
    heard = "\n".join(f"- {voice}: {text}" for voice, text in zip(VOICES, line.heard, strict=True))
    return f"`{line.key}` lost **{', '.join(sorted(words))}**\n\n- said: {to_plain(line.said)}\n{heard}\n"


def main(argv: list[str]) -> int:
    """Write the report; takes some minutes where much has changed."""
    parser = argparse.ArgumentParser(prog="python -m tools prompts_heard", description=__doc__)
    parser.add_argument("--known", action="store_true", help="report what has been heard before, and no more")
    given = parser.parse_args(argv)
    lines = list(spoken_lines())
    if not given.known:
        hear_all([line for _, line in lines])
    REPORT.write_text(report(compared(lines)), encoding="utf-8")
    return 0
