// The talk as a view: what was said, the buttons that still count, the composer.

import { hush, linesOf, readButton } from "./aloud.js";
import { go, me, onMe, title } from "./app.js";
import { drawBlock } from "./blocks.js";
import { button, h, paragraphs, reconcile } from "./dom.js";
import { onSignedIn, signIn } from "./signin.js";
import { Talk } from "./talk.js";
import { bringFor, uploadFor } from "./upload.js";
import { speaking } from "./voice.js";
import { say } from "./words.js";

const ANSWERING = new Set(["asking", "filling", "correcting"]);

export function showChat(main) {
  title("");
  const view = new ChatView(main);
  onSignedIn(() => { if (view.alive) view.talk.restart(); else go("/"); });
  view.talk.start();
  begun(view.talk);
  return () => view.close();
}

class ChatView {
  constructor(main) {
    this.alive = true;
    this.known = -1;
    this.spoke = 0;
    this.labels = new Map();
    this.talk = new Talk(() => this.draw());
    this.fresh = button(say("chat.new"), () => this.toEnd(), "fresh", { hidden: true });
    this.log = h("div", { class: "log", role: "log", "aria-live": "polite", "aria-relevant": "additions", "aria-label": say("chat.log") });
    this.tries = h("div", { class: "tries", hidden: true });
    this.typing = h("p", { class: "typing", hidden: true }, h("span", { class: "dots", "aria-hidden": "true" }), say("chat.typing"));
    this.input = h("textarea", { id: "say", rows: "1", maxlength: "10000", placeholder: say("chat.placeholder"), autocomplete: "off",
      enterkeyhint: "send", onkeydown: (event) => this.key(event), oninput: () => this.grow() });
    this.voice = speaking((words) => this.heard(words));
    this.form = h("form", { class: "composer", onsubmit: (event) => { event.preventDefault(); this.submit(); } },
      h("label", { class: "unseen", for: "say" }, say("chat.composer")), this.voice.note, this.voice.panel, this.input, this.voice.start,
      h("button", { type: "submit", class: "button primary" }, say("chat.send")));
    main.append(h("h1", { class: "unseen" }, say("app.chat")), this.log, this.typing, this.tries, this.fresh, this.form);
    this.drawTries();
    onMe(() => { if (this.alive && this.log.lastElementChild) this.show(this.log.lastElementChild, "auto"); });
    this.scrolled = () => { if (nearEnd()) this.fresh.hidden = true; };
    window.addEventListener("scroll", this.scrolled, { passive: true });
  }

  close() {
    this.alive = false;
    window.removeEventListener("scroll", this.scrolled);
    this.voice.close();
    this.talk.stop();
  }

