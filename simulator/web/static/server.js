// The way to the server, which holds the device. Everything goes in a body; nothing that is said is in an address.

/** The answer to a request; raises `Problem` where the server refuses it. */
async function ask(path, body) {
  const sent = body === undefined ? {} : {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  let response;
  try {
    response = await fetch(path, sent);
  } catch {
    throw new Problem("The server does not answer. Is `make web` still running?", 0);
  }
  const given = await response.json().catch(() => ({}));
  if (!response.ok || given.problem) throw new Problem(given.problem ?? response.statusText, response.status);
  return given;
}

export class Problem extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

export const bench = () => ask("bench");

const AGAIN = 1000; // milliseconds until a server that did not answer is asked again

/** Asks until there is an answer; `told` is told of each failure. */
export async function patiently(asking, told) {
  for (;;) {
    try {
      return await asking();
    } catch (error) {
      told(error);
      await new Promise((resolve) => setTimeout(resolve, AGAIN));
    }
  }
}

/** A conversation with one device. */
export class Talk {
  static async begin(locale, device) {
    return new Talk((await ask("talks", { locale, device })).talk);
  }

  constructor(id) {
    this.id = id;
  }

  launch = () => ask(`talks/${this.id}/launch`, {});
  say = (words) => ask(`talks/${this.id}/say`, { words });
  silence = () => ask(`talks/${this.id}/silence`, {});
  touch = (sent, label) => ask(`talks/${this.id}/touch`, { arguments: sent, label });
  replay = () => ask(`talks/${this.id}/replay`, {});
  test = (name, why) => ask(`talks/${this.id}/test`, { name, why });

  /** Lets go of it, even while the page is being closed. */
  leave = () => navigator.sendBeacon(`talks/${this.id}/leave`);
}
