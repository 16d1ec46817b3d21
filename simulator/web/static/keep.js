// Keeps a conversation: as a test, as a replay file, or as a link. The link holds what was said after its #,
// which a browser sends nowhere.

import { $ } from "./dom.js";

const MARK = "#talk=";

export function linkTo(locale, device, said) {
  const bytes = new TextEncoder().encode(JSON.stringify({ locale, device, said }));
  const text = btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return `${location.origin}${location.pathname}${MARK}${text}`;
}

/** What a link holds, or null; it is taken out of the address, so that the history does not keep it. */
export function takeLink() {
  const fragment = location.hash;
  if (!fragment.startsWith(MARK)) return null;
  history.replaceState(null, "", location.pathname);
  try {
    const text = atob(fragment.slice(MARK.length).replaceAll("-", "+").replaceAll("_", "/"));
    const given = JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (sign) => sign.charCodeAt(0))));
    const whole =
      typeof given.locale === "string" &&
      typeof given.device === "string" &&
      Array.isArray(given.said) &&
      given.said.every((words) => typeof words === "string");
    return whole ? given : null;
  } catch {
    return null;
  }
}

/** The dialog that shows what is kept. `open` and `closed` are told when it comes and goes. */
export class Keep {
  #file = "";

  constructor({ opened, closed }) {
    this.opened = opened;
    $("keep").addEventListener("close", closed);
    $("keep-copy").addEventListener("click", () => this.#copy());
    $("keep-file").addEventListener("click", () => this.#download());
  }

  /** Asks what the test is about, then makes it. */
  test(make) {
    this.#open("Save as a test", "A file for tests/conversations. It is played once more before you get it.", "conversation.toml");
    $("keep-about").hidden = false;
    $("keep-make").onclick = () => {
      const about = [$("keep-name").value.trim(), $("keep-why").value.trim()];
      if (about.every(Boolean)) this.#fill(() => make(...about));
      else $("keep-problem").textContent = "A test says what it is about, and why.";
    };
    $("keep-name").focus();
  }

  replay(make) {
    this.#open("Save for the ASK CLI", "For ask dialog -r conversation.json, and for :replay in the terminal.", "conversation.json");
    this.#fill(async () => {
      const { text, lack } = await make();
      if (lack) $("keep-note").textContent += ` Before that: ${lack}.`;
      return text;
    });
  }

  link(address) {
    this.#open("Share a link", "It opens this page on a machine that runs it, and holds everything that was said.", "");
    this.#fill(async () => address);
  }

  #open(title, note, file) {
    this.#file = file;
    $("keep-title").textContent = title;
    $("keep-note").textContent = note;
    $("keep-about").hidden = true;
    $("keep-file").hidden = !file;
    $("keep-text").value = $("keep-problem").textContent = "";
    this.#ready(false);
    this.opened();
    $("keep").showModal();
  }

  async #fill(make) {
    $("keep-text").value = $("keep-problem").textContent = "";
    this.#ready(false);
    try {
      $("keep-text").value = await make();
      this.#ready(true);
    } catch (error) {
      $("keep-problem").textContent = error.message;
    }
  }

  #ready(on) {
    $("keep-copy").disabled = $("keep-file").disabled = !on;
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText($("keep-text").value);
      $("keep-note").textContent = "Copied.";
    } catch {
      $("keep-text").select();
      $("keep-note").textContent = "Copy it with the keyboard: it is selected.";
    }
  }

  #download() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([$("keep-text").value], { type: "text/plain" }));
    link.download = this.#file;
    link.click();
    URL.revokeObjectURL(link.href);
  }
}
