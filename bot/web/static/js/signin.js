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
    const found = await get("/api/v1/demo/people");
    const search = h("input", { type: "search", id: "family-search", class: "input", autocomplete: "off",
      oninput: () => draw(list, found, search.value.trim()) });
    demo.prepend(h("h3", {}, say("sign_in.demo")), h("p", { class: "hint" }, say("sign_in.demo_help")),
      h("label", { class: "label", for: "family-search" }, say("sign_in.search")), search);
    draw(list, found, "");
  } catch {
    demo.remove();
  }
}

// Whoever came by a link is brought back to it.
function back(path) {
  return location.pathname.startsWith("/confirm/") ? `${path}?to=${encodeURIComponent(location.pathname)}` : path;
}

function draw(list, { families, groups }, wanted) {
  list.replaceChildren(...(wanted ? matching(families, wanted, list) : [
    h("h4", {}, say("sign_in.first")), ...families.filter((one) => one.first).map((one) => drawFamily(one, list)),
    h("h4", {}, say("sign_in.groups")), ...groups.map((title) => drawGroup(title, families.filter((one) => one.about.includes(title)), list)),
    drawGroup(say("sign_in.rest"), families.filter((one) => !one.about.length), list)].filter(Boolean)));
}

function matching(families, wanted, list) {
  const found = families.filter((family) => [family.title, family.story, ...family.about,
    ...family.people.map((one) => one.name + one.note)].some((text) => text.includes(wanted)));
  return found.length ? found.map((family) => drawFamily(family, list)) : [h("p", {}, say("sign_in.none"))];
}

// Drawn when it is opened: there are hundreds of people.
function drawGroup(title, families, list) {
  if (!families.length) return null;
  const box = h("details", { class: "group", ontoggle: () => {
    if (box.childElementCount === 1) box.append(...families.map((family) => drawFamily(family, list)));
  } }, h("summary", {}, h("span", {}, title), h("small", {}, say("sign_in.families", { count: families.length }))));
  return box;
}

function drawFamily(family, list) {
  return h("section", { class: "family" },
    h("h5", {}, family.title), h("p", {}, family.story),
    h("div", { class: "people" }, family.people.map((one) => button(
      h("span", {}, h("strong", {}, one.name), ` ${one.note} `, h("span", { class: "faint" }, one.id_number)),
      () => enter(one, list), "person"))));
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
