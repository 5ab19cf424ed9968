// Where it is handled: shown at the head of the form; another place first says what it changes.

import { get, post } from "./api.js";
import { button, facts, h } from "./dom.js";
import { closeSheet, openSheet } from "./sheet.js";
import { say } from "./words.js";

export function drawPlace(form) {
  const { place, state } = form.draft;
  if (!place) return null;
  return h("p", { class: "hint" }, say("form.place", { place: place.title }), " ",
    state === "open" && button(say("form.place_change"), () => choose(form), "link"));
}

async function choose(form) {
  const { places } = await get(`/api/v1/places?one_thing=${encodeURIComponent(form.draft.one_thing)}`);
  const others = places.filter((one) => one.region !== form.draft.place.region);
  const told = h("div", { role: "status" });
  const select = h("select", { id: "place", class: "input", onchange: () => preview(form, select.value, told) },
    h("option", { value: "" }, say("form.place_choose")), others.map((one) => h("option", { value: one.region }, one.title)));
  openSheet(say("form.place_title"), h("p", {}, say("form.place", { place: form.draft.place.title })),
    h("label", { class: "label", for: "place" }, say("form.place_choose")), select, told);
}

async function preview(form, region, told) {
  told.replaceChildren();
  if (!region) return;
  try {
    const { place, changes } = await get(`${form.address}/place?region=${region}`);
    told.replaceChildren(changes.length ? facts(changes) : h("p", {}, say("form.place_same")),
      h("div", { class: "row" }, button(say("form.place_go", { place: place.title }), () => move(form, region, told), "primary"), button(say("form.place_stay"), closeSheet)));
  } catch (error) {
    told.replaceChildren(h("p", { class: "error", role: "alert" }, error.message));
  }
}

async function move(form, region, told) {
  try {
    const draft = await post(`${form.address}/place`, { region, revision: form.draft.revision });
    closeSheet();
    form.show(draft);
  } catch (error) {
    told.append(h("p", { class: "error", role: "alert" }, error.message));
    if (error.status === 409) form.show(await get(form.address));
  }
}
