// The page's words, from the server's wording file.

let tree = {};

export async function loadWords() {
  const answer = await fetch(new URL("../words.json", import.meta.url));
  tree = await answer.json();
}

const CHINA = 8 * 3600 * 1000;

// A day as people say it; of a moment the day it is in China, wherever the browser stands.
export function dayOf(iso) {
  const local = /(?:Z|[+-]\d\d:\d\d)$/.test(iso) ? new Date(Date.parse(iso) + CHINA).toISOString() : iso;
  const [year, month, day] = local.slice(0, 10).split("-").map(Number);
  return say("app.day", { year, month, day });
}

export function say(key, blanks = {}) {
  const found = key.split(".").reduce((node, part) => (node ? node[part] : undefined), tree);
  if (typeof found !== "string") return key;
  return found.replace(/\{(\w+)\}/g, (whole, name) => (name in blanks ? String(blanks[name]) : whole));
}
