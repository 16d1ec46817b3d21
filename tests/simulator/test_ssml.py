from __future__ import annotations

import pytest

from simulator.device.ssml import SsmlError, beats, paced, plain


@pytest.mark.parametrize(
    ("ssml", "words"),
    [
        ("<speak>Call  911\n now.</speak>", "Call 911 now."),
        ("<speak>Salt &amp; water</speak>", "Salt & water"),
        ('<speak>One<break time="300ms"/>two</speak>', "One two"),
        ('<speak><prosody rate="slow">Slow <emphasis>down</emphasis></prosody>.</speak>', "Slow down."),
        ('<speak><say-as interpret-as="digits">999</say-as></speak>', "999"),
        ('<speak><sub alias="accident and emergency">A&amp;E</sub></speak>', "accident and emergency"),
        ('<speak><amazon:emotion name="excited">Good</amazon:emotion></speak>', "Good"),
        ("<speak><p>First.</p><p>Second.</p></speak>", "First. Second."),
        ('<speak><audio src="https://example.com/a.mp3"/> Hi</speak>', "[sound] Hi"),
        ("<speak/>", ""),
    ],
)
def test_plain_words(ssml: str, words: str) -> None:
    assert plain(ssml) == words


@pytest.mark.parametrize(
    ("ssml", "text"),
    [
        ('<speak>One<break time="300ms"/>two</speak>', "One two"),
        ('<speak>One.<break time="500ms"/>Two.</speak>', "One. … Two."),
        ('<speak>One.<break time="500ms"/><break time="500ms"/>Two.</speak>', "One. … Two."),
        ('<speak>One.<break time="1.5s"/>Two.</speak>', "One.\nTwo."),
        ('<speak>One.<break strength="x-strong"/>Two.</speak>', "One.\nTwo."),
        ("<speak>One.<break/>Two.</speak>", "One. … Two."),
        ("<speak><p>One.</p><p>Two.</p></speak>", "One.\nTwo."),
        ('<speak>One.<break time="500ms"/></speak>', "One."),
    ],
)
def test_pauses_can_be_seen(ssml: str, text: str) -> None:
    assert paced(ssml) == text


@pytest.mark.parametrize(
    ("ssml", "reason"),
    [
        ("<speak>a < b</speak>", "no XML"),
        ("<speak>open", "no XML"),
        ("Hello", "no XML"),
        ("<p>Hello</p>", "inside <speak>"),
    ],
)
def test_broken_speech_is_refused(ssml: str, reason: str) -> None:
    with pytest.raises(SsmlError, match=reason):
        plain(ssml)


def test_pause_that_is_no_duration_is_refused() -> None:
    with pytest.raises(SsmlError, match="'soon' is no duration"):
        paced('<speak>a<break time="soon"/>b</speak>')


@pytest.mark.parametrize(
    ("ssml", "expected"),
    [
        ("<speak>Hello there.</speak>", ["Hello there."]),
        ("<speak><p>One.</p> <p>Two.</p></speak>", ["One. Two."]),
        ('<speak>Hold. <break time="5s"/> One<break time="500ms"/></speak>', ["Hold.", 5.0, "One", 0.5]),
        (
            '<speak><break strength="strong"/>A <say-as interpret-as="digits">911</say-as></speak>',
            [0.7, "A 911"],
        ),
        ("<speak></speak>", []),
    ],
)
def test_a_voice_is_given_words_and_silences(ssml: str, expected: list[str | float]) -> None:
    assert beats(ssml) == expected
