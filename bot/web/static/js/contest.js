// Saying that what data brought is wrong: what is right, and why. It travels to whoever owns the data.

import { h } from "./dom.js";
import { closeSheet, openSheet } from "./sheet.js";
import { say } from "./words.js";

export function contest(form, field) {
  const id = "contest-value";
  const options = field.options.length > 0;
  const claimed = options ? h("select", { id, class: "input" }, field.options.map((one) => h("option", { value: one.value }, one.label)))
    : h("input", { id, class: "input", type: field.type === "date" ? "date" : "text", required: true });
  const reason = h("textarea", { id: "contest-reason", class: "input", rows: "2", required: true });
  const error = h("p", { class: "error", role: "alert" });
  const send = async () => {
    const done = await form.change({ path: field.path, do: "contest", value: claimed.value, reason: reason.value });
    if (done) return closeSheet();
    error.textContent = form.errors.get(field.path) || "";
    form.errors.delete(field.path);
    return form.show(form.draft);
  };
  openSheet(say("form.contest_title", { title: field.label }), h("p", {}, field.reason || field.source),
    h("form", { onsubmit: (event) => { event.preventDefault(); send(); } },
      h("label", { class: "label", for: id }, say("form.contest_claimed")), claimed,
      h("label", { class: "label", for: "contest-reason" }, say("form.contest_reason")), reason, error,
      h("button", { type: "submit", class: "button primary wide" }, say("form.contest_send"))));
}
