// Signing in: unified identity, and in the demo one tap on one of the invented people.

import { get, post } from "./api.js";
import { announce, take } from "./app.js";
import { button, h } from "./dom.js";
import { closeSheet, openSheet } from "./sheet.js";
import { say } from "./words.js";

let done = () => {};

export function onSignedIn(listener) {
  done = listener;
}

export async function signIn() {
  const list = h("div", { class: "families" }, h("p", {}, say("app.loading")));
  const demo = h("section", {}, list);
  openSheet(say("sign_in.title"),
    h("p", {}, h("a", { href: back("/login"), class: "button primary wide" }, say("sign_in.real"))),
    h("p", { class: "hint" }, say("sign_in.real_help")), demo);
  try {
    const { families } = await get("/api/v1/demo/people");
    const search = h("input", { type: "search", id: "family-search", class: "input", autocomplete: "off",
      oninput: () => draw(list, families, search.value.trim()) });
    demo.prepend(h("h3", {}, say("sign_in.demo")), h("p", { class: "hint" }, say("sign_in.demo_help")),
      h("label", { class: "label", for: "family-search" }, say("sign_in.search")), search);
    draw(list, families, "");
  } catch {
    demo.remove();
  }
}

// Whoever came by a link is brought back to it.
function back(path) {
  return location.pathname.startsWith("/confirm/") ? `${path}?to=${encodeURIComponent(location.pathname)}` : path;
}

function draw(list, families, wanted) {
  const found = families.filter((family) => !wanted ||
    [family.title, family.story, ...family.people.map((one) => one.name + one.note)].some((text) => text.includes(wanted)));
  list.replaceChildren(...found.map((family) => h("section", { class: "family" },
    h("h4", {}, family.title), h("p", {}, family.story),
    h("div", { class: "people" }, family.people.map((one) => button(
      h("span", {}, h("strong", {}, one.name), ` ${one.note} `, h("span", { class: "faint" }, one.id_number)),
      () => enter(one, list), "person"))))));
  if (!found.length) list.append(h("p", {}, say("sign_in.none")));
}

async function enter(one, list) {
  try {
    take(await post("/api/v1/demo/login", { who: one.who }));
  } catch (error) {
    list.prepend(h("p", { class: "error", role: "alert" }, error.message || say("sign_in.failed")));
    return;
  }
  closeSheet();
  announce(say("app.signed_in_label", { name: one.name }));
  done();
}
