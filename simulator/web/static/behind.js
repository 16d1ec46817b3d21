// What is behind a reply: what was understood, the answers so far, request and response.

import { $, make } from "./dom.js";

const STANDS = ["asking", "offer", "level", "pattern"];
const PIECE = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi;

export function showBehind(turn) {
  $("understood").replaceChildren(understood(turn));
  $("given").replaceChildren(...given(turn.attributes ?? {}));
  $("request").replaceChildren(json(turn.request, "The device sent no request: it spoke its reprompt by itself."));
  $("response").replaceChildren(json(turn.response, "There was no response."));
}

export function showNothing() {
  $("understood").replaceChildren(make("p", { class: "hint" }, "Nothing has been said yet."));
  $("given").replaceChildren(make("p", { class: "hint" }, "No answers yet."));
  for (const id of ["request", "response"]) $(id).replaceChildren(make("p", { class: "hint" }, "Nothing was sent yet."));
}

function understood({ heard, how, request }) {
  if (!heard) {
    const what = {
      launch: "The skill was opened by its name.",
      touch: `A touch: ${JSON.stringify(request?.request?.arguments ?? [])}`,
      silence: "Nothing was said.",
    };
    return make("p", { class: "hint" }, what[how] ?? "Nothing was said.");
  }
  const rows = [heard.best, ...heard.others].map((match, at) =>
    make(
      "tr",
      { class: at ? "other" : "best" },
      make("th", { scope: "row" }, match.intent),
      make("td", {}, score(match.score), ` ${match.score.toFixed(2)}`),
      make("td", {}, ...slots(match.slots)),
    ),
  );
  const head = make("tr", {}, ...["Intent", "Score", "Slots"].map((name) => make("th", { scope: "col" }, name)));
  return make(
    "table",
    {},
    make("caption", {}, `“${heard.utterance}”`),
    make("thead", {}, head),
    make("tbody", {}, ...rows),
  );
}

function score(value) {
  const bar = make("span", { class: "score", "aria-hidden": "true" }, make("span"));
  bar.firstElementChild.style.width = `${Math.round(value * 100)}%`;
  return bar;
}

function slots(values) {
  if (!values.length) return ["–"];
  return values.map(({ slot, words, id }) => make("span", { class: "slot" }, `${slot} = `, make("b", {}, id), ` (${words})`));
}

function given(attributes) {
  const answers = Object.entries(attributes.answers ?? {});
  const stands = STANDS.map((key) =>
    make("div", {}, make("dt", {}, key), make("dd", { "data-stand": key }, String(attributes[key] ?? "none"))),
  );
  const rows = answers.map(([id, answer], at) =>
    make(
      "tr",
      {},
      make("td", {}, String(at + 1)),
      make("th", { scope: "row" }, id),
      make("td", {}, make("span", { class: `answer ${answer}` }, answer)),
    ),
  );
  const head = make("tr", {}, ...["", "Question", "Answer"].map((name) => make("td", {}, name)));
  const table = rows.length
    ? make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows))
    : make("p", { class: "hint" }, "No answers yet.");
  return [make("dl", { class: "stands" }, ...stands), table];
}

function json(value, otherwise) {
  if (!value || !Object.keys(value).length) return make("p", { class: "hint" }, otherwise);
  const text = JSON.stringify(value, null, 2);
  const lines = make("pre");
  let at = 0;
  for (const found of text.matchAll(PIECE)) {
    const [whole, quoted, colon] = found;
    lines.append(text.slice(at, found.index), make("span", { class: quoted ? (colon ? "key" : "text") : "number" }, whole));
    at = found.index + whole.length;
  }
  lines.append(text.slice(at));
  return lines;
}
