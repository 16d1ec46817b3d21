// What is behind a reply: what was understood, the answers so far, request and response.

import { levelName, meaning, meanings, plain, reached } from "./codes.js";
import { $, make } from "./dom.js";

const KINDS = { asking: "question" };
const REQUEST = "The JSON that Alexa sends to the skill:";
const RESPONSE = "The JSON that the skill answers:";
const PIECE = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi;

export function showBehind(turn) {
  $("understood").replaceChildren(understood(turn), ...read(turn.reading));
  $("given").replaceChildren(...given(turn.attributes ?? {}));
  $("request").replaceChildren(...json(turn.request, REQUEST, "The device sent no request: it spoke its reprompt by itself."));
  $("response").replaceChildren(...json(turn.response, RESPONSE, "There was no response."));
}

export function showNothing() {
  $("understood").replaceChildren(make("p", { class: "hint" }, "Nothing has been said yet."));
  $("given").replaceChildren(make("p", { class: "hint" }, "No answers yet."));
  for (const id of ["request", "response"]) $(id).replaceChildren(make("p", { class: "hint" }, "Nothing was sent yet."));
}

function understood({ heard, how, words, request }) {
  if (!heard) {
    const sent = JSON.stringify(request?.request?.arguments ?? []);
    const what = {
      launch: "The skill was opened by its name.",
      touch: `“${words}” was touched. It sends ${sent}: the word it stands for, and the number of the screen.`,
      silence: "Nothing was said.",
    };
    return make("p", { class: "hint" }, what[how] ?? "Nothing was said.");
  }
  const rows = [heard.best, ...heard.others].map((match, at) =>
    make(
      "tr",
      { class: at ? "other" : "best" },
      make("th", { scope: "row" }, make("code", {}, match.intent), plain("intent", match.intent)),
      make("td", { class: "likeness" }, score(match.score), ` ${match.score.toFixed(2)} of 1`),
      make("td", {}, ...slots(match.slots)),
    ),
  );
  const head = make("tr", {}, ...["Intent", "Likeness", "Slots"].map((name) => make("th", { scope: "col" }, name)));
  return make(
    "table",
    {},
    make("caption", {}, `“${heard.utterance}”`),
    make("thead", {}, head),
    make("tbody", {}, ...rows),
  );
}

function read(reading) {
  if (!reading) return [];
  const rows = reading.shown.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]);
  return [make("dl", { class: "reading" }, ...rows)];
}

function score(value) {
  const bar = make("span", { class: "score", "aria-hidden": "true" }, make("span"));
  bar.firstElementChild.style.width = `${Math.round(value * 100)}%`;
  return bar;
}

function slots(values) {
  if (!values.length) return ["–"];
  return values.map(({ slot, words, id, name }) =>
    make(
      "span",
      { class: "slot" },
      `${slot} = `,
      make("b", {}, id),
      ` (${words})`,
      make("span", { class: "plain" }, meaning("question", id) || name),
    ),
  );
}

/** What the session holds: what the skill says in words, else every attribute as it stands. */
function given(attributes) {
  const stands = meanings("stand").map(([key]) => key).filter((key) => key !== "none");
  if (stands.length) return [make("dl", { class: "stands" }, ...stands.map((key) => stand(key, attributes[key]))), answered(attributes)];
  return json(attributes, "The session attributes:", "The session holds no attributes.");
}

function answered(attributes) {
  const answers = Object.entries(attributes.answers ?? {});
  const rows = answers.map(([id, answer], at) =>
    make(
      "tr",
      {},
      make("td", {}, String(at + 1)),
      make("th", { scope: "row" }, meaning("question", id), make("code", { class: "plain" }, id)),
      make("td", {}, make("span", { class: `answer ${reached(id, answer)}` }, answer)),
      make("td", {}, answer === "no" ? "–" : levelName(reached(id, answer))),
    ),
  );
  const names = ["Order", "Question", "Answer", "Reaches by itself"];
  const head = make("tr", {}, ...names.map((name) => make("th", { scope: "col" }, name)));
  return rows.length
    ? make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows))
    : make("p", { class: "hint" }, "No answers yet.");
}

/** One thing that the session says, with what its name and its value mean. */
function stand(key, value) {
  const words = value ? plain(KINDS[key] ?? key, value) : plain("stand", "none");
  return make(
    "div",
    {},
    make("dt", {}, make("code", {}, key), plain("stand", key)),
    make("dd", {}, make("code", { "data-stand": key }, String(value ?? "none")), words),
  );
}

function json(value, about, otherwise) {
  if (!value || !Object.keys(value).length) return [make("p", { class: "hint" }, otherwise)];
  const text = JSON.stringify(value, null, 2);
  const lines = make("pre");
  let at = 0;
  for (const found of text.matchAll(PIECE)) {
    const [whole, quoted, colon] = found;
    lines.append(text.slice(at, found.index), make("span", { class: quoted ? (colon ? "key" : "text") : "number" }, whole));
    at = found.index + whole.length;
  }
  lines.append(text.slice(at));
  return [make("p", { class: "hint" }, about), lines];
}
