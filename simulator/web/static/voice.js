// Speaks replies with the browser's own voice, where it has one, with the pauses that the reply asks for.

const SLOWEST = 250; // milliseconds a character may take before a voice that says nothing is given up

export class Voice {
  #turn = 0;
  #done = null;

  constructor(changed) {
    this.on = true;
    if (!("speechSynthesis" in globalThis)) return;
    speechSynthesis.addEventListener("voiceschanged", changed);
  }

  /** Whether there is anything to speak with; some browsers learn of their voices late. */
  get exists() {
    return "speechSynthesis" in globalThis && speechSynthesis.getVoices().length > 0;
  }

  /** Speaks; resolves to whether it came to the end and was not interrupted. */
  async speak(beats, locale) {
    this.hush();
    const turn = ++this.#turn;
    for (const beat of this.on && this.exists ? beats : []) {
      await (typeof beat === "number" ? this.#rest(beat * 1000) : this.#words(beat, locale));
      if (turn !== this.#turn) return false;
    }
    return turn === this.#turn;
  }

  /** Stops at once. */
  hush() {
    this.#turn += 1;
    if ("speechSynthesis" in globalThis) speechSynthesis.cancel();
    this.#done?.();
  }

  #rest(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#done = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #words(words, locale) {
    const spoken = new SpeechSynthesisUtterance(words);
    spoken.lang = locale;
    const voices = speechSynthesis.getVoices();
    const language = locale.split("-")[0];
    spoken.voice =
      voices.find((voice) => voice.lang.replace("_", "-") === locale) ??
      voices.find((voice) => voice.lang.startsWith(language)) ??
      null;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, 3000 + words.length * SLOWEST);
      this.#done = () => {
        clearTimeout(timer);
        resolve();
      };
      spoken.onend = spoken.onerror = this.#done;
      speechSynthesis.speak(spoken);
    });
  }
}
