"""The tables of `make voice-bench`."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

PAGE = Path(__file__).parents[2] / "docs" / "voice-bench.md"
HEAD = """\
# What is understood of spoken answers

Written by `make voice-bench ARGS=--write` on {date}. {count} recordings: {lines} answers and sentences
(`tests/speaker/answers.toml`), said by {voices} synthetic voices in {rooms} rooms, went through end of
speech, recogniser, interaction model and handler, at an open question of the check{how}.
{partly}The rooms are made up (`tools/listening/rooms.toml`): white noise 20 or 10 dB below the voice, a short
and a long echo, a voice from two metres away, other people who talk, a television.

- *vague*: "sure", "I have", "nah" and the like, asked again on purpose.
- *asked about*: not taken; "Did you say yes?" of a yes, "Did you say no?" of a no, which costs seconds. Of
  a sign: the skill asks about it next, or its words are read back and do what was said; this of a denial too.
- *asked again*: not taken, which costs more of them; or asked about as something else.
- *at most asked about*: right, or asked about.
- *another intent*: taken for something else, but not for the opposite.
- *taken for a yes or no*: talk that is no answer: what means nothing to the skill, half of it chosen for its
  sound, and whatever else is wanted of it or told. *As in a run of everything*: with each line, voice and
  room as often as another, where more nonsense was said than that.
- *swapped*: a no or a denial taken for a yes or a sign, or the other way round, or "I don't know" for a no.

Nothing here was said by a person, into a microphone, or in a room: expect less of a real one. The voices
are American and British, and none of them is in pain, old, a child or out of breath; one of them
whispers. The judge of answers knows none of these voices, and rooms of these kinds but not these, yet the
same programs that speak here spoke for it too, in other speakers' voices. It knows how nearly all the
answers here sound, most of the signs, and half of the nonsense. How sure it must be of each wording was
chosen with these recordings in view (docs/adr/0038-what-other-words-sound-like-must-be-surer.md). Earlier
runs, with many of the same, chose that what is in doubt is heard again, how likely a sign in somebody's own
words must be, which words the judge's last lessons say, that some are whispered or said by women with
British accents, what is asked about as a sign, and the speaker's other limits. What is asked about is not
followed to its end here.
"""
PARTLY = "Not every voice said everything in every room.\n"
COLUMNS = (
    "said",
    "right",
    "asked about",
    "at most asked about",
    "asked again",
    "another intent",
    "taken for a yes or no",
    "swapped",
)
TALK = ("nonsense", "other")
"""Groups of talk that is no answer."""
FRESH = ", a tenth faster and in other noise than when the settings were chosen"


class Clip(Protocol):
    """One thing said once, and what came of it."""

    @property
    def group(self) -> str: ...
    @property
    def said(self) -> str: ...
    @property
    def voice(self) -> str: ...
    @property
    def room(self) -> str: ...
    @property
    def heard(self) -> str: ...
    @property
    def locale(self) -> str: ...
    @property
    def outcome(self) -> str: ...


def table(clips: Sequence[Clip], key: Callable[[Clip], str]) -> str:
    """Shares by condition, in Markdown."""
    rows = [f"| | {' | '.join(COLUMNS)} |", "|---" * (len(COLUMNS) + 1) + "|"]
    for name in dict.fromkeys(map(key, clips)):
        counts = Counter(clip.outcome for clip in clips if key(clip) == name)
        total = sum(counts.values())
        most = counts["right"] + counts["asked"]
        numbers = (counts["right"], counts["asked"], most, counts["again"], counts["other"])
        shares = [f"{100 * number / total:.1f} %" for number in numbers]
        rows.append(
            f"| {name} | {total} | {' | '.join(shares)} | {counts['mistaken']} | {counts['swapped']} |"
        )
    return "\n".join(rows)


def other_talk(clips: Sequence[Clip]) -> str:
    """How much of the talk that is no answer is taken for one, in Markdown.

    A run of everything says each line of both groups in each voice and room. Where not all was said, and
    more of one group or room than of another, the last row counts each as much as such a run has of it.
    """
    talk = [clip for clip in clips if clip.group in TALK]
    if not talk:
        return "None was said."
    counted = [(name, [clip for clip in talk if clip.group == name]) for name in TALK]
    rows = [
        f"| {name} | {len(said)} | {_taken(said)} | {100 * _taken(said) / len(said):.2f} % |"
        for name, said in [*counted, ("both", talk)]
        if said
    ]
    parts: dict[tuple[str, str], list[Clip]] = {}
    for clip in talk:
        parts.setdefault((clip.locale, clip.group), []).append(clip)
    shares = [(_whole(part), _share_by_room(part)) for part in parts.values()]
    whole = sum(size * share for size, share in shares) / sum(size for size, _ in shares)
    rows.append(f"| both, as in a run of everything | | | {100 * whole:.2f} % |")
    return "\n".join(["| | said | taken for a yes or no | share |", "|---|---|---|---|", *rows])


def _taken(clips: Sequence[Clip]) -> int:
    return sum(clip.outcome == "mistaken" for clip in clips)


def _whole(clips: Sequence[Clip]) -> int:
    """How many recordings a room has where each of these lines is said in each of these voices."""
    return len({clip.said for clip in clips}) * len({clip.voice for clip in clips})


def _share_by_room(clips: Sequence[Clip]) -> float:
    """The share that is taken, each room counting as much as another."""
    rooms: dict[str, list[Clip]] = {}
    for clip in clips:
        rooms.setdefault(clip.room, []).append(clip)
    return sum(_taken(said) / len(said) for said in rooms.values()) / len(rooms)


def report(clips: Sequence[Clip]) -> str:
    """All tables, and every swap by name."""
    answers = [clip for clip in clips if clip.group in ("yes", "no")]
    signs = [clip for clip in clips if clip.group == "sign"]
    swaps = [clip for clip in clips if clip.outcome == "swapped"]
    named = "; ".join(f'"{c.said}" taken as "{c.heard}" ({c.voice}, {c.room}, {c.locale})' for c in swaps)
    sections = [
        "Yes and no alone, by locale and room:\n\n"
        + table(answers, lambda clip: f"{clip.locale}, {clip.room}"),
        "Yes and no alone, by kind of voice and room:\n\n"
        + table(answers, lambda clip: f"{clip.voice.split(',')[0].split()[0]}, {clip.room}"),
        "Signs in somebody's own words, by locale and room:\n\n"
        + table(signs, lambda clip: f"{clip.locale}, {clip.room}"),
        "Talk that is no answer:\n\n" + other_talk(clips),
        "By locale and room:\n\n" + table(clips, lambda clip: f"{clip.locale}, {clip.room}"),
        "By voice:\n\n" + table(clips, lambda clip: clip.voice),
        "By kind and room:\n\n" + table(clips, lambda clip: f"{clip.group}, {clip.room}"),
        f"Swapped: {named or 'none'}.",
    ]
    return "\n\n".join(sections)


def page(clips: Sequence[Clip], *, fresh: bool) -> str:
    """The report with what it means, as it is kept in the docs."""
    said, voices, names = ({getattr(clip, name) for clip in clips} for name in ("said", "voice", "room"))
    head = HEAD.format(
        date=dt.datetime.now(dt.UTC).date(),
        count=f"{len(clips):,}",
        lines=len(said),
        voices=len(voices),
        rooms=len(names),
        how=FRESH if fresh else "",
        partly=PARTLY if len(clips) < len(said) * len(voices) * len(names) else "",
    )
    return f"{head}\n{report(clips)}\n"
