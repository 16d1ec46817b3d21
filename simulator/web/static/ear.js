// Listens with the browser's own speech recognition, where it has one.

const Recognition = globalThis.SpeechRecognition ?? globalThis.webkitSpeechRecognition;

export const NOTE = Recognition
  ? "“Speak” may send your voice to the maker of your browser."
  : "This browser understands no speech. Type or touch instead.";

export class Ear {
  #recognition = null;

  /** `changed` is told whether it listens, `heard` the words, `failed` why there are none. */
  constructor({ changed, heard, failed }) {
    Object.assign(this, { changed, heard, failed });
  }

  get exists() {
    return Boolean(Recognition);
  }

  /** Begins to listen, or stops where it does. */
  toggle(locale) {
    if (this.#recognition) {
      this.#recognition.stop();
      return;
    }
    const recognition = new Recognition();
    recognition.lang = locale;
    recognition.onresult = (event) => this.heard(event.results[0][0].transcript);
    recognition.onerror = (event) => {
      if (event.error !== "aborted" && event.error !== "no-speech") this.failed(event.error);
    };
    recognition.onend = () => {
      this.#recognition = null;
      this.changed(false);
    };
    this.#recognition = recognition;
    this.changed(true);
    try {
      recognition.start();
    } catch (error) {
      recognition.onend();
      this.failed(error.message);
    }
  }

  stop() {
    this.#recognition?.abort();
  }
}
