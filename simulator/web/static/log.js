// What was said, in order. Every reply leads to what is behind it.

import { make } from "./dom.js";

const MARKS = { touch: "touched", silence: "silent" };
const ABOVE = 12; // pixels between the newest exchange and the upper edge
const SHORT = 1 / 3; // of the height: what the user said may take as much above the reply to it

export class Log {
  #newest = null;

  constructor(list, inspect, who) {
    Object.assign(this, { list, inspect, who });
    new ResizeObserver(() => this.#place()).observe(list);
  }

  you(words, how) {
    const mark = MARKS[how] ? make("small", {}, ` ${MARKS[how]}`) : null;
    const line = this.#add("you", make("span", { class: "who" }, "You"), make("p", {}, words || "…", mark));
    this.#newest = { first: line, reply: null };
    this.#place();
  }

  skill(turn, number) {
    const behind = make(
      "button",
      { type: "button", class: "behind", "aria-pressed": "false", title: "Show what is behind this reply" },
      `Turn ${number}`,
    );
    behind.addEventListener("click", () => this.inspect(number));
    behind.dataset.turn = number;
    const card = turn.card
      ? make("p", { class: "card" }, make("strong", {}, turn.card.title ?? "Card"), " ", turn.card.content ?? turn.card.text ?? "")
      : null;
    const words = make("p", {}, turn.text || "(says nothing)");
    const line = this.#add("skill", make("span", { class: "who" }, this.who), words, card, behind);
    if (!this.#newest || this.#newest.reply) this.#newest = { first: line };
    this.#newest.reply = line;
    this.#place();
  }

  /** A remark of the page; only one that something went wrong may take the place of a reply in view. */
  note(text, wrong = false) {
    const line = this.#add(wrong ? "note wrong" : "note", make("p", {}, text));
    if (wrong && this.#newest?.reply) this.#newest = { first: line, reply: line };
    this.#place();
  }

  mark(number) {
    for (const button of this.list.querySelectorAll(".behind")) {
      button.setAttribute("aria-pressed", String(button.dataset.turn === String(number)));
    }
  }

  clear() {
    this.#newest = null;
    this.list.replaceChildren();
  }

  #add(kind, ...parts) {
    const line = make("div", { class: kind }, ...parts.filter(Boolean));
    this.list.append(line);
    return line;
  }

  /** Shows the end, or of an exchange that is longer its beginning. */
  #place() {
    if (!this.#newest) return;
    const { first, reply } = this.#newest;
    const long = reply && reply.offsetTop - first.offsetTop > this.list.clientHeight * SHORT;
    this.list.scrollTop = (long ? reply : first).offsetTop - ABOVE;
  }
}
