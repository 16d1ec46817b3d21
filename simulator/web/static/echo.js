// The device itself: a speaker with a ring of light, or a display with a bar of it.

import { draw } from "./apl/draw.js";
import { make } from "./dom.js";

const RENDER = "Alexa.Presentation.APL.RenderDocument";
export const STATES = {
  loading: "Loading",
  closed: "Microphone closed",
  thinking: "Thinking",
  speaking: "Speaking",
  listening: "Listening",
};

export class Echo {
  #kind = null;
  #resized = new ResizeObserver(() => this.#fit());

  constructor(body, touch) {
    Object.assign(this, { body, touch });
    this.#resized.observe(body);
  }

  /** Becomes another kind of device. */
  become(kind) {
    this.#kind = kind;
    this.body.dataset.kind = kind.id;
    this.body.dataset.shape = kind.shows ? kind.shape : "speaker";
    this.rest();
  }

  set state(state) {
    this.body.dataset.state = state;
  }

  /** Shows nothing of the skill. */
  rest() {
    if (this.#kind.shows) {
      const idle = make("div", { class: "apl idle" }, make("span", {}, "Nothing is shown"));
      idle.style.width = `${this.#kind.width}px`;
      idle.style.height = `${this.#kind.height}px`;
      this.#put(idle, []);
    } else {
      this.body.replaceChildren(make("div", { class: "speaker" }, make("span", { class: "ring" })));
    }
  }

  /** Does what a reply asks of the display; what cannot be done is said. */
  follow(directives) {
    for (const directive of directives) {
      if (directive.type !== RENDER) {
        this.#tell([`${directive.type}: this directive is not known`]);
      } else if (!this.#kind.shows) {
        this.#tell(["a display was sent a document, and this device has none"]);
      } else {
        const { screen, problems } = draw(directive, this.#kind, this.touch);
        this.#put(screen, problems);
      }
    }
  }

  #put(screen, problems) {
    const glass = make("div", { class: "glass" }, screen);
    this.body.replaceChildren(glass, make("span", { class: "light" }));
    this.#tell(problems);
    this.#fit();
  }

  #tell(problems) {
    if (!problems.length) return;
    const items = problems.map((problem) => make("li", {}, problem));
    this.body.append(
      make("div", { class: "problem", role: "alert" }, make("strong", {}, "Not drawn as sent"), make("ul", {}, ...items)),
    );
  }

  #fit() {
    const glass = this.body.querySelector(".glass");
    if (!glass || !this.#kind) return;
    const room = parseFloat(getComputedStyle(glass).maxHeight) || Infinity;
    const scale = Math.min(1, this.body.clientWidth / this.#kind.width, room / this.#kind.height);
    glass.style.width = `${this.#kind.width * scale}px`;
    glass.style.height = `${this.#kind.height * scale}px`;
    glass.firstElementChild.style.transform = `scale(${scale})`;
  }
}
