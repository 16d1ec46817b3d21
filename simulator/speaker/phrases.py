"""Everything people may say to a model, written as the recogniser writes it, and laid out piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from simulator.speaker.pieces import Pieces
from simulator.understanding.model import InteractionModel
from simulator.understanding.samples import SLOT
from simulator.understanding.words import Language


class Node:
    """A place after some pieces: what may follow, slots that may begin here, whether it may end."""

    __slots__ = ("ends", "onward", "slots")

    def __init__(self) -> None:
        self.onward: dict[int, Node] = {}
        self.slots: list[Node] = []
        self.ends = False

    def after(self, ids: tuple[int, ...]) -> Node:
        """The place these pieces lead to, made where there is none."""
        node = self
        for piece in ids:
            node = node.onward.setdefault(piece, Node())
        return node


Place = tuple[Node, ...]


class Phrases:
    """The phrases of a model and the usual ones of Alexa's own intents, as paths for the recogniser.

    Slots are filled with all their values where they end a sample; what follows a slot is left to the
    recogniser's free hand.
    """

    def __init__(
        self, model: InteractionModel, language: Language, writing: Mapping[str, Any], pieces: Pieces
    ) -> None:
        self._writing = writing
        self._pieces = pieces
        self._root = Node()
        self._types = {
            name: [phrase for entry in entries for phrase in entry.phrases]
            for name, entries in model.types.items()
        }
        self._tails: dict[str, Node] = {}
        usual: Mapping[str, list[str]] = language.data["intents"]
        for intent in model.intents.values():
            kinds = {slot.name: slot.type for slot in intent.slots}
            for sample in (*intent.samples, *usual.get(intent.name, ())):
                self._add(sample, kinds)

    @classmethod
    def calling(
        cls, model: InteractionModel, language: Language, writing: Mapping[str, Any], pieces: Pieces
    ) -> Phrases:
        """The ways to call the skill by its name, and nothing else."""
        phrases = cls(InteractionModel(model.invocation, {}, {}), language, writing, pieces)
        launch = language.data["launch"]
        for verb in launch["open"]:
            for wake in ("", *launch["wake_words"]):
                phrases._add_plain(f"{wake} {verb} {model.invocation}".strip())
        return phrases

    def add(self, phrases: Iterable[str]) -> None:
        """Allow these phrases too."""
        for phrase in phrases:
            self._add_plain(phrase)

    def begin(self) -> Place:
        """The place before the first piece."""
        return (self._root,)

    def onward(self, place: object) -> dict[int, object]:
        """Each piece that may come next, with the place it leads to."""
        found: dict[int, tuple[Node, ...]] = {}
        for node in place if isinstance(place, tuple) else ():
            for start in (node, *node.slots):
                for piece, then in start.onward.items():
                    found[piece] = (*found.get(piece, ()), then)
        return dict(found)

    def ends(self, place: object) -> bool:
        """Tell whether a phrase may end here."""
        return any(node.ends for node in place) if isinstance(place, tuple) else False

    def _add(self, sample: str, kinds: Mapping[str, str]) -> None:
        slots = SLOT.findall(sample)
        if not slots:
            self._add_plain(sample)
        elif len(slots) == 1 and sample.endswith("}"):
            kind = kinds[slots[0]]
            before = SLOT.sub("", sample).strip()
            if before:
                for text in self._wordings(before):
                    self._root.after(self._pieces.encode(text)).slots.append(self._tail(kind))
            else:
                for phrase in self._types.get(kind, ()):
                    self._add_plain(phrase)

    def _add_plain(self, phrase: str) -> None:
        for text in self._wordings(phrase):
            for end in self._writing["ends"]:
                self._root.after(self._pieces.encode(text + end)).ends = True

    def _tail(self, kind: str) -> Node:
        """The phrases of a slot type, as the end of a sentence; one tree for all samples that end so."""
        if kind not in self._tails:
            tail = self._tails[kind] = Node()
            for phrase in self._types.get(kind, ()):
                for said in self._shortened(phrase):
                    tail.after(self._pieces.encode(self._capitals(said) + ".")).ends = True
        return self._tails[kind]

    def _wordings(self, phrase: str) -> Iterator[str]:
        """A phrase with capitals, short forms and commas, in every usual way."""
        for said in self._shortened(phrase):
            text = self._capitals(said)
            text = text[:1].upper() + text[1:]
            yield text
            first, _, rest = text.partition(" ")
            if rest and first.lower() in self._writing["comma_after"]:
                yield f"{first}, {rest}"
            start, _, last = text.rpartition(" ")
            if start and last in self._writing["comma_before"]:
                yield f"{start}, {last}"

    def _shortened(self, phrase: str) -> Iterator[str]:
        yield phrase
        short = f" {phrase} "
        for full, said in self._writing["short"].items():
            followed = "" if "n't" in said or said.endswith("not") else "x"
            if not (followed and short.rstrip().endswith(full)):  # nobody says "yes, it's"
                short = short.replace(f" {full} ", f" {said} ")
        if short.strip() != phrase:
            yield short.strip()

    def _capitals(self, phrase: str) -> str:
        capital = self._writing["capital"]
        return " ".join(word.capitalize() if word in capital else word for word in phrase.split())
