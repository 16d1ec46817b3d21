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
  sound, and whatever else is wanted of it or told.
- *swapped*: a no or a denial taken for a yes or a sign, or the other way round, or "I don't know" for a no.

Nothing here was said by a person, into a microphone, or in a room: expect less of a real one. The voices
are American and British, and none of them is in pain, old, a child or out of breath; one of them
whispers. The judge of answers knows none of these voices, and rooms of these kinds but not these, yet the
same programs that speak here spoke for it too, in other speakers' voices. It knows how nearly all the
answers here sound, most of the signs, and half of the nonsense. How sure it must be, that what is in doubt
is heard again, and how likely a sign in somebody's own words must be, were chosen with six in seven of
these recordings in view; how it did on the rest is in docs/adr/0036-what-is-in-doubt-is-heard-again.md.
Earlier runs chose which words its last lessons say, that some are whispered or said by women with British
accents, what is asked about as a sign, and the speaker's other limits. What is asked about is not followed
to its end here.
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
