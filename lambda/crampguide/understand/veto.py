"""Vetoes that take certainty away: a denial, a question, the past, somebody else.

The idea is that of NegEx (Chapman and others, J Biomed Inform 2001) and ConText (Harkema and others 2009),
turned round: a cue finds no denial here, it only forbids to count the sign as said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

Veto = Mapping[str, tuple[str, ...]]
_EARLY = 5
_FEWEST = 2
"""A clause has at least this many words before a bare subject may end it."""


def opening(said: Sequence[str], veto: Veto) -> Sequence[str]:
    """The utterance without what is said before it begins."""
    start = 0
    while start < len(said) - 1 and said[start] in veto["fillers"]:
        start += 1
    return said[start:]


def asks(said: Sequence[str], veto: Veto) -> bool:
    """True where it is put as a question."""
    rest = opening(said, veto)
    if not rest:
        return False
    if rest[0] in veto["asks"]:
        return True
    if len(rest) == 1:
        return False
    if rest[0] in veto["asks_alone"] and rest[1] not in veto["states"]:
        return True
    return rest[0] in veto["asks_before"] and rest[1] in veto["asked_of"]


def long_past(said: Sequence[str], veto: Veto) -> bool:
    """True where it tells of what lies long back, or has always been so."""
    return _holds(veto["past"], said)


def somebody_else(said: Sequence[str], veto: Veto) -> bool:
    """True where it begins with somebody else, unless that person only tells, and not of what is theirs."""
    early = opening(said, veto)[:_EARLY]
    return any(
        word in veto["others"]
        and (
            any(each in veto["theirs"] for each in said)
            or not any(told in veto["tells"] for told in early[place + 1 :])
        )
        for place, word in enumerate(early)
    )


def denies(clause: Sequence[str], veto: Veto, harmless: Collection[str] = ()) -> bool:
    """True where a clause denies; the pairs of words in ``harmless`` deny nothing of the sign in question.

    What somebody does not think, or would not say, is denied whatever the words.
    """
    return opines(clause, veto) or any(pair not in harmless for pair in denials(clause, veto))


def denials(clause: Sequence[str], veto: Veto) -> Iterator[str]:
    """Each denying word of a clause with the word that it denies."""
    for place, word in enumerate(clause):
        before = clause[place - 1] if place else ""
        after = clause[place + 1] if place + 1 < len(clause) else ""
        if word in veto["denies"] or f"{before} {word}" in veto["denies"]:
            if before in veto["able"] and word in veto["hampers"] and after not in veto["unless"]:
                continue
        elif not (word in veto["can"] and before in veto["can_after"] and after not in veto["hampers"]):
            continue
        denied = next((each for each in clause[place + 1 :] if each not in veto["skips"]), "")
        yield f"{word} {denied}"


def opines(said: Sequence[str], veto: Veto) -> bool:
    """True where it tells what somebody does not think, or would not say."""
    return _holds(veto["opinions"], said)


def without_wish_to_live(said: Sequence[str], veto: Veto) -> Sequence[str]:
    """The utterance without a wish to live that it holds, unless it holds nothing else."""
    for wish in (each.split() for each in veto["wishes_to_live"]):
        for start in range(len(said) - len(wish) + 1):
            if list(said[start : start + len(wish)]) == wish:
                return [*said[:start], *said[start + len(wish) :]] or said
    return said


def clauses(said: Sequence[str], veto: Veto) -> list[Sequence[str]]:
    """The parts of an utterance that a denial does not reach across.

    What is thought or said not to be so is denied to its end, whatever words it is put in.
    """
    found: list[list[str]] = [[]]
    for place, word in enumerate(said):
        before = said[place - 1] if place else ""
        after = said[place + 1] if place + 1 < len(said) else ""
        held = _holds(veto["opinions"], (*found[-1], word, after))
        ends = word in veto["opinion_ends" if held else "ends"] and after not in veto["denies"]
        if ends or (not held and word in veto["joins"] and after in veto["subjects"]):
            found.append([])
            continue
        bare = word in veto["pronouns"] and before not in veto["governs"] and before not in veto["denies"]
        if bare and not held and len(found[-1]) >= _FEWEST:
            found.append([])
        found[-1].append(word)
    return [clause for clause in found if clause]


def _holds(cues: Collection[str], said: Sequence[str]) -> bool:
    """True where some of the words stand in a text, together and in order."""
    text = f" {' '.join(said)} "
    return any(f" {cue} " in text for cue in cues)
