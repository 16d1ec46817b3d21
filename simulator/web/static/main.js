// The page: what the user does goes to the device on the server, and what comes of it is shown and spoken.

import { showBehind, showNothing } from "./behind.js";
import { learn } from "./codes.js";
import { $, make, press, pressed } from "./dom.js";
import { Ear, NOTE } from "./ear.js";
import { Echo, STATES } from "./echo.js";
import { Keep, linkTo, takeLink } from "./keep.js";
import { Log } from "./log.js";
import { Problem, Talk, bench, patiently } from "./server.js";
import { Silence } from "./silence.js";
import { tabs } from "./tabs.js";
import { Voice } from "./voice.js";

const given = await patiently(bench, (error) => ($("state").textContent = error.message));
learn(given);
const echo = new Echo($("echo"), (sent, label) => act("touch", label, (talk) => talk.touch(sent, label)));
const log = new Log($("log"), inspect, given.who);
// What is drawn beside the conversation is the skill's own; without it, the first thing to look at is the session.
const beside = given.diagram ? await import("../skill/beside.js") : null;
const path = beside ? new beside.Beside($("path"), given.diagram) : null;
if (!path) {
  $("tab-path").remove();
  $("path").remove();
  $("tab-given").setAttribute("aria-selected", "true");
  $("given").hidden = false;
}
document.title = `${given.title} on this machine`;
$("title").textContent = given.title;
const voice = new Voice(showVoice);
const silence = new Silence(given.silence, {
  shown: (seconds, share) => {
    $("left").textContent = seconds;
    $("left-bar").style.transform = `scaleX(${share})`;
  },
  ended: () => act("silence", "", (talk) => talk.silence()),
});
const ear = new Ear({
  changed: (on) => {
    press($("ear"), on);
    silence.hold("ear", on);
  },
  heard: (words) => say(words),
  failed: (why) => log.note(`The browser heard nothing (${why}).`, true),
});
const keep = new Keep({
  opened: () => silence.hold("keep", true),
  closed: () => silence.hold("keep", false),
});

const GONE = 404;

let talk = null;
let turns = [];
let said = [];
let queue = Promise.resolve();
let waiting = 0;

/** One thing that the user does, after those before it; `send` is given the conversation. */
function act(how, words, send, { aloud = true } = {}) {
  waiting += 1;
  tell();
  queue = queue.then(() => {
    waiting -= 1;
    return acted(how, words, send, aloud);
  }).catch((error) => {
    if (how === "say" && !$("words").value) $("words").value = words; // what was typed is not typed again
    log.note(error.message, true);
    state("closed");
  });
  return queue;
}

async function acted(how, words, send, aloud) {
  voice.hush();
  silence.stop();
  state("thinking");
  if (how !== "silence") log.you(words, how);
  const turn = { ...(await sent(how, send)), how, words };
  if (how === "silence" && turn.text) log.you(words, how);
  if (turn.closed) {
    log.note(`Nobody listens: ${turn.closed}.`);
    state("closed");
    return;
  }
  if (turn.request?.session?.new) said = [];
  if (turn.text || turn.ended) said.push(words);
  turns.push(turn);
  show(turn);
  if (turn.failed) {
    log.note(`The skill failed: ${turn.failed}`, true);
    state("closed");
  } else if (aloud) void speak(turn); // the next thing may be done before it has been said
}

/** The conversation with this device; the server holds it from the first thing that is done. */
async function held() {
  talk ??= await Talk.begin($("locale").value, $("device").value);
  return talk;
}

/** Sends something. A conversation that the server has lost is not answered by another one, but for opening it. */
async function sent(how, send) {
  const used = await held();
  try {
    return await send(used);
  } catch (error) {
    if (error.status !== GONE) throw error;
    talk = null;
    if (how === "launch") return send(await held());
    throw new Problem("The server does not hold this conversation any more. Open the skill for a new one.", GONE);
  }
}

function show(turn) {
  if (turn.text || turn.request?.request) {
    if (turn.text) log.skill(turn, turns.length);
    if (turn.directives?.length) echo.follow(turn.directives);
    else if (turn.ended) echo.rest();
  }
  inspect(turns.length);
  if (turn.ended && !turn.failed) log.note("The session is over.");
}

async function speak(turn) {
  if (turn.beats?.length) state("speaking");
  if (await voice.speak(turn.beats ?? [], $("locale").value)) settle(turn);
}

/** What a device does when it has spoken. */
function settle(turn) {
  state(turn?.listening ? "listening" : "closed");
  if (turn?.listening) silence.start();
}

function interrupt() {
  if (document.body.dataset.state !== "speaking") return;
  voice.hush();
  settle(turns.at(-1));
}

