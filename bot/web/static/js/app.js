// What every view shares: who is signed in, how the page looks, where we are, what is told to screen readers.

import { begin, post } from "./api.js";
import { look as put } from "./look.js";
import { say } from "./words.js";

export const me = { signed_in: false, name: "", elder: false, scale: 100, wechat: false };
const listeners = new Set();

export function onMe(listener) {
  listeners.add(listener);
}

export async function refreshMe() {
  take(await begin());
}

export function take(found) {
  Object.assign(me, { signed_in: found.signed_in, name: found.name, elder: found.elder, scale: found.scale, wechat: found.wechat });
  look();
  listeners.forEach((listener) => listener(me));
}

export async function prefer(change) {
  Object.assign(me, change);
  look();
  listeners.forEach((listener) => listener(me));
  await post("/api/v1/prefs", { elder: me.elder, scale: me.scale });
}

function look() {
  put(me.elder, me.scale);
  cramp();
}

// With very large type on a small screen, nothing may stick and cover what is read.
export function cramp() {
  const root = document.documentElement;
  const line = parseFloat(getComputedStyle(root).fontSize);
  root.classList.toggle("tight", window.innerHeight / line < 40);
  root.classList.toggle("cramped", window.innerHeight / line < 26);
}

export function announce(words) {
  const place = document.getElementById("announce");
  place.textContent = "";
  setTimeout(() => { place.textContent = words; }, 50);
}

export function banner(words, action) {
  const place = document.getElementById("status");
  place.hidden = !words;
  place.replaceChildren(...(words ? [words, ...(action ? [action] : [])] : []));
}

let show = () => {};

export function onGo(handler) {
  show = handler;
  window.addEventListener("popstate", () => show());
}

export function go(path) {
  if (path !== location.pathname + location.search + location.hash) history.pushState({}, "", path);
  show();
}

export function title(words) {
  document.title = words ? `${words} · ${say("app.title")}` : say("app.title");
}
