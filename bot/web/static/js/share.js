// Words to pass on to somebody else: shown whole, copied or handed to the phone's own share sheet.

import { announce } from "./app.js";
import { button, h } from "./dom.js";
import { say } from "./words.js";

let counted = 0;

export function passOn(words) {
  const id = `pass-${(counted += 1)}`;
  const box = h("textarea", { id, class: "input pass", rows: "6", readonly: true, onfocus: (event) => event.target.select() });
  box.value = words;
  const told = h("p", { class: "hint", role: "status" });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      box.select();
      document.execCommand("copy");
    }
    told.textContent = say("others.copied");
    announce(say("others.copied"));
  };
  const share = () => navigator.share({ text: words }).catch(() => {});
  return h("div", { class: "pass-on" }, h("label", { class: "label", for: id }, say("others.words")), box,
    h("div", { class: "row" }, navigator.share ? button(say("others.share"), share, "primary") : null,
      button(say("others.copy"), copy, navigator.share ? "" : "primary")), told);
}
