// What was said, in order. Every reply leads to what is behind it.

import { make } from "./dom.js";

const MARKS = { touch: "touched", silence: "silent" };

export class Log {
  constructor(list, inspect) {
    Object.assign(this, { list, inspect });
    new ResizeObserver(() => this.#toEnd()).observe(list);
  }

  you(words, how) {
    const mark = MARKS[how] ? make("small", {}, ` ${MARKS[how]}`) : null;
    this.#add("you", make("span", { class: "who" }, "You"), make("p", {}, words || "…", mark));
  }

  skill(turn, number) {
    const behind = make("button", { type: "button", class: "behind", "aria-pressed": "false" }, `Turn ${number}`);
    behind.addEventListener("click", () => this.inspect(number));
    behind.dataset.turn = number;
    const card = turn.card
      ? make("p", { class: "card" }, make("strong", {}, turn.card.title ?? "Card"), " ", turn.card.content ?? turn.card.text ?? "")
      : null;
    this.#add("skill", make("span", { class: "who" }, "Guide"), make("p", {}, turn.text || "(says nothing)"), card, behind);
  }

  note(text, wrong = false) {
    this.#add(wrong ? "note wrong" : "note", make("p", {}, text));
  }

  mark(number) {
    for (const button of this.list.querySelectorAll(".behind")) {
      button.setAttribute("aria-pressed", String(button.dataset.turn === String(number)));
    }
  }

  clear() {
    this.list.replaceChildren();
  }

  #add(kind, ...parts) {
    this.list.append(make("div", { class: kind }, ...parts.filter(Boolean)));
    this.#toEnd();
  }

  #toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
  }
}
