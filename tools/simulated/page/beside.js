// The protocol as a list of gates and follow-ups, and on it the way that the answers took.

import { levelName, meaning, meanings, plain, reached } from "../static/codes.js";
import { calm, make } from "../static/dom.js";

const SVG = "http://www.w3.org/2000/svg";
const GUTTER = 52;

export class Beside {
  #nodes = new Map();
  #ways = document.createElementNS(SVG, "svg");
  #shown = {};

  constructor(panel, protocol) {
    this.panel = panel;
    this.#ways.setAttribute("aria-hidden", "true");
    this.#ways.setAttribute("class", "ways");
    panel.replaceChildren(advice(protocol), this.#ways, legend(), ...this.#gates(protocol), combinations(protocol));
    new ResizeObserver(() => this.#draw()).observe(panel);
    panel.addEventListener("toggle", () => this.#draw(), true);
  }

  /** Lights up what the attributes of a session say. */
  show(attributes) {
    this.#shown = attributes;
    const answers = attributes.answers ?? {};
    const order = Object.keys(answers);
    for (const [id, node] of this.#nodes) {
      const answer = answers[id] ?? "";
      node.dataset.answer = answer;
      node.dataset.reached = answer ? reached(id, answer) : "";
      node.classList.toggle("asking", attributes.asking === id);
      for (const leads of node.querySelectorAll("[data-for]")) leads.classList.toggle("given", leads.dataset.for === answer);
      node.querySelector(".said").textContent = attributes.asking === id ? "asking" : answer;
      node.querySelector(".at").textContent = answer ? String(order.indexOf(id) + 1) : "";
    }
    for (const level of this.panel.querySelectorAll("[data-level]")) {
      const reached = level.dataset.level === attributes.level;
      level.classList.toggle("reached", reached);
      if (reached) level.setAttribute("aria-current", "true");
      else level.removeAttribute("aria-current");
    }
    const told = [meaning("level", attributes.level), meaning("pattern", attributes.pattern)];
    this.panel.querySelector(".told").textContent = told.filter(Boolean).map((words) => `${words}.`).join(" ");
    this.#draw();
    this.#follow(attributes);
  }

  #gates({ questions }) {
    const depth = new Map();
    for (const { id, under } of questions) depth.set(id, under ? Math.min(2, depth.get(under) + 1) : 0);
    const gates = [];
    for (const question of inOrder(questions)) {
      if (!depth.get(question.id) && gates.at(-1)?.name !== question.group) {
        gates.push({ name: question.group, list: make("ol") });
      }
      const node = drawNode(question, depth.get(question.id));
      this.#nodes.set(question.id, node);
      gates.at(-1).list.append(node);
    }
    return gates.map(({ name, list }) => make("section", {}, make("h3", {}, name), plain("group", name), list));
  }

  /** Lines from one answer to the next; what was skipped is passed in an arc. */
  #draw() {
    const order = [...Object.keys(this.#shown.answers ?? {}), this.#shown.asking].filter((id) => this.#nodes.has(id));
    this.#ways.replaceChildren();
    this.#ways.setAttribute("width", GUTTER);
    this.#ways.setAttribute("height", this.panel.scrollHeight);
    const places = [...this.#nodes.keys()];
    const points = order.map((id) => ({ place: places.indexOf(id), y: this.#middle(this.#nodes.get(id)) }));
    points.slice(1).forEach((to, at) => this.#ways.append(way(points[at], to, at === points.length - 2)));
  }

  #middle(node) {
    const box = node.getBoundingClientRect();
    return box.top - this.panel.getBoundingClientRect().top + this.panel.scrollTop + Math.min(box.height / 2, 16);
  }

  /** Brings what is asked, else what was answered last, to the middle. */
  #follow({ asking, answers = {} }) {
    if (this.panel.hidden) return;
    const node = this.#nodes.get(asking) ?? this.#nodes.get(Object.keys(answers).at(-1));
    const top = node ? this.#middle(node) - this.panel.clientHeight / 2 : 0;
    this.panel.scrollTo({ top, behavior: calm() ? "auto" : "smooth" });
  }
}

/** Every question with those it opens behind it. */
function inOrder(questions) {
  const below = Map.groupBy(questions, ({ under }) => under);
  const walk = (id) => (below.get(id) ?? []).flatMap((question) => [question, ...walk(question.id)]);
  return walk(null);
}

function advice({ levels }) {
  const pills = levels.map((level) => make("li", { class: `level ${level}`, "data-level": level }, levelName(level)));
  return make("section", { class: "advice" }, make("h3", {}, "advice"), make("ul", {}, ...pills), make("p", { class: "told" }));
}

function legend() {
  const words = ["level", "pattern"].map((kind) =>
    make("dl", {}, ...meanings(kind).flatMap(([code, means]) => entry(levelName(code), means))),
  );
  const marks = meanings("answer").flatMap(([answer, means]) => {
    const dot = make("span", { class: `dot ${answer}`, "aria-hidden": "true" });
    return entry([dot, ` ${answer}`], `${means}.`);
  });
  return make(
    "details",
    { class: "legend" },
    make("summary", {}, "What the words and marks mean"),
    make("h3", {}, "Levels of advice, from calm to pressing"),
    words[0],
    make("h3", {}, "What the answers fit best (no diagnosis)"),
    words[1],
    make("h3", {}, "Answers"),
    make("dl", {}, ...marks),
    make(
      "p",
      {},
      "The number in front counts the answers in the order they were given. At the right stands the level that ",
      "each answer reaches by itself. Red is for emergency and amber for urgent: an answer that reaches neither ",
      "has no colour. “No. 7” is the question's number on the protocol's pages, and “Only if: 7 yes” names it by that.",
    ),
  );
}

const entry = (name, means) => [make("dt", {}, ...[name].flat()), make("dd", {}, means)];

function drawNode({ id, number, sign, suspects, yes, unsure, when }, depth) {
  return make(
    "li",
    { class: `node depth-${depth}`, "data-question": id },
    make("span", { class: "dot", "aria-hidden": "true" }),
    make("span", { class: "at" }),
    make(
      "span",
      { class: "what" },
      make("span", { class: "sign" }, sign),
      make(
        "span",
        { class: "fine" },
        `No. ${number} · `,
        id === number ? null : make("code", {}, id),
        id === number ? null : " · ",
        `looks for ${suspects}`,
        when ? make("span", { class: "when" }, `Only if: ${when}`) : null,
      ),
    ),
    make("span", { class: "said" }),
    make("span", { class: "leads" }, leads("yes", yes), leads("unsure", unsure)),
  );
}

const leads = (answer, level) =>
  make("span", { "data-for": answer }, `${answer}: ${levelName(level)}`);

function combinations({ combinations: all }) {
  const items = all.map(({ id, level, when, reason }) =>
    make(
      "li",
      {},
      make("b", {}, levelName(level)),
      `: ${when}. `,
      make("span", { class: "plain" }, reason, " ", make("code", {}, id)),
    ),
  );
  return make("details", {}, make("summary", {}, "Answers that raise the level together"), make("ul", {}, ...items));
}

function way(from, to, last) {
  const path = document.createElementNS(SVG, "path");
  const x = GUTTER - 14;
  const out = Math.min(x - 4, 10 + Math.abs(to.y - from.y) / 20);
  const curve = to.place === from.place + 1 ? `L${x},${to.y}` : `C${x - out},${from.y} ${x - out},${to.y} ${x},${to.y}`;
  path.setAttribute("d", `M${x},${from.y}${curve}`);
  path.setAttribute("class", last ? "way last" : "way");
  return path;
}
