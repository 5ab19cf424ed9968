// One material of the form: how it is given, and the ways to give it.

import { remove } from "./api.js";
import { announce } from "./app.js";
import { button, h, idOf } from "./dom.js";
import { demanded } from "./fields.js";
import { pick, sendFile, takes } from "./upload.js";
import { say } from "./words.js";

export function drawSlot(slot, form) {
  const id = idOf("f", slot.key), error = form.errors.get(slot.key);
  return h("div", { class: `field ${slot.given ? "" : "missing"} ${error ? "wrong" : ""}`, id: `${id}-field`, role: "group", "aria-labelledby": `${id}-name` },
    h("p", { class: "label", id: `${id}-name` }, slot.title, slot.required ? null : h("span", { class: "faint" }, ` ${say("form.optional")}`)),
    h("p", { class: "source" }, slot.given ? slot.given_words : h("span", { class: "badge" }, say("form.not_filled"))),
    demanded(slot),
    slot.help && !slot.given && h("p", { class: "hint" }, slot.help),
    slot.files.length ? h("ul", { class: "files" }, slot.files.map((file) => h("li", {},
      h("a", { href: `/api/v1/files/${file.id}`, download: file.name }, file.name),
      slot.editable && button(say("form.remove"), () => drop(file, slot, form), "link", { "aria-label": say("form.remove_file", { name: file.name }) })))) : null,
    error && h("p", { class: "error", role: "alert" }, error),
    slot.editable ? ways(slot, form) : null,
    slot.reason && h("p", { class: "hint" }, slot.reason));
}

function ways(slot, form) {
  const buttons = slot.ways.map((one) => (one.way === "upload"
    ? button(say("form.upload"), () => add(slot, form), slot.given ? "" : "primary", { "aria-label": `${say("form.upload")}：${slot.title}` })
    : one.way === slot.given ? null
      : button([h("span", {}, one.label), one.text && h("small", {}, one.text)], () => form.save(slot.key, one.way), "", { "aria-label": `${one.label} ${one.text} ${slot.title}` })));
  return [h("div", { class: "actions" }, buttons),
    slot.ways.some((one) => one.way === "upload") && h("p", { class: "hint" }, say("form.accepts", { types: takes(slot.accept), max: slot.max_mb }))];
}

async function add(slot, form) {
  const files = await pick(slot.accept.join(","));
  if (!files.length) return;
  announce(say("form.uploading"));
  try {
    for (const file of files) form.show(await sendFile(form.id, slot.slot, file));
    form.errors.delete(slot.key);
    announce(say("form.uploaded"));
  } catch (error) {
    form.errors.set(slot.key, error.message);
    announce(error.message);
  }
  form.show(form.draft);
}

async function drop(file, slot, form) {
  try {
    form.show(await remove(`/api/v1/files/${file.id}`));
  } catch (error) {
    form.errors.set(slot.key, error.message);
    form.show(form.draft);
  }
}
