// A sheet over the page: the browser's own dialog keeps the focus inside and gives it back.

import { button, h } from "./dom.js";
import { say } from "./words.js";

const dialog = () => document.getElementById("sheet");

export function openSheet(title, ...children) {
  const sheet = dialog();
  sheet.replaceChildren(
    h("header", { class: "sheet-head" },
      h("h2", { id: "sheet-title", tabindex: "-1" }, title),
      button(say("app.close"), closeSheet, "quiet")),
    h("div", { class: "sheet-body" }, children),
  );
  if (!sheet.open) sheet.showModal();
  document.getElementById("sheet-title").focus();
  return sheet;
}

export function closeSheet() {
  if (dialog().open) dialog().close();
}

// A question with a way to say yes and a way to leave it.
export function sure(title, words, yes, no) {
  return new Promise((resolve) => {
    let answer = false;
    const sheet = openSheet(title, h("p", {}, words), h("div", { class: "row" },
      button(yes, () => { answer = true; closeSheet(); }, "danger"), button(no, closeSheet)));
    sheet.addEventListener("close", () => resolve(answer), { once: true });
  });
}
