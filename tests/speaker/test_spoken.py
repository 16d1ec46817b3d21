from __future__ import annotations

import pytest

from simulator.device.ssml import SsmlError
from simulator.speaker.spoken import Words, parts


@pytest.mark.parametrize(
    ("ssml", "said"),
    [
        ("<speak>One.</speak>", [Words("One.")]),
        ("<speak>Hold. Breathe.</speak>", [Words("Hold."), 0.3, Words("Breathe.")]),
        ('<speak>One.<break time="600ms"/> Two.</speak>', [Words("One."), 0.6, Words("Two.")]),
        (
            '<speak>Call <say-as interpret-as="digits">911</say-as> now.</speak>',
            [Words("Call, 9, 1, 1, now.")],
        ),
        (
            '<speak>Or <say-as interpret-as="digits">999</say-as>. And 16, please</speak>',
            [Words("Or, 9, 9, 9."), 0.3, Words("And 16, please")],
        ),
        (
            '<speak><prosody rate="80%">Slow <emphasis>down</emphasis>.</prosody></speak>',
            [Words("Slow down.", 0.8)],
        ),
        ('<speak><sub alias="emergency room">ER</sub></speak>', [Words("emergency room")]),
        ("<speak/>", []),
    ],
)
def test_words_and_silences(ssml: str, said: list[object]) -> None:
    assert list(parts(ssml)) == said


def test_broken_speech_is_refused() -> None:
    with pytest.raises(SsmlError):
        list(parts("<speak>One"))
