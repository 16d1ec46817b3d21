// How long a device waits for an answer. The wait can be paused, and stands still while somebody is answering.

const STEP = 100; // milliseconds

export class Silence {
  #left = 0;
  #timer = null;
  #holds = new Set();

  /** `shown` is told the seconds left and their share of the whole, `ended` that nobody answered. */
  constructor(seconds, { shown, ended }) {
    Object.assign(this, { seconds, shown, ended });
  }

  start() {
    this.stop();
    this.#left = this.seconds * 1000;
    this.#show();
    let before = performance.now();
    this.#timer = setInterval(() => {
      const now = performance.now();
      if (!this.#holds.size) this.#left -= now - before;
      before = now;
      this.#show();
      if (this.#left <= 0) {
        this.stop();
        this.ended();
      }
    }, STEP);
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Holds the wait for a reason, or lets go of that reason. */
  hold(reason, on) {
    if (on) this.#holds.add(reason);
    else this.#holds.delete(reason);
  }

  #show() {
    this.shown(Math.max(0, Math.ceil(this.#left / 1000)), Math.max(0, this.#left / (this.seconds * 1000)));
  }
}
