"""An Echo for tests: it does what a person does; what was said is told where something is not as expected."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from simulator.device.echo import NOTHING, Device, Exchange, SessionClosedError, SkillError
from simulator.device.replies import InvalidResponseError
from simulator.skill import Skill
from simulator.testing.expectations import Own, problems, unknown
from simulator.web.devices import Kind, kinds

LAUNCH, SILENCE = "LAUNCH", "SILENCE"
"""Names, in a file of turns, for what is done instead of something said."""
_WIDTH = 100


class UnmetError(AssertionError):
    """Something was not as expected; the message holds the transcript and what differs."""


class Said:
    """One thing that was done, and what came of it, in `turn`."""

    def __init__(self, echo: Echo, turn: Exchange) -> None:
        self._echo = echo
        self.turn = turn

    @property
    def text(self) -> str:
        """The words of the reply."""
        return self.turn.text

    @property
    def attributes(self) -> Mapping[str, Any]:
        """The session attributes after it."""
        return self.turn.attributes

    def expects(self, **expected: Any) -> Said:  # noqa: ANN401 - each expectation has values of its own
        """Hold the reply to expectations: those of `expectations.problems`, and the skill's own.

        Raises `UnmetError` with the transcript and what differs, ``TypeError`` for an unknown expectation.
        Returns itself.
        """
        own = self._echo.own
        if wrong := unknown(expected, own):
            raise TypeError(f"nothing checks {', '.join(wrong)}")
        if found := problems(expected, self.turn, own, self._echo.device.locale):
            raise UnmetError(self._echo.told(found))
        return self


class Echo:
    """One Echo with one skill. `kind` names a device of ``devices.toml``, such as ``speaker`` or ``medium``.

    Every method that does something raises `UnmetError` where the skill raises, answers what Alexa would
    refuse, or does not listen.
    """

    def __init__(
        self,
        skill: Skill,
        locale: str = "en-US",
        kind: str = "speaker",
        *,
        handler: Any = None,  # noqa: ANN401 - a handler, of the skill's own kind
        interfaces: Mapping[str, Any] = NOTHING,
    ) -> None:
        """Raises ``LookupError`` for a locale that has no model, or a device that there is not."""
        if kind not in kinds():
            raise LookupError(f"no device {kind!r} (there are: {', '.join(kinds())})")
        shape: Kind = kinds()[kind]
        self.skill = skill
        self.own: Own | None = skill.hook("expectations")
        self.device = Device(
            handler or skill.handler,
            locale,
            resolver=skill.resolver(locale),
            interfaces=interfaces or shape.interfaces,
            context=shape.context,
        )
        self._done: list[tuple[str, Exchange]] = []

    def open(self) -> Said:
        """Open the skill by its name."""
        return self.act(LAUNCH)

    def say(self, words: str) -> Said:
        """Say something."""
        return self.act(words)

    def silent(self) -> Said:
        """Say nothing: the reprompt is spoken once, after that the session ends."""
        return self.act(SILENCE)

    def touch(self, *arguments: object) -> Said:
        """Touch what sends these arguments on the display."""
        return self._do(f"(touches {', '.join(map(str, arguments))})", lambda: self.device.touch(arguments))

    def act(self, user: str) -> Said:
        """Do what a file of turns calls by this: ``LAUNCH``, ``SILENCE`` or words that are said."""
        return self._do(user, lambda: act(self.device, user))

    def _do(self, user: str, done: Callable[[], Exchange]) -> Said:
        try:
            turn = done()
        except SessionClosedError as closed:
            self._done.append((user, Exchange(ended=True)))
            raise UnmetError(self.told([f"nobody listens: {closed}"])) from closed
        except (SkillError, InvalidResponseError) as error:
            self._done.append((user, Exchange(ended=True)))
            kind = (
                "the skill raised" if isinstance(error, SkillError) else "Alexa would refuse this response:"
            )
            raise UnmetError(self.told([f"{kind} {error}"])) from error
        self._done.append((user, turn))
        return Said(self, turn)

    @property
    def transcript(self) -> str:
        """The conversation so far, a line or more for each that speaks."""
        return "\n".join(self._lines())

    def told(self, found: list[str]) -> str:
        """The transcript, and below it what is wrong with its last turn."""
        wrong = [f"  !    {line}" for each in found for line in each.splitlines()]
        return "\n".join([f"turn {len(self._done)} is not as expected", *self._lines(), *wrong])

    def _lines(self) -> Iterator[str]:
        for number, (user, turn) in enumerate(self._done, 1):
            heard = f"  ({turn.heard.intent})" if turn.heard else ""
            yield f"{number:3}  you:   {user}{heard}"
            over = " [over]" if turn.ended else "" if turn.listening else " [not listening]"
            text = (turn.text or "(says nothing)") + over
            yield from textwrap.wrap(text, _WIDTH, initial_indent="     skill: ", subsequent_indent=" " * 12)


def act(device: Device, user: str) -> Exchange:
    """Do to a device what a file of turns calls by this; raises what the device raises."""
    if user == LAUNCH:
        return device.launch()
    return device.silence() if user == SILENCE else device.say(user)
