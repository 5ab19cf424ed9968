// Reading aloud, where the browser has a voice that speaks Chinese. Beside each answer in large type, or when chosen.

import { announce, me, onMe } from "./app.js";
import { button } from "./dom.js";
import { say } from "./words.js";

const KEPT = "yjs-aloud";
const LONGEST = 100; // some browsers fall silent in the middle of a long sentence
const engine = "speechSynthesis" in window && "SpeechSynthesisUtterance" in window ? window.speechSynthesis : null;
let reading = null;

// Voices may come late; as long as there is none that reads Chinese, nothing is offered.
function voice() {
  const chinese = (engine ? engine.getVoices() : []).filter((one) => /^(zh|cmn)\b/i.test(one.lang.replace("_", "-")));
  return chinese.find((one) => /^(zh|cmn(-hans)?)-cn/i.test(one.lang.replace("_", "-"))) || chinese[0] || null;
}

export const offered = () => voice() !== null;

export function begin() {
  if (!engine) return;
  if (engine.addEventListener) engine.addEventListener("voiceschanged", mark);
  window.addEventListener("pagehide", hush);
  document.addEventListener("visibilitychange", () => { if (document.hidden) hush(); });
  onMe(mark);
  mark();
}

// What was chosen on this device; nothing chosen follows large type.
export function wanted() {
  const chosen = kept();
  return chosen === null ? me.elder : chosen === "yes";
}

export function choose(on) {
  try {
    localStorage.setItem(KEPT, on ? "yes" : "no");
  } catch {
    // a browser that keeps nothing follows large type
  }
  mark();
}

function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function mark() {
  const root = document.documentElement.classList;
  root.toggle("speaks", offered());
  root.toggle("reads", offered() && wanted());
  if (!root.contains("reads")) hush();
}

// The button of one turn: reads it, and stops when pressed again.
export function readButton(lines) {
  const made = button(say("aloud.read"), () => (reading === made ? hush() : read(lines(), made)), "aloud");
  return made;
}

export function hush() {
  if (!reading) return;
  reading.firstChild.nodeValue = say("aloud.read");
  reading.classList.remove("on");
  reading = null;
  engine.cancel();
}

function read(lines, from) {
  hush();
  const parts = lines.flatMap(clauses);
  if (!parts.length) return;
  reading = from;
  from.firstChild.nodeValue = say("aloud.stop");
  from.classList.add("on");
  const done = (event) => {
    if (reading !== from) return;
    if (event.type === "error") announce(say("aloud.failed"));
    hush();
  };
  parts.forEach((words, place) => {
    const said = Object.assign(new SpeechSynthesisUtterance(words), { lang: "zh-CN", voice: voice(), rate: me.elder ? 0.85 : 1 });
    said.onerror = done;
    if (place === parts.length - 1) said.onend = done;
    engine.speak(said);
  });
}

// In pieces a voice gets through, long numbers digit by digit, what is hidden as such, no addresses of pages.
function clauses(line) {
  const words = line.replace(/https?:\/\/\S+/g, "").replace(/\*+/g, `，${say("aloud.hidden")}，`).replace(/\d{5,}[Xx]?/g, (found) => [...found].join(" "));
  const found = [];
  for (const piece of words.match(/[^。！？；\n]+[。！？；]?/g) || []) {
    for (let from = 0; from < piece.length; from += LONGEST) found.push(piece.slice(from, from + LONGEST));
  }
  return found.map((one) => one.trim()).filter((one) => /[\p{L}\p{N}]/u.test(one));
}

// What a block says, in the order it stands on the page.
export function linesOf(block) {
  const lists = {
    card: () => [block.title, block.summary, ...block.facts.map(pair), ...block.steps, block.source, ...labels(block.actions)],
    options: () => [block.prompt, block.help, ...labels(block.items)],
    form: () => [block.title, ...block.fields.map((one) => pair([one.label, one.shown || say("form.not_filled")])), ...labels(block.actions)],
    progress: () => [block.title, pair([say("case.number"), block.number]), block.state, ...block.legs.map((one) => pair([one.title, one.says]))],
    hand_over: () => [block.text, block.hours],
  };
  const list = lists[block.type];
  return (list ? list() : [block.text || block.plain]).filter(Boolean);
}

const pair = ([label, value]) => `${label}：${value}。`;
const labels = (list) => (list || []).map((one) => (one.help ? pair([one.label, one.help]) : `${one.label}。`));
