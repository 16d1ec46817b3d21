"""Shows how this skill reads words that resolve to nothing listed, for whoever tries it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from simulator.device.echo import slots_heard
from simulator.device.requests import RequestFactory
from simulator.understanding.resolve import FALLBACK, Resolution, Resolver
from tools.simulated.diagram import diagram

_MOST = 3
_IN_DOUBT, _RECOGNISED = "some_want", "recognised"


def reading(request: Mapping[str, Any]) -> dict[str, Any] | None:
    """The findings of the skill's own reader, as JSON; None where it is given nothing to read."""
    from crampguide.alexa.slots import reading_of  # noqa: PLC0415 - can be found once the skill is loaded

    sent = request.get("request") or {}
    found = reading_of(sent, sent.get("locale") or "")
    if found is None:
        return None
    stances = sorted(found.stances.items(), key=lambda pair: -pair[1])
    likeliest = ", ".join(f"{_signs().get(sign, sign)} {likely:.2f}" for sign, likely in found.ranked[:_MOST])
    shown = (
        ("Words of one's own are", " ".join((found.kind.value, *found.signs))),
        ("Likeliest signs", f"{likeliest}; a warning sign in all {found.mass:.2f}"),
        ("Spoken of as", ", ".join(f"{stance.value} {likely:.2f}" for stance, likely in stances[:_MOST])),
        ("A cry for help", found.cry),
        ("Asked for", found.want),
        ("Not counted because of", found.vetoed),
    )
    return {
        "kind": found.kind.value,
        "signs": list(found.signs),
        "cry": found.cry,
        "want": found.want,
        "vetoed": found.vetoed,
        "mass": round(found.mass, 3),
        "likeliest": [[sign, round(likely, 3)] for sign, likely in found.ranked[:_MOST]],
        "shown": [[name, value] for name, value in shown if value],
        "stances": [[stance.value, round(likely, 3)] for stance, likely in stances[:_MOST]],
    }


@cache
def _signs() -> Mapping[str, str]:
    """The sign of each question, in words."""
    return {question["id"]: question["sign"] for question in diagram()["questions"]}


def state(attributes: Mapping[str, Any]) -> Iterator[str]:
    """The answers so far, and what is being asked."""
    answers = attributes.get("answers") or {}
    width = max((len(question) for question in answers), default=0)
    yield from (f"{question.ljust(width)}  {answer}" for question, answer in answers.items())
    if not answers:
        yield "no answers yet"
    stands = {key: attributes.get(key) for key in ("asking", "offer", "level", "pattern")}
    yield "  ".join(f"{key}: {value or '-'}" for key, value in stands.items())


def understood(resolver: Resolver, words: str) -> Resolution:
    """The meaning of words: as listed or, where the skill's reader finds something in them, as handed over.

    Words in which it finds no sign, no cry for help and no want that it is sure of are the fallback intent.
    The score of a sign that it would only ask about is 0, of anything else that it finds it is 1.
    """
    listed = resolver.resolve(words)
    if listed.intent != FALLBACK:
        return listed
    handed = resolver.spoken(words)
    body = RequestFactory(resolver.locale).intent(handed.intent, slots_heard(handed), {})
    found = reading({"request": {**body, "locale": resolver.locale}})
    if not found:
        return listed
    sure = found["kind"] == _RECOGNISED or found["cry"] or found["want"] not in {None, _IN_DOUBT}
    return replace(handed, score=float(bool(sure))) if sure or found["signs"] else listed


def lines(found: Mapping[str, Any]) -> list[str]:
    """The lines of a terminal for what `reading` found."""
    because = "".join(f"; {name}: {found[name]}" for name in ("cry", "want", "vetoed") if found[name])
    return [
        f"reader: {found['kind']} {', '.join(found['signs'])}".rstrip() + because,
        f"signs:  {_shares(found['likeliest'])}; a warning sign in all {found['mass']:.2f}",
        f"stance: {_shares(found['stances'])}",
    ]


def _shares(several: list[tuple[str, float]]) -> str:
    return ", ".join(f"{name} {share:.2f}" for name, share in several)