function inspect(number) {
  const turn = turns[number - 1];
  $("which").textContent = `turn ${number}`;
  log.mark(number);
  showBehind(turn);
  path?.show(turn.attributes ?? {});
}

function state(name) {
  echo.state = name;
  document.body.dataset.state = name;
  tell();
  $("wait").hidden = name !== "listening";
  $("silent").disabled = name === "closed";
}

/** Says what is going on, and how much of what was done is still to be sent. */
function tell() {
  const name = document.body.dataset.state;
  const more = waiting && name === "thinking" ? `, ${waiting} more to send` : "";
  $("state").textContent = `${STATES[name]}${more}`;
}

function say(words) {
  return act("say", words, (talk) => talk.say(words));
}

function launch(options) {
  return act("launch", given.locales[$("locale").value].calling, (talk) => talk.launch(), options);
}

/** Another device or another locale: what was said before belongs to the old one. */
function begin() {
  voice.hush();
  silence.stop();
  ear.stop();
  talk?.leave();
  talk = null;
  turns = [];
  said = [];
  log.clear();
  showNothing();
  $("which").textContent = "the reply";
  path?.show({});
  state("closed");
  echo.become(given.devices.find(({ id }) => id === $("device").value));
  showAnswers();
  log.note(`Open the skill, or say “${given.locales[$("locale").value].calling}”.`);
}

function showAnswers() {
  const { name, answers } = given.locales[$("locale").value];
  $("open").textContent = `Open ${name}`;
  $("words").lang = $("log").lang = $("locale").value;
  $("answers").lang = $("locale").value;
  $("answers").replaceChildren(
    ...answers.map((words) => {
      const button = make("button", { type: "button" }, words);
      button.addEventListener("click", () => say(words));
      return button;
    }),
  );
}

function showVoice() {
  $("voice").disabled = !voice.exists;
  press($("voice"), voice.exists && voice.on);
  $("voice").textContent = voice.exists ? (voice.on ? "Voice on" : "Voice off") : "No voice here";
  $("ear-note").textContent = voice.exists ? NOTE : `${NOTE} Without a voice here, replies are only shown.`;
}

/** Does what a link holds, without waiting and without a word until the end. */
async function replay(link) {
  if (!(link.locale in given.locales) || !given.devices.some(({ id }) => id === link.device)) return;
  $("locale").value = link.locale;
  $("device").value = link.device;
  queue = queue.then(begin);
  link.said.forEach((words, at) => {
    const options = { aloud: at === link.said.length - 1 };
    if (words) act("say", words, (talk) => talk.say(words), options);
    else act("silence", "", (talk) => talk.silence(), options);
  });
  await queue;
}

for (const id of Object.keys(given.locales)) $("locale").append(make("option", { value: id }, id));
for (const { id, name } of given.devices) $("device").append(make("option", { value: id }, name));
$("locale").value = given.locale;
for (const id of ["locale", "device"]) $(id).addEventListener("change", () => (queue = queue.then(begin)));

$("open").addEventListener("click", () => launch());
$("silent").addEventListener("click", () => act("silence", "", (talk) => talk.silence()));
$("hold").addEventListener("click", () => {
  press($("hold"), !pressed($("hold")));
  silence.hold("pause", pressed($("hold")));
});
$("voice").addEventListener("click", () => {
  voice.on = !voice.on;
  if (!voice.on) interrupt();
  showVoice();
});
$("say").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = $("words").value.trim();
  $("words").value = "";
  silence.hold("typing", false);
  if (words) say(words);
});
$("words").addEventListener("input", () => silence.hold("typing", $("words").value !== ""));
$("ear").hidden = !ear.exists;
$("ear").addEventListener("click", () => {
  interrupt();
  ear.toggle($("locale").value);
});
$("keep-test").addEventListener("click", () => keep.test(async (name, why) => (await (await held()).test(name, why)).text));
$("keep-replay").addEventListener("click", () => keep.replay(async () => (await held()).replay()));
$("keep-link").addEventListener("click", () => keep.link(linkTo($("locale").value, $("device").value, said)));
addEventListener("pagehide", () => talk?.leave());
addEventListener("hashchange", () => {
  const link = takeLink();
  if (link) replay(link);
});
tabs(document.querySelector("[role=tablist]"), (id) => {
  if (id === "path") path?.show(turns.at(-1)?.attributes ?? {});
});

for (const control of document.querySelectorAll("[data-loading]")) control.disabled = false;
showVoice();
const link = takeLink();
begin();
if (link) await replay(link);
document.body.dataset.ready = "true";
