// In large type one question a screen: which one is shown, the way back, the way on, and the way out to the whole form.

import { hush } from "./aloud.js";
import { announce, me, onMe } from "./app.js";
import { button, h } from "./dom.js";
import { say } from "./words.js";

export class Single {
  constructor(form) {
    this.form = form;
    this.at = "";
    this.past = [];
    this.whole = false;
    onMe(() => { if (form.alive && form.draft) form.show(form.draft); });
  }

  // The key of the one thing to show; empty: all of them. What is shown stays until its answerer goes on.
  take(draft) {
    const { state, next, consent } = draft;
    const off = !me.elder || this.whole || state !== "open" || (consent.given === null && consent.sources.length > 0);
    if (off || !has(draft, this.at)) this.at = "";
    if (!off && !this.at && has(draft, next)) this.at = next;
    return this.at;
  }

  // Above the question: how many are left, and that there is more of the form.
  head(draft) {
    const left = draft.left ? say("form.left", { count: draft.left }) : say("form.left_none");
    return [h("h1", {}, draft.title), h("div", { class: "row between" }, h("p", { role: "status" }, left),
      button(say("form.show_all"), () => { this.whole = true; this.form.show(this.form.draft); }, "link"))];
  }

  foot(left) {
    return [this.past.length ? button(say("form.back"), () => this.go(this.past.pop()), "quiet") : null,
      button(say(left ? "form.onward" : "form.look_over"), () => this.onward(), "primary grow")].filter(Boolean);
  }

  async onward() {
    await this.form.queue;
    const { next, left } = this.form.draft;
    if (next === this.at) return this.wants(next);
    this.past.push(this.at);
    if (!left) this.whole = true;
    return this.go(left ? next : "");
  }

  // Nothing was answered: what is wrong stands at the question.
  wants(key) {
    if (!this.form.errors.has(key)) this.form.errors.set(key, say("form.fill_first"));
    this.form.show(this.form.draft);
    announce(this.form.errors.get(key));
  }

  // Shown from its beginning, and read out by screen readers.
  go(key) {
    hush();
    this.at = key;
    this.form.show(this.form.draft);
    const place = (this.at && this.form.parts.querySelector(".field")) || this.form.head.querySelector("h1");
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
    (this.at ? this.form.head : document.body).scrollIntoView({ block: "start" });
  }
}

function has(draft, key) {
  const keys = [draft.situations, draft.materials].flat().map((one) => one.key);
  return key !== "" && (keys.includes(key) || draft.sections.some((part) => part.fields.some((one) => one.path === key)));
}
