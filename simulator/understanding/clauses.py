"""Words by the part they play between signs: which of them end a thought, join two, or begin a sentence."""

from __future__ import annotations

from simulator.understanding.words import PAUSE, Language


class Clauses:
    """One language's words of each part."""

    def __init__(self, language: Language) -> None:
        clauses, polarity = language.data["clauses"], language.data["polarity"]
        self.ends = frozenset(clauses["ends"])
        self.joins = frozenset(clauses["joins"]) | {PAUSE}
        self.chooses = frozenset(clauses["chooses"])
        self.joints = self.ends | self.joins | self.chooses
        """All that parts a clause from the next."""
        self.turns = frozenset(clauses["turns"])
        self.tags = frozenset(clauses["tags"])
        self.subjects = frozenset(clauses["subjects"])
        self.starters = frozenset(clauses["starters"])
        self.owners = frozenset(clauses["owners"])
        self.persons = self.subjects - self.owners - frozenset(clauses["objects"])
        self.finite = frozenset(clauses["finite"])
        self.articles = frozenset(language.data["words"]["articles"]) | {PAUSE}
        self.degrees = frozenset(polarity["degrees"])
        self.carriers = frozenset(polarity["carriers"])
        self.opinion = frozenset(polarity["opinion"])
        self.ahead = frozenset(polarity["ahead"])
        self.lacking = frozenset(polarity["lacking"])
        self.stops = self.ends | self.lacking
        self.possess = frozenset(polarity["possess"])
        self.able = frozenset(polarity["able"])
        self.perceive = frozenset(polarity["perceive"])
        self.undone = language.forms(polarity["undone"])
        self.undone_at_end = frozenset(polarity["undone_at_end"])