  key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.submit();
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, window.innerHeight / 3)}px`;
  }

  // What was understood stands where one types: to be seen, mended and then sent.
  heard(words) {
    this.input.value = [this.input.value.trim(), words].filter(Boolean).join(" ");
    this.grow();
    this.input.focus();
  }

  submit() {
    const text = this.input.value.trim();
    if (!text) return;
    this.voice.tell("");
    this.input.value = "";
    this.grow();
    this.talk.send({ text });
  }

  press(action) {
    const [, name, ...rest] = action.id.split(":");
    if (name === "login") return signIn();
    if (name === "upload") return uploadFor(this.talk.draft, rest.join(":"), (said) => this.talk.send(said), this.log);
    if (name === "bring") return bringFor(rest.join(":"), this.log);
    this.labels.set(action.id, action.label);
    return this.talk.send({ action: action.id, label: action.label });
  }

  drawTries() {
    const lines = ["chat.try_1", "chat.try_2", "chat.try_3"].map((key) => say(key));
    this.tries.append(h("p", { class: "hint" }, say("chat.try")),
      ...lines.map((line) => button(`“${line}”`, () => this.talk.send({ text: line }), "quiet")),
      h("a", { href: "/guides", class: "button quiet" }, say("chat.all")));
  }

  // Buttons count from the citizen's last word on; what was answered before is only read.
  draw() {
    if (!this.alive) return;
    const { messages, outbox } = this.talk;
    const lastMine = outbox.length ? Infinity : Math.max(-1, ...messages.filter((one) => one.role === "citizen").map((one) => one.seq));
    const items = [
      ...messages.map((one) => ({ key: `m${one.seq}`, ...one })),
      ...outbox.map((one) => ({ key: `o${one.client_id}`, role: "citizen", text: one.text || one.label || "", state: one.state === "sent" ? "sending" : one.state, problem: one.problem, client_id: one.client_id })),
    ].filter((one) => one.role !== "citizen" || one.text || one.action);
    const held = this.log.contains(document.activeElement);
    const said = items.filter((one) => one.role === "citizen").length;
    const follow = nearEnd() || said > this.spoke || this.talk.busy || this.waited;
    if (said > this.spoke) hush();
    this.spoke = said;
    this.waited = this.talk.busy;
    reconcile(this.log, items, (one) => one.key, (one) => this.message(one, messages, one.seq > lastMine));
    items.forEach((one, place) => { if (!(one.seq > lastMine)) retire(this.log.children[place]); });
    this.once();
    this.typing.hidden = !this.talk.busy;
    this.input.placeholder = say(ANSWERING.has(this.talk.stage) ? "chat.placeholder_answer" : "chat.placeholder");
    this.tries.hidden = messages.length !== 1 || outbox.length > 0;
    this.moved(items, held, follow);
  }

  // The same question said twice has buttons once, where it was said last.
  once() {
    const seen = new Set();
    for (const turn of [...this.log.querySelectorAll(".turn.live")].reverse()) {
      const here = [...turn.querySelectorAll("[data-action]")];
      if (here.length && here.every((node) => seen.has(node.dataset.action))) retire(turn);
      here.forEach((node) => seen.add(node.dataset.action));
    }
  }

  message(one, messages, live) {
    if (one.role === "citizen") return this.mine(one, messages);
    const who = one.role === "staff" ? say("chat.staff") : say("chat.bot");
    const note = !one.text && one.blocks.length === 1 && one.blocks[0].type === "notice";
    return h("div", { class: `turn ${one.role} ${live ? "live" : "past"} ${note ? "note" : ""}`, tabindex: "-1" }, h("span", { class: "unseen" }, `${who}：`),
      one.text ? h("div", { class: "block text" }, paragraphs(one.text)) : null,
      one.blocks.map((block) => drawBlock(block, (action) => this.press(action), live)),
      readButton(() => [one.text, ...one.blocks.flatMap(linesOf)].filter(Boolean)));
  }

  mine(one, messages) {
    const said = one.text || this.labels.get(one.action) || labelOf(one.action, messages, one.seq);
    const note = { waiting: say("chat.waiting"), failed: one.problem || say("chat.failed") }[one.state];
    return h("div", { class: "turn citizen", tabindex: "-1" }, h("span", { class: "unseen" }, `${say("chat.you")}：`),
      h("div", { class: "bubble" }, paragraphs(said)),
      note && h("p", { class: "error" }, note, " ", one.state === "failed"
        ? button(say("app.close"), () => this.talk.drop(one.client_id), "link")
        : button(say("chat.resend"), () => this.talk.retry(), "link")));
  }

  // Follow what is new: the page to the beginning of the newest turn, the focus when its button is gone.
  moved(items, held, follow) {
    const turn = this.log.lastElementChild, last = items.length ? items[items.length - 1].key : "";
    if (!turn) return;
    const gone = held && !this.log.contains(document.activeElement);
    if (gone || (last !== this.known && document.activeElement.classList.contains("turn"))) turn.focus({ preventScroll: true });
    if (last === this.known) return;
    const fresh = this.known !== -1;
    this.known = last;
    if (fresh && !follow) this.fresh.hidden = false;
    else this.show(turn, calm() || !fresh ? "auto" : "smooth");
  }

  toEnd() {
    this.fresh.hidden = true;
    this.show(this.log.lastElementChild, calm() ? "auto" : "smooth");
    this.log.lastElementChild.focus({ preventScroll: true });
  }

  // The whole turn when it fits; else what it ends with, a question most often; a long one from its beginning.
  show(turn, behavior) {
    const room = window.innerHeight - document.querySelector(".top").offsetHeight - this.form.offsetHeight - 24;
    const blocks = [...turn.querySelectorAll(":scope > .block")], last = blocks[blocks.length - 1] || turn;
    if (turn.offsetHeight <= room || last.offsetHeight <= room) return turn.scrollIntoView({ block: "end", behavior });
    const lead = last.getBoundingClientRect().top - turn.getBoundingClientRect().top;
    return (lead < room / (me.elder ? 8 : 3) ? turn : last).scrollIntoView({ block: "start", behavior });
  }
}

// Who comes from a guide wants to begin with it; a link on a foreign page begins nothing.
function begun(talk) {
  const asked = new URLSearchParams(location.search), code = asked.get("begin"), region = asked.get("region") || "";
  if (!code) return;
  history.replaceState({}, "", "/");
  if (/^[a-z0-9_]{1,60}$/.test(code) && document.referrer.startsWith(`${location.origin}/`)) talk.send({ action: `act:begin:${code}${/^[0-9]{6}$/.test(region) ? `@${region}` : ""}`, label: say("guide.begin") });
}

// Taken out in place, so that nothing is read out a second time.
function retire(turn) {
  if (!turn.classList.contains("live")) return;
  turn.classList.replace("live", "past");
  turn.querySelectorAll(".actions, .choices, button.link").forEach((node) => node.remove());
}

function nearEnd() {
  return window.innerHeight + window.scrollY > document.documentElement.scrollHeight - 400;
}

function calm() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches || me.elder;
}

// What a button said that was pressed before this page was opened.
function labelOf(id, messages, seq) {
  if (!id) return "";
  const [head, ticked] = id.startsWith("act:done:") ? id.split("=") : [id, ""];
  for (const one of [...messages].reverse()) {
    if (one.seq >= seq) continue;
    for (const block of one.blocks) {
      const all = [...(block.actions || []), ...(block.items || []), ...(block.done ? [block.done] : [])];
      if (ticked) {
        const picked = all.filter((each) => ticked.split(",").includes(each.id.slice(each.id.indexOf("=") + 1)));
        if (picked.length) return picked.map((each) => each.label).join("、");
      }
      const found = all.find((each) => each.id === head || each.id === id);
      if (found) return found.label;
      const row = (block.fields || []).find((field) => id === `act:change:${field.key}`);
      if (row) return `${say("form.edit")}：${row.label}`;
    }
  }
  if (id.startsWith("act:begin:")) return say("guide.begin");
  return id.startsWith("act:uploaded:") ? say("form.uploaded") : say("chat.chosen");
}
