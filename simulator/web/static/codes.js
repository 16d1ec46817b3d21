// What the codes mean: every code of the skill stands beside plain words, never alone.

import { make } from "./dom.js";

let known = {};
let levels = new Map();

/** Learns the words, once the server has told them. */
export function learn({ codes, diagram }) {
  const questions = diagram?.questions ?? [];
  const signs = questions.map(({ id, sign }) => [id, sign]);
  known = { ...codes, question: Object.fromEntries(signs) };
  levels = new Map(questions.map(({ id, yes, unsure }) => [id, { yes, unsure }]));
}

/** The level that an answer reaches by itself, "none" for one that reaches none. */
export const reached = (id, answer) => levels.get(id)?.[answer] ?? "none";

/** What a code of a kind means; "" for one that has no words. */
export const meaning = (kind, code) => known[kind]?.[code] ?? "";

/** Every code of a kind with what it means. */
export const meanings = (kind) => Object.entries(known[kind] ?? {});

/** A code's plain words as an element, or nothing. */
export function plain(kind, code) {
  const words = meaning(kind, code);
  return words ? make("span", { class: "plain" }, words) : null;
}

/** A level as people read it. */
export const levelName = (level) => level.replaceAll("_", " ");
