"""The loop of a smart speaker: wait to be called, speak, listen, and again."""

from __future__ import annotations

import re
from contextlib import closing
from functools import partial
from typing import Protocol
from xml.sax.saxutils import escape

import numpy as np

from simulator.device.echo import Device, Exchange, SessionClosedError
from simulator.speaker.calling import Calling
from simulator.speaker.doubt import END, WORDS, Understood
from simulator.speaker.ears import Ears
from simulator.speaker.endpoint import SECONDS
from simulator.speaker.mouth import Mouth
from simulator.speaker.settings import Settings
from simulator.speaker.sound import AHEAD, SILENCE, Sound
from simulator.speaker.thinking import Thinking
from simulator.speaker.wake import WORD
from simulator.terminal.paper import Paper
from simulator.understanding.resolve import ENDING, FALLBACK, YES

TAIL = 0.3
ALWAYS = float("inf")
NOT_TAKEN = "not taken"
REPEAT = "AMAZON.RepeatIntent"


class Keys(Protocol):
    """The keyboard beside the speaker."""

    def line(self) -> str | None:
        """A line that was typed since the last look; None where none was."""
        ...

    @property
    def closed(self) -> bool:
        """Tell whether nothing will be typed any more and the person wants to leave."""
        ...


class Speaker:
    """One speaker on somebody's table.

    `deaf`: for so many seconds of its voice it only listens in its own pauses, since it would hear itself:
    none with a headset, those in which an echo canceller learns the room, or all.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - the parts of a speaker
        self,
        device: Device,
        ears: Ears,
        mouth: Mouth,
        sound: Sound,
        keys: Keys,
        paper: Paper,
        settings: Settings,
        *,
        deaf: float = ALWAYS,
    ) -> None:
        self._device, self._ears, self._mouth = device, ears, mouth
        self._sound, self._keys, self._paper = sound, keys, paper
        self._settings, self._deaf = settings, deaf
        self._may_hear_itself = 0 < deaf < ALWAYS
        self._thinking = Thinking(settings.turn)
        self._calling = Calling(ears, self._thinking, settings.wake)
        self._asked = False
        self._audible = 0.0
        self._doubtful: Understood | None = None

    def run(self) -> None:
        """Serve until the keyboard is closed."""
        name = self._device.resolver.model.invocation
        into = "Enter makes it listen" if self._deaf == ALWAYS else "you may talk, or press Enter"
        self._paper.note(f'Press Enter, or say "{WORD}" or "open {name}". While it speaks, {into}.')
        with closing(self._mouth), self._thinking:
            while not self._keys.closed:
                call = self._called()
                if call is not None:
                    self._converse(self._open(call))
            self._device.end()

    def _open(self, call: str) -> Exchange:
        return self._device.say(call) if call.strip() else self._device.launch()

    def _converse(self, turn: Exchange) -> None:
        """Speak and listen in turns until the skill no longer listens."""
        while True:
            asking, offer = turn.attributes.get("asking"), turn.attributes.get("offer")
            self._asked = bool(asking) or offer in self._settings.names.asked_offers
            heard = self._say(turn)
            if heard is None and self._device.is_listening:
                heard = self._listen()
            if heard is None or self._keys.closed:
                return
            turn = self._take(heard)

    def _take(self, heard: str | Understood) -> Exchange:
        """Act on what was typed or heard; what is in doubt is asked about or passed on as not understood."""
        if isinstance(heard, Understood):
            self._show(heard)
            if heard.about:
                return self._confirmed(heard)
            return self._device.intent(FALLBACK) if heard.doubt else self._told(heard.words)
        if not heard.strip():
            self._paper.said("you", "(silence)")
        try:
            return self._device.say(self._device.resolver.typed(heard))
        except SessionClosedError as closed:
            self._paper.note(str(closed))
            return Exchange(ended=True)

    def _show(self, heard: Understood) -> None:
        self._paper.said("you", heard.words + (f"  ({heard.doubt}: {NOT_TAKEN})" if heard.doubt else ""))

    def _told(self, words: str) -> Exchange:
        """Tell the skill; whoever talks into its last words has it opened again and told them."""
        try:
            return self._device.say(words)
        except SessionClosedError:
            self._device.launch()
            return self._device.say(words)

    def _confirmed(self, doubtful: Understood) -> Exchange:
        """Ask whether that was said: a yes makes it so, and a stop that is said again, however doubtful.

        Any other answer counts for nothing.
        """
        question = self._settings.answers.question(doubtful.about, doubtful.words)
        self._doubtful = doubtful
        asking = Exchange(speech=f"<speak>{escape(question)}</speak>", text=question)
        heard = self._say(asking) or self._listen()
        self._doubtful = None
        if heard is None:
            return Exchange(ended=True)
        if isinstance(heard, Understood):
            meant, doubt = heard.intent, heard.doubt
        else:
            meant, doubt = self._device.resolver.resolve(self._device.resolver.typed(heard)).intent, ""
        if not doubt and meant not in self._device.resolver.answers:
            return self._take(heard)
        if isinstance(heard, Understood):
            self._show(heard)
        ends = doubtful.about == END
        if (meant == YES and not doubt) or (ends and meant in ENDING):
            return self._device.say(doubtful.words)
        return self._device.intent(REPEAT if ends and not doubt else FALLBACK)

    def _called(self) -> str | None:
        """Wait for Enter, a typed line, the word that wakes it or the skill's name."""
        self._calling.reset()
        self._sound.rest()
        self._audible = 0.0
        while not self._keys.closed:
            typed = self._keys.line()
            if typed is not None:
                return typed
            self._mouth.idle()
            call = self._calling.take(self._sound.exchange(SILENCE))
            if call is not None:
                self._sound.rest()
                self._paper.said("you", call or f"{WORD}.")
                return call
        return None

    def _say(self, turn: Exchange) -> str | Understood | None:
        """Speak a reply; what interrupted it and may be acted on, if anything did."""
        if not turn.speech:
            return None
        self._paper.said("skill", turn.text)
        begin_anew = partial(self._thinking.reset, whispers=False, audible=self._audible)
        begin_anew()
        silent = 0.0
        for block in self._mouth.blocks(turn.speech):
            silent = 0.0 if block.any() else silent + SECONDS
            self._deaf -= SECONDS * bool(block.any())
            recorded = self._sound.exchange(block)
            typed = self._keys.line()
            if typed is not None:
                return typed or self._listen()
            if self._deaf > 0 and silent < self._settings.turn.settles + AHEAD * SECONDS:
                begin_anew()
                continue
            heard = self._hear_out(recorded)
            if not heard or heard.intent in self._settings.names.not_while_speaking:
                continue
            meant = self._half_heard(heard) if heard.doubt else heard
            if meant:
                return self._listen() if self._is_its_own(meant.words, turn.text) else meant
        return None

    def _half_heard(self, heard: Understood) -> Understood | None:
        """The meaning of a wording in doubt while it speaks; None where it goes on speaking.

        Half of a short word is lost in its voice. What harms nothing is done; a stop or a sign is asked
        about. Where a canceller may have left something like a sign, only one that it knows by name is.
        """
        if heard.intent in self._settings.names.harmless:
            return heard._replace(doubt="")
        if heard.intent in ENDING:
            return heard._replace(about=END)
        meanings = self._ears.meanings
        known = not self._may_hear_itself or meanings.names_sign(meanings.of(heard.words))
        return heard if heard.about == WORDS and known else None

    def _is_its_own(self, words: str, saying: str) -> bool:
        """Tell whether a canceller may have left that of its voice: then it must be said again."""
        heard, said = (set(re.findall(r"[\w']+", text.lower())) for text in (words, saying))
        return self._may_hear_itself and heard <= said

    def _hear_out(self, recorded: np.ndarray) -> Understood | None:
        """Whoever begins to speak now is listened to until they have ended."""
        understand = partial(self._ears.understand, asked=self._asked, doubtful=self._doubtful)
        heard = self._thinking.take(recorded, understand)
        while self._thinking.speaking:
            heard = self._thinking.take(self._sound.exchange(SILENCE), understand)
        if heard is not None:
            self._sound.rest()
        return heard

    def _listen(self) -> str | Understood | None:
        """Wait for an answer; the empty line is a silence of eight seconds. None where somebody leaves."""
        for _ in range(round(TAIL / SECONDS)):
            self._sound.exchange(SILENCE)
        self._thinking.reset()
        self._paper.note("(listening)")
        waited = 0.0
        while waited < self._settings.turn.patience and not self._keys.closed:
            typed = self._keys.line()
            if typed:
                return typed
            heard = self._hear_out(self._sound.exchange(SILENCE))
            if heard and heard.words:
                if self._may_hear_itself and not heard.doubt:
                    self._audible = self._thinking.power * 10 ** (-self._settings.turn.leftover / 10)
                return heard
            waited += SECONDS
        return None if self._keys.closed else ""
