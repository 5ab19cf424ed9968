// Blocks as the server sends them, drawn. An unknown one falls back to its plain text, so old pages keep working.

import { button, facts, h, idOf, paragraphs } from "./dom.js";
import { passOn } from "./share.js";
import { say } from "./words.js";

// press(action) does what a button says; live is false for what was answered already.
export function drawBlock(block, press, live) {
  const draw = KINDS[block.type];
  return draw ? draw(block, press, live) : h("div", { class: "block text" }, paragraphs(block.plain));
}

const KINDS = {
  text: (block) => h("div", { class: "block text" }, paragraphs(block.text)),
  notice: (block) => h("div", { class: `block notice ${block.kind}` }, paragraphs(block.text)),
  card: drawCard,
  options: drawOptions,
  form: drawForm,
  progress: drawProgress,
  hand_over: drawHandOver,
};

function actions(list, press, live) {
  if (!live || !list.length) return null;
  return h("div", { class: "actions" }, list.map((one) => actionButton(one, press)));
}

function actionButton(one, press) {
  return button(one.help ? [h("span", {}, one.label), h("small", {}, one.help)] : one.label, () => press(one),
    one.style === "plain" ? "" : one.style, { "data-action": one.id });
}

function drawCard(block, press, live) {
  return h("section", { class: "block card" },
    h("h2", {}, block.title),
    block.summary && drawSummary(block.summary),
    block.facts.length ? facts(block.facts) : null,
    block.steps.length ? h("ol", { class: "steps" }, block.steps.map((step) => h("li", {}, step))) : null,
    block.more && block.more.length ? h("details", {}, h("summary", {}, say("chat.more")), h("dl", { class: "facts stacked" }, block.more.map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, value))))) : null,
    block.source && h("p", { class: "hint" }, block.source),
    block.copy_text && live ? passOn(block.copy_text) : null,
    actions(block.actions, press, live));
}

// A guide comes as numbered lines; those read better as a list.
function drawSummary(text) {
  const lines = text.split(/\n+/).filter(Boolean);
  if (lines.length > 1 && lines.every((line) => /^\d+\.\s*/.test(line))) {
    return h("ol", { class: "steps" }, lines.map((line) => h("li", {}, line.replace(/^\d+\.\s*/, ""))));
  }
  return paragraphs(text);
}

function drawOptions(block, press, live) {
  const prompt = idOf("ask", block.items[0] ? block.items[0].id : "", Math.random().toString(36).slice(2, 8));
  const head = [h("h2", { id: prompt }, block.prompt), block.help && paragraphs(block.help, "hint")];
  if (!live) return h("section", { class: "block options past" }, head);
  const choices = block.items.filter((one) => one.style !== "quiet"), side = block.items.filter((one) => one.style === "quiet");
  const list = block.multi ? drawTicks(block, choices, press, prompt)
    : h("div", { class: "choices", role: "group", "aria-labelledby": prompt }, choices.map((one) => actionButton(one, press)));
  return h("section", { class: "block options" }, head, list, actions(side, press, live));
}

// Several choices are ticked here and sent together.
function drawTicks(block, choices, press, prompt) {
  const boxes = choices.map((one, place) => h("input", { type: "checkbox", id: idOf(prompt, place), value: one.id, checked: one.chosen }));
  const send = () => {
    const picked = choices.filter((_, place) => boxes[place].checked);
    const values = picked.map((one) => one.id.slice(one.id.indexOf("=") + 1)).join(",");
    press({ id: `${block.done.id}=${values}`, label: picked.map((one) => one.label).join("、") || block.done.label });
  };
  return h("div", { class: "choices", role: "group", "aria-labelledby": prompt },
    choices.map((one, place) => h("label", { class: "tick" }, boxes[place],
      h("span", {}, one.label, one.help && h("small", {}, one.help)))),
    block.done && button(block.done.label, send, "primary"));
}

function drawForm(block, press, live) {
  return h("section", { class: "block card" },
    h("h2", {}, block.title),
    h("dl", { class: "facts sourced" }, block.fields.map((field) => h("div", {},
      h("dt", {}, field.label),
      h("dd", {}, h("span", {}, field.shown || say("form.not_filled"), field.source && h("small", {}, field.source)),
        live && field.edit !== "closed" && button(say("form.edit"), () => press({ id: `act:change:${field.key || `field:${field.path}`}`, label: `${say("form.edit")}：${field.label}` }),
          "link", { "aria-label": `${say("form.edit")}：${field.label}` }))))),
    actions(block.actions, press, live),
    block.more && h("p", {}, h("a", { href: block.more }, say("chat.open_form"))));
}

export function drawLegs(legs) {
  return h("ol", { class: "legs" }, legs.map((leg) => h("li", { class: `leg ${leg.state}` },
    h("span", { class: "mark", "aria-hidden": "true" }),
    h("div", {}, h("strong", {}, leg.title), h("p", {}, `${leg.department}：${leg.says}`),
      leg.until && leg.state !== "completed" && h("p", { class: "hint" }, `${say("case.due")} ${leg.until}`),
      leg.results && leg.results.length ? h("p", { class: "hint" }, leg.results.join("、")) : null))));
}

function drawProgress(block, press, live) {
  return h("section", { class: "block card" },
    h("h2", {}, block.title),
    facts([[say("case.number"), block.number], [say("docs.status"), block.state]]),
    drawLegs(block.legs),
    (block.remarks || []).map((one) => h("p", { class: "remark" }, one)),
    block.timeline.length ? h("details", {}, h("summary", {}, say("chat.show_timeline")),
      h("ol", { class: "timeline" }, block.timeline.map((line) => h("li", {}, h("time", {}, line.at), " ", line.what)))) : null,
    h("p", {}, h("a", { href: `/cases/${block.number}` }, say("case.open"))),
    actions(block.actions, press, live));
}

function drawHandOver(block, press, live) {
  const back = { id: "act:bot", label: (block.plain.match(/【([^】]+)】\s*$/) || [])[1] };
  return h("section", { class: "block card" },
    paragraphs(block.text),
    h("p", {}, h("a", { class: "button wide", href: `tel:${block.phone}` }, `${say("chat.person_called").replace("12345", block.phone)}`)),
    block.hours && h("p", { class: "hint" }, block.hours),
    back.label ? actions([back], press, live) : null);
}
