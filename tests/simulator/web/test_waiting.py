"""The light, the voice, the microphone, and how long the device waits."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.simulator.web.pages import Bench

# A browser's voice: it takes what is to be said, and has said it when the test says so.
VOICE = """
  globalThis.spoken = [];
  const voice = {
    addEventListener() {}, cancel() {}, getVoices: () => [{ lang: "en-US", name: "test" }],
    speak: (words) => globalThis.spoken.push(words),
  };
  Object.defineProperty(globalThis, "speechSynthesis", { value: voice });
  globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
DONE = "() => globalThis.spoken.at(-1).onend()"
# A browser's ear: it hears what the test says.
EAR = """
  globalThis.SpeechRecognition = class {
    start() { globalThis.ear = this; }
    stop() { this.onend(); }
    abort() { this.onend(); }
  };
"""
HEAR = "(words) => { ear.onresult({ results: [[{ transcript: words }]] }); ear.onend(); }"


def test_silence_gets_the_reprompt_once_and_then_ends_the_session(bench: Bench, hasty_address: str) -> None:
    bench.come(hasty_address)
    bench.open()
    expect(bench.page.locator("#log .skill").nth(1)).to_contain_text("Shall we start?")
    expect(bench.page.locator("#log .note").last).to_have_text("The session is over.")
    assert '"reason": "EXCEEDED_MAX_REPROMPTS"' in bench.json("request")
    assert bench.page.locator("#log .skill").count() == 2


def test_the_wait_can_be_paused_and_stands_still_while_somebody_types(
    bench: Bench, hasty_address: str
) -> None:
    bench.come(hasty_address)
    bench.page.click("#hold")
    expect(bench.page.locator("#hold")).to_have_attribute("aria-pressed", "true")
    bench.open()
    bench.page.wait_for_timeout(2500)
    assert (bench.page.locator("#log .skill").count(), bench.state) == (1, "listening")
    bench.page.locator("#words").press_sequentially("no, I")
    bench.page.click("#hold")
    bench.page.wait_for_timeout(2500)
    assert (bench.page.locator("#log .skill").count(), bench.state) == (1, "listening")
    bench.page.fill("#words", "")
    expect(bench.page.locator("#log .skill")).to_have_count(2)


def test_saying_nothing_is_a_button_too(bench: Bench) -> None:
    expect(bench.page.locator("#silent")).to_be_disabled()
    bench.open()
    bench.page.click("#silent")
    expect(bench.page.locator("#log .skill")).to_have_count(2)
    bench.page.click("#silent")
    expect(bench.page.locator("#echo")).to_have_attribute("data-state", "closed")


def test_a_browser_without_a_voice_says_so(bench: Bench) -> None:
    expect(bench.page.locator("#voice")).to_have_text("No voice here")
    expect(bench.page.locator("#voice")).to_be_disabled()


def test_replies_are_spoken_before_the_microphone_opens(bench: Bench, address: str) -> None:
    bench.page.add_init_script(VOICE)
    bench.come(address)
    echo = bench.page.locator("#echo")
    bench.page.click("#open")
    expect(echo).to_have_attribute("data-state", "speaking")
    assert "Leg Cramp Guide" in bench.page.evaluate("() => spoken[0].text")
    assert bench.page.evaluate("() => spoken[0].lang") == "en-US"
    bench.page.evaluate(DONE)
    expect(echo).to_have_attribute("data-state", "listening")


def test_speaking_stops_when_the_voice_is_switched_off_or_the_user_answers(
    bench: Bench, address: str
) -> None:
    bench.page.add_init_script(VOICE)
    bench.come(address)
    echo = bench.page.locator("#echo")
    bench.page.click("#open")
    expect(echo).to_have_attribute("data-state", "speaking")
    bench.page.fill("#words", "yes")
    bench.page.keyboard.press("Enter")
    expect(bench.page.locator("#log .skill")).to_have_count(2)
    expect(echo).to_have_attribute("data-state", "speaking")
    bench.page.click("#voice")
    expect(bench.page.locator("#voice")).to_have_text("Voice off")
    expect(echo).to_have_attribute("data-state", "listening")
    bench.say("no")
    assert bench.page.evaluate("() => spoken.length") == 2


def test_a_count_is_spoken_at_its_pace(bench: Bench, address: str) -> None:
    bench.page.add_init_script(
        VOICE.replace(
            "globalThis.spoken.push(words)", "{ spoken.push(words); queueMicrotask(() => words.onend()); }"
        )
    )
    bench.come(address)
    bench.page.click("#open")
    expect(bench.page.locator("#echo")).to_have_attribute("data-state", "listening")
    began = bench.page.evaluate("() => performance.now()")
    bench.page.fill("#words", "my calf is cramping right now")
    bench.page.keyboard.press("Enter")
    bench.page.wait_for_function("() => spoken.some(({ text }) => /^Five/.test(text))")
    assert bench.page.evaluate("() => performance.now()") - began > 3000


def test_what_the_microphone_hears_is_said(bench: Bench, address: str) -> None:
    bench.page.add_init_script(EAR)
    bench.come(address)
    bench.open()
    bench.page.click("#ear")
    expect(bench.page.locator("#ear")).to_have_attribute("aria-pressed", "true")
    bench.page.evaluate(HEAR, "yes")
    expect(bench.page.locator("#log .skill")).to_have_count(2)
    expect(bench.page.locator("#ear")).to_have_attribute("aria-pressed", "false")
    assert bench.stands("asking") == "chest_or_breathing"


def test_a_browser_without_an_ear_says_so(bench: Bench, address: str) -> None:
    bench.page.add_init_script(
        "delete globalThis.webkitSpeechRecognition; delete globalThis.SpeechRecognition;"
    )
    bench.come(address)
    expect(bench.page.locator("#ear")).to_be_hidden()
    expect(bench.page.locator("#ear-note")).to_contain_text("understands no speech")
