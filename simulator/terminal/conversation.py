"""A conversation in the terminal: lines in, what the skill says out, and commands to look behind it."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from simulator.device import deployed
from simulator.device.echo import Device, Exchange, SessionClosedError, SkillError
from simulator.device.replay import ReplayError, load_replay, save_replay
from simulator.device.replies import InvalidResponseError
from simulator.device.ssml import paced
from simulator.skill import Skill, here, refused_data
from simulator.terminal.paper import Paper
from simulator.understanding.resolve import Resolution
from simulator.understanding.samples import Match

HELP = """\
Type what you would say. An empty line is silence.
:why          what was understood, what else was considered, how the skill reads free words
:json         the last request and response
:state        what the session holds
:save FILE    keep what was said, for :replay and for `ask dialog -r FILE`
:replay FILE  start over and say what the file says
:help         this
:quit         leave"""


class Conversation:
    """Talks to one device. `failed`: the skill broke; `unsaid`: how many lines nobody listened to.

    What is saved is for the skill that was deployed with the ``profile`` of the ASK CLI. What the ``skill``
    hands in is shown, that of `here` unless another is given.
    """

    def __init__(
        self, device: Device, paper: Paper, profile: str | None = None, skill: Skill | None = None
    ) -> None:
        self._skill = skill or here()
        self._device = device
        self._paper = paper
        self._profile = profile
        self._lines: list[str] = []
        self._last = Exchange()
        self._heard: Resolution | None = None
        self._read: dict[str, Any] | None = None
        self.failed = False
        self.left = False
        self.unsaid = 0
        self._commands: dict[str, Callable[[str], None]] = {
            "why": self._why,
            "json": self._json,
            "state": self._state,
            "save": self._save,
            "replay": self._replay,
            "help": lambda _: paper.note(HELP),
            "quit": self._quit,
        }

    def open(self) -> None:
        """Launch the skill."""
        self._say(self._device.resolver.calling)

    def take(self, line: str) -> None:
        """One line of the user: a command, something said, or silence."""
        line = line.strip()
        if line.startswith(":") or line == ".quit":
            name, _, rest = line[1:].partition(" ")
            command = self._commands.get(name)
            if command:
                command(rest.strip())
            else:
                self._paper.error(f"there is no :{name}; :help lists what there is")
        else:
            self._say(self._device.resolver.typed(line))

    def close(self) -> None:
        """Leave quietly; the skill is told that the session is over."""
        self._guard(self._device.end)

    def _say(self, line: str) -> None:
        was_open = self._device.is_open
        turn = self._guard(lambda: self._device.say(line))
        if turn is None:
            return
        if line:
            self._lines.append(line)
        self._last = turn if turn.request or not was_open else self._last
        if turn.heard:
            reading = self._skill.hook("reading")
            self._heard, self._read = turn.heard, reading(turn.request) if reading else None
        self._show(turn)

    def _guard(self, act: Callable[[], Exchange]) -> Exchange | None:
        try:
            return act()
        except SessionClosedError as closed:
            self._paper.note(str(closed))
            self.unsaid += 1
        except SkillError as error:
            self.failed = True
            if not refused_data(error.__cause__):
                traceback.print_exception(error.__cause__)
            self._paper.error(f"the skill raised {error}")
            self._paper.error("on a device: there was a problem with the requested skill's response")
        except InvalidResponseError as error:
            self.failed = True
            self._paper.error(f"Alexa would refuse this response: {error}")
        return None

    def _show(self, turn: Exchange) -> None:
        if turn.speech:
            self._paper.said("skill", paced(turn.speech))
        if turn.card:
            self._paper.note(f"[card: {turn.card.get('title') or turn.card.get('type')}]")
        if turn.ended:
            self._paper.note(f'[session over; "{self._device.resolver.calling}" starts another]')
        else:
            self._paper.note("[listening]" if turn.listening else "[session open, microphone off]")

    def _why(self, _: str) -> None:
        if self._heard is None:
            self._paper.note("nothing has been said yet")
            return
        heard, lines = self._heard, self._skill.hook("lines")
        self._paper.note(f'"{heard.utterance}"')
        none = "no match"
        for match in (Match(heard.intent, heard.score, heard.slots), *heard.candidates):
            slots = "; ".join(
                f"{name} = {', '.join(f'{value.id or none} ({value.value})' for value in values)}"
                for name, values in match.slots.items()
            )
            self._paper.note(f"{match.score:4.2f}  {match.intent}  {slots}".rstrip())
        for line in lines(self._read) if self._read and lines else ():
            self._paper.note(line)

    def _json(self, _: str) -> None:
        request, response = self._device.last_exchange
        self._paper.data({"request": request, "response": response})

    def _state(self, _: str) -> None:
        lines = self._skill.hook("state")
        if lines is None:
            self._paper.data(dict(self._last.attributes))
            return
        for line in lines(self._last.attributes):
            self._paper.note(line)

    def _save(self, name: str) -> None:
        if not name:
            self._paper.error(":save needs the name of a file")
            return
        target = deployed.target(self._skill.root, self._profile)
        try:
            count = save_replay(Path(name).expanduser(), target.written, self._device.locale, self._lines)
        except OSError as error:
            self._paper.error(f"cannot save: {error}")
            return
        self._paper.note(
            f"{count} lines saved to {name}; the deployed skill hears them by `ask dialog -r {name}`"
        )
        if target.lack:
            self._paper.note(f"before that: {target.lack}")

    def _replay(self, name: str) -> None:
        try:
            replay = load_replay(Path(name).expanduser())
        except (OSError, ReplayError) as error:
            self._paper.error(f"cannot replay: {error}")
            return
        self._guard(self._device.end)
        self._lines.clear()
        for line in replay.lines:
            self._paper.said("you", line)
            self._say(line)

    def _quit(self, _: str) -> None:
        self.left = True
