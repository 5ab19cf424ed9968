// One field of the form: its control, its value and source, its error. Nothing is disabled; what may not be changed says why.

import { button, h, idOf } from "./dom.js";
import { say } from "./words.js";

const FEW = 6;
const NATIVE = { date: "date", datetime: "datetime-local", month: "month" };
const KEYBOARD = { number: "decimal", money: "decimal", phone: "tel", bank_account: "numeric" };
const FILLS = { phone: "tel", name: "name", address: "street-address" };

// form: { save(path, value), skip(path), contest(field), typed: Map, errors: Map, open: Set }
export function drawField(field, form) {
  const id = idOf("f", field.path);
  const error = form.errors.get(field.path);
  const notes = [`${id}-source`, error ? `${id}-error` : "", field.reason ? `${id}-reason` : "", field.help ? `${id}-help` : ""].filter(Boolean).join(" ");
  const group = isGroup(field) && field.editable && !hidden(field, form);
  const body = group ? choices(field, form, id, error) : control(field, form, id, notes, error);
  const name = [field.label, field.required ? null : h("span", { class: "faint" }, ` ${say("form.optional")}`)];
  return h(group ? "fieldset" : "div", { class: `field ${field.status} ${error ? "wrong" : ""}`, id: `${id}-field`, "aria-describedby": group ? notes : null },
    group ? h("legend", { class: "label" }, name) : h("label", { class: "label", for: id }, name),
    demanded(field),
    field.help && h("p", { class: "hint", id: `${id}-help` }, field.help),
    body,
    field.unknown && field.status === "skipped" && h("p", { class: "hint" }, field.unknown),
    error && h("p", { class: "error", id: `${id}-error` }, error),
    h("p", { class: "source", id: `${id}-source` }, badge(field), field.source),
    field.reason && h("p", { class: "hint", id: `${id}-reason` }, field.reason),
    more(field, form));
}

// What the notice of corrections says of a place.
export function demanded(one) {
  return one.demand && h("p", { class: "demand" }, one.demand);
}

function badge(field) {
  const words = { missing: "form.not_filled", skipped: "form.skipped", contested: "form.contested", corrected: "form.corrected" }[field.status];
  return words ? h("span", { class: "badge" }, say(words)) : null;
}

function more(field, form) {
  const parts = [];
  if (field.editable && hidden(field, form)) parts.push(button(say("form.edit"), () => form.reveal(field.path), "link", { "aria-label": `${say("form.edit")}：${field.label}` }));
  if (field.may_contest) parts.push(button(say("form.contest"), () => form.contest(field), "link", { "aria-label": `${say("form.contest")}：${field.label}` }));
  const pass = say(field.unknown ? "form.unknown" : "form.skip");
  if (field.editable && (!field.required || field.unknown) && field.status === "missing") parts.push(button(pass, () => form.skip(field.path), "link", { "aria-label": `${pass}：${field.label}` }));
  const why = [field.why, field.asked_by.length ? say("form.asked_by", { departments: field.asked_by.join("、") }) : ""].filter(Boolean);
  const told = why.length ? h("details", { class: "why" }, h("summary", { "aria-label": `${say("form.why")}：${field.label}` }, say("form.why")), why.map((line) => h("p", {}, line))) : null;
  return parts.length || told ? h("div", { class: "row ways" }, parts, told) : null;
}

function isGroup(field) {
  return field.type === "bool" || field.type === "choices" || (field.options.length > 0 && field.options.length <= FEW);
}

// What data brought is only shown until the citizen wants to change it: nobody changes it by a slip of the finger.
function hidden(field, form) {
  return field.editable && (field.status === "known" || field.status === "contested") && !form.open.has(field.path);
}

function control(field, form, id, notes, error) {
  const same = { id, name: field.path, "aria-describedby": notes || null, "aria-invalid": error ? "true" : null, "aria-required": field.required ? "true" : null };
  if (!field.editable || hidden(field, form)) {
    return h("textarea", { ...same, class: "input fixed", readonly: true, rows: String(Math.max(1, Math.ceil(field.shown.length / 18))), value: field.shown });
  }
  if (field.options.length) return select(field, form, same);
  const typed = form.typed.has(field.path) ? form.typed.get(field.path) : text(field);
  const long = field.type === "long_text" || field.type === "address";
  const given = { ...same, class: "input", value: typed, placeholder: field.example || null,
    oninput: (event) => form.typed.set(field.path, event.target.value),
    onblur: (event) => { if (event.target.value.trim() !== String(text(field))) form.save(field.path, event.target.value); } };
  if (long) return h("textarea", { ...given, rows: "2" });
  const input = h("input", { ...given, type: NATIVE[field.type] || "text", inputmode: KEYBOARD[field.type] || null, autocomplete: FILLS[field.type] || "off" });
  input.value = typed;
  return field.unit ? h("div", { class: "with-unit" }, input, h("span", {}, field.unit)) : input;
}

function text(field) {
  if (field.value === null || field.value === undefined) return "";
  if (field.type === "region") return field.shown;
  if (field.type === "datetime") return String(field.value).slice(0, 16).replace(" ", "T");
  return field.value;
}

function select(field, form, same) {
  const node = h("select", { ...same, class: "input", onchange: (event) => form.save(field.path, event.target.value) },
    h("option", { value: "" }, say("form.choose")),
    field.options.map((one) => h("option", { value: one.value }, one.label)));
  node.value = field.value || "";
  return node;
}

function choices(field, form, id, error) {
  const options = field.type === "bool" ? [{ value: "yes", label: say("form.yes") }, { value: "no", label: say("form.no") }] : field.options;
  const several = field.type === "choices";
  const value = field.value === undefined ? null : field.value;
  return drawChoices({ id, options, several, value, error }, (value) => form.save(field.path, value));
}

// Radio buttons, or ticks that are sent together; used for situations as well.
export function drawChoices({ id, options, several, value, error }, save) {
  const held = new Set(Array.isArray(value) ? value : value === null || value === undefined ? [] : [String(value)]);
  const inputs = options.map((one, place) => h("input", { type: several ? "checkbox" : "radio", name: id, id: `${id}-${place}`, value: one.value,
    checked: held.has(String(one.value)), "aria-invalid": error ? "true" : null,
    onchange: () => { if (several) done.hidden = false; else save(one.value); } }));
  const done = button(say("form.confirm_several"), () => save(options.filter((_, place) => inputs[place].checked).map((one) => one.value)), "primary");
  done.hidden = !several || value !== null;
  return h("div", { class: "choices" }, options.map((one, place) => h("label", { class: "tick", for: `${id}-${place}` }, inputs[place],
    h("span", {}, one.label, one.help && h("small", {}, one.help)))), several && done);
}
