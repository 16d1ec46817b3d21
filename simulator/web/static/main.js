// The page: what the user does goes to the device on the server, and what comes of it is shown and spoken.

import { showBehind, showNothing } from "./behind.js";
import { learn } from "./codes.js";
import { $, make, press, pressed } from "./dom.js";
import { Ear, NOTE } from "./ear.js";
import { Echo, STATES } from "./echo.js";
import { Keep, linkTo, takeLink } from "./keep.js";
import { Log } from "./log.js";
import { Path } from "./path.js";
import { Talk, bench } from "./server.js";
import { Silence } from "./silence.js";
import { tabs } from "./tabs.js";
import { Voice } from "./voice.js";

const given = await bench();
learn(given);
const echo = new Echo($("echo"), (sent, label) => act("touch", label, () => talk.touch(sent, label)));
const log = new Log($("log"), inspect);
const path = new Path($("path"), given.protocol);
const voice = new Voice(showVoice);
const silence = new Silence(given.silence, {
  shown: (seconds, share) => {
    $("left").textContent = seconds;
    $("left-bar").style.transform = `scaleX(${share})`;
  },
  ended: () => act("silence", "", () => talk.silence()),
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

let talk = null;
let turns = [];
let said = [];
let queue = Promise.resolve();

/** One thing that the user does, after those before it. */
function act(how, words, send, { aloud = true } = {}) {
  queue = queue.then(() => acted(how, words, send, aloud)).catch((error) => {
    log.note(error.message, true);
    state("closed");
  });
  return queue;
}

async function acted(how, words, send, aloud) {
  voice.hush();
  silence.stop();
  state("thinking");
  const turn = { ...(await send()), how, words };
  if (how !== "silence" || turn.text) log.you(words, how);
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
  path.show(turn.attributes ?? {});
}

function state(name) {
  echo.state = name;
  document.body.dataset.state = name;
  $("state").textContent = STATES[name];
  $("wait").style.visibility = name === "listening" ? "visible" : "hidden";
  $("silent").disabled = name === "closed";
}

function say(words) {
  return act("say", words, () => talk.say(words));
}

function launch(options) {
  const name = given.locales[$("locale").value].name;
  return act("launch", `open ${name}`, () => talk.launch(), options);
}

/** Another device or another locale: what was said before belongs to the old one. */
async function begin() {
  voice.hush();
  silence.stop();
  ear.stop();
  talk?.leave();
  turns = [];
  said = [];
  log.clear();
  showNothing();
  $("which").textContent = "the reply";
  path.show({});
  state("closed");
  echo.become(given.devices.find(({ id }) => id === $("device").value));
  showAnswers();
  log.note(`Open the skill, or say “open ${given.locales[$("locale").value].name}”.`);
  talk = await Talk.begin($("locale").value, $("device").value);
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
    if (words) act("say", words, () => talk.say(words), options);
    else act("silence", "", () => talk.silence(), options);
  });
  await queue;
}

for (const id of Object.keys(given.locales)) $("locale").append(make("option", { value: id }, id));
for (const { id, name } of given.devices) $("device").append(make("option", { value: id }, name));
$("locale").value = given.locale;
for (const id of ["locale", "device"]) $(id).addEventListener("change", () => (queue = queue.then(begin)));

$("open").addEventListener("click", () => launch());
$("silent").addEventListener("click", () => act("silence", "", () => talk.silence()));
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
$("keep-test").addEventListener("click", () => keep.test(async (name, why) => (await talk.test(name, why)).text));
$("keep-replay").addEventListener("click", () => keep.replay(async () => (await talk.replay()).text));
$("keep-link").addEventListener("click", () => keep.link(linkTo($("locale").value, $("device").value, said)));
addEventListener("pagehide", () => talk?.leave());
addEventListener("hashchange", () => {
  const link = takeLink();
  if (link) replay(link);
});
tabs(document.querySelector("[role=tablist]"), (id) => {
  if (id === "path") path.show(turns.at(-1)?.attributes ?? {});
});

showVoice();
const link = takeLink();
await begin();
if (link) await replay(link);
document.body.dataset.ready = "true";
