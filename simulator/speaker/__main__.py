"""A smart speaker on this machine: hear the skill and answer it by voice, without a network."""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from secrets import randbits

from simulator.files import BrokenFileError

HEARD = "en-"
"""How the locales begin whose language the recogniser hears."""
OFFER = "`make talk` holds the same conversation in the terminal."

INTERRUPT = "With a headset (HEADSET=1), or with what docs/speaker.md says, you may interrupt it."


def main(argv: Sequence[str] | None = None) -> int:
    """Run the speaker; 0 when the person leaves, 1 if the skill broke, 2 where the machine cannot do it."""
    try:
        from simulator.skill import here  # noqa: PLC0415 - what is missing is said in one sentence
        from simulator.speaker.house import build, deaf  # noqa: PLC0415
        from simulator.speaker.sound import NoSoundError, SoundCard  # noqa: PLC0415
    except ImportError as missing:
        return _cannot(
            f"The packages for speech are not installed ({missing.name}); `make speak` installs them."
        )
    given = _parser([each for each in here().locales if each.startswith(HEARD)]).parse_args(argv)
    try:
        with SoundCard(cancelling=not given.headset) as card:
            print("Getting ready ...", file=sys.stderr)
            if not given.headset:
                print(_echo(card.canceller and card.canceller.name), file=sys.stderr)
            speaker = build(
                card,
                given.locale,
                given.voice,
                deaf=deaf(card, headset=given.headset),
                clock=lambda: datetime.now(UTC),
                seed=randbits(64),
            )
            speaker.run()
    except NoSoundError as problem:
        return _cannot(f"This machine cannot listen and speak: {problem}.")
    except BrokenFileError as broken:
        return _cannot(f"{broken}.")
    except LookupError as unknown:
        return _cannot(f"{unknown.args[0]}.")
    except KeyboardInterrupt:
        print()
    except Exception:  # noqa: BLE001 - whatever broke, the person is told in words, and what it was
        traceback.print_exc()
        print("There was a problem with the skill's response.", file=sys.stderr)
        return 1
    return 0


def _echo(canceller: str | None) -> str:
    if canceller:
        return f"Its voice is taken out of what it hears: {canceller}."
    return f"No echo cancellation: while it speaks, it listens only in its pauses. {INTERRUPT}"


def _cannot(why: str) -> int:
    print(why, OFFER, file=sys.stderr)
    return 2


def _parser(locales: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m simulator.speaker", description=__doc__)
    parser.add_argument(
        "--locale",
        default="en-US",
        choices=locales,
        help="(default: en-US)",
    )
    parser.add_argument(
        "--voice",
        help="kokoro, the most like a person, or one of its speakers, such as bm_george; joe, an American; "
        "or pico, the quickest (default: kokoro where the machine is fast enough, else pico)",
    )
    parser.add_argument(
        "--headset", action="store_true", help="listen while it speaks; needs a headset or echo cancellation"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
