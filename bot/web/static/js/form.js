// The form as a view: the same draft the talk fills. Every answer is saved as it is given; the server says what is wrong.

import { readButton } from "./aloud.js";
import { get, patch, post, Unreachable } from "./api.js";
import { announce, go, me, title } from "./app.js";
import { contest } from "./contest.js";
import { button, facts, h, idOf, paragraphs, reconcile, redraw } from "./dom.js";
import { demanded, drawChoices, drawField } from "./fields.js";
import { drawSection } from "./folding.js";
import { drawSlot } from "./materials.js";
import { drawOthers } from "./others.js";
import { drawPlace } from "./place.js";
import { drawSign } from "./sign.js";
import { onSignedIn, signIn } from "./signin.js";
import { Single } from "./single.js";
import { linesIn } from "./spoken.js";
import { dayOf, say } from "./words.js";

const AGAIN = 5000;

// Which form? The only one at once, otherwise a list.
export function showForms(main) {
  title(say("form.title"));
  main.append(h("h1", {}, say("form.title")));
  if (!me.signed_in) return needSignIn(main);
  get("/api/v1/drafts").then(({ drafts }) => {
    if (drafts.length === 1) {
      history.replaceState({}, "", `/form/${drafts[0].id}`);
      return go(`/form/${drafts[0].id}`);
    }
    if (!drafts.length) main.append(h("div", { class: "panel" }, h("p", {}, say("form.none")), h("a", { href: "/", class: "button primary" }, say("form.go_chat"))));
    else main.append(h("h2", {}, say("form.pick")), h("ul", { class: "list" }, drafts.map((one) => h("li", {},
      h("a", { href: `/form/${one.id}`, class: "item" }, h("strong", {}, one.title), h("span", { class: "hint" }, dayOf(one.updated_at)))))));
    return null;
  }).catch((error) => main.append(h("p", { class: "error", role: "alert" }, error.message)));
  return undefined;
}

export function needSignIn(main) {
  main.append(h("div", { class: "panel" }, h("p", {}, say("app.need_sign_in")), button(say("app.sign_in"), signIn, "primary")));
  onSignedIn(() => go(location.pathname));
  return undefined;
}

export function showForm(main, id) {
  title(say("form.title"));
  if (!me.signed_in) return needSignIn(main);
  const view = new FormView(main, id);
  view.load();
  return () => { view.alive = false; };
}

class FormView {
  constructor(main, id) {
    this.id = id;
    this.address = `/api/v1/drafts/${encodeURIComponent(id)}`;
    this.alive = true;
    this.typed = new Map();
    this.errors = new Map();
    this.open = new Set();
    this.first = new Map();
    this.whole = false;
    this.single = new Single(this);
    this.queue = Promise.resolve();
    this.head = h("div", {});
    this.parts = h("div", { class: "parts" });
    this.foot = h("div", { class: "foot" });
    main.append(this.head, this.parts, this.foot);
  }

  async load() {
    this.head.append(h("p", {}, say("app.loading")));
    try {
      this.show(await get(this.address));
      const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (place) this.jump(place);
    } catch (error) {
      this.head.replaceChildren(h("p", { class: "error", role: "alert" }, error.status === 403 || error.status === 404 ? say("app.not_found") : error.message));
    }
  }

  show(draft) {
    this.draft = draft;
    if (!this.alive) return;
    this.correcting = draft.state === "correcting";
    const alone = this.single.take(draft);
    title(draft.title);
    this.drawHead();
    const parts = [
      { key: "situations", kind: "situations", of: this.shown(draft.situations) },
      { key: "early", kind: "early", of: alone ? [] : draft.others.filter((one) => one.spares) },
      ...draft.sections.map((one, place) => ({ key: `s${place}`, kind: "section", of: { ...one, fields: this.shown(one.fields) } })).filter((one) => one.of.fields.length),
      { key: "materials", kind: "materials", of: this.shown(draft.materials) },
      ...(alone ? [] : this.rest(draft)),
    ].filter((one) => (Array.isArray(one.of) ? one.of.length : one.of));
    this.shells(parts);
    this.drawFoot();
  }

  // What follows the questions.
  rest(draft) {
    return [
      { key: "others", kind: "others", of: draft.others.filter((one) => !one.spares && (one.missing || !this.correcting)) },
      { key: "findings", kind: "findings", of: draft.findings },
      { key: "numbers", kind: "numbers", of: this.correcting ? [] : [draft.heading, draft.facts] },
      { key: "sign", kind: "sign", of: draft.can_submit && draft.state === "open" ? draft.pledge : "" },
    ];
  }

  // In a correction only what it reopens, until the citizen wants to see all of it; in large type one question.
  shown(list) {
    if (this.single.at) return list.filter((one) => (one.key || one.path) === this.single.at);
    return this.correcting && !this.whole ? list.filter((one) => one.editable || one.demand) : list;
  }

  // Sections stay where they are and only their changed fields are made anew, so that nothing moves under the finger.
  shells(parts) {
    reconcile(this.parts, parts.map((one) => ({ key: one.key, kind: one.kind })), (one) => one.key, (one) => h("section", { class: `panel ${one.kind}` }));
    parts.forEach((part, place) => this[part.kind](this.parts.children[place], part.of));
  }

  within(shell, heading, items, keyOf, make, known) {
    drawSection(this, shell, heading, items, keyOf, make, known);
  }

  situations(shell, found) {
    this.within(shell, say("form.situations"), found, (one) => one.key, (one) => this.situation(one), (one) => one.decided);
  }

  section(shell, section) {
    this.within(shell, section.title, section.fields, (one) => one.path, (one) => drawField(one, this), (one) => one.status === "known");
  }

  materials(shell, slots) {
    this.within(shell, say("form.materials"), slots, (one) => one.key, (one) => drawSlot(one, this), (one) => ["licence", "generated", "verified"].includes(one.given));
  }

  findings(shell, found) {
    shell.replaceChildren(h("h2", {}, say("form.findings")), h("ul", { class: "findings" }, found.map((one) => h("li", { class: one.level },
      h("strong", {}, say(`form.level_${one.level}`)), " ", one.says, " ",
      this.place(one.about) ? h("a", { href: `#${this.place(one.about)}`, onclick: (event) => { event.preventDefault(); event.stopPropagation(); this.jump(document.getElementById(this.place(one.about))); } }, say("form.go_there")) : null))));
  }

  // Those who could spare the citizen questions are asked first, above the questions.
  early(shell, found) {
    this.drawOthers(shell, found, say("others.early_title"), say("others.early_intro"));
  }

  others(shell, found) {
    this.drawOthers(shell, found, say("others.title"), say("others.intro"));
  }

  drawOthers(shell, found, heading, intro) {
    const sum = JSON.stringify(found);
    if (shell.dataset.others === sum) return;
    shell.dataset.others = sum;
    const missing = found.some((one) => one.missing);
    shell.replaceChildren(h("h2", {}, missing ? heading : say("others.title_done")), ...(missing ? [h("p", {}, intro)] : []),
      drawOthers(this.address, found, async () => this.show(await get(this.address)),
        (slot) => this.jump(document.getElementById(this.place(`material:${slot}`)))));
  }

  numbers(shell, [heading, rows]) {
    shell.replaceChildren(h("h2", {}, heading), facts(rows));
  }

  sign(shell, pledge) {
    drawSign(this, shell, pledge);
  }

  situation(one) {
    const id = idOf("f", one.key), error = this.errors.get(one.key);
    const settled = one.decided && one.editable && !this.open.has(one.key) && !error;
    const chosen = one.options.filter((each) => (Array.isArray(one.value) ? one.value.includes(each.value) : one.value === each.value));
    return h("fieldset", { class: `field ${one.value === null ? "missing" : ""} ${error ? "wrong" : ""}`, id: `${id}-field` },
      h("legend", { class: "label" }, one.question),
      demanded(one),
      one.help && !settled && h("p", { class: "hint" }, one.help),
      one.multi && one.editable && !settled && h("p", { class: "hint" }, say("form.several")),
      one.editable && !settled ? drawChoices({ id, options: one.options, several: one.multi, value: one.value, error }, (value) => this.save(one.key, value))
        : h("p", { class: "fixed", tabindex: "0", id }, chosen.map((each) => each.label).join("、") || say("form.not_filled")),
      error && h("p", { class: "error" }, error),
      h("p", { class: "source" }, one.value === null ? h("span", { class: "badge" }, say("form.not_filled")) : one.source),
      chosen.map((each) => each.effect && h("p", { class: "hint" }, each.effect)),
      settled && h("div", { class: "row ways" }, button(say("form.edit"), () => this.reveal(one.key), "link", { "aria-label": `${say("form.edit")}：${one.question}` })),
      one.reason && h("p", { class: "hint" }, one.reason));
  }

  drawHead() {
    const { consent, state, offline, offline_where } = this.draft;
    if (this.single.at) return redraw(this.head, this.single.head(this.draft));
    return redraw(this.head, [h("h1", {}, this.draft.title), drawPlace(this),
      this.correcting && h("div", { class: "block notice info" }, h("p", {}, say("form.only_these")),
        !this.whole && button(say("form.show_all"), () => { this.whole = true; this.show(this.draft); }, "link")),
      state !== "open" && !this.correcting && h("p", { class: "block notice info" }, say("form.closed"), " ", this.draft.case && h("a", { href: `/cases/${this.draft.case}` }, say("form.see_case"))),
      offline && h("div", { class: "block notice warning" }, h("h2", {}, say(offline_where ? "form.offline" : "form.offline_other")), paragraphs(offline), offline_where && h("p", {}, h("strong", {}, offline_where))),
      state === "open" && consent.given === null && consent.sources.length && consenting(consent.text,
        h("div", { class: "row" }, button(say("form.agree"), () => this.consent(true), "primary"), button(say("form.disagree"), () => this.consent(false)))),
      consent.given !== null && h("p", { class: "hint" }, say(consent.given ? "form.consent_given" : "form.consent_refused"), " ",
        state === "open" && consent.sources.length && (consent.given ? h("a", { href: "/settings" }, say("settings.consent_withdraw")) : button(say("form.agree_now"), () => this.consent(true), "link"))),
    ].filter(Boolean));
  }

  drawFoot() {
    const { left, state } = this.draft, ready = this.draft.can_submit;
    this.foot.hidden = state !== "open" && !this.correcting;
    if (this.single.at) return redraw(this.foot, this.single.foot(left));
    const words = left ? say("form.left", { count: left }) : ready || this.correcting ? say("form.left_none") : say("form.problems", { count: this.draft.findings.filter((one) => one.level === "block").length || 1 });
    const act = this.correcting && !left ? button(say("form.resubmit"), () => go(`/cases/${this.draft.case}#fixed`), "primary")
      : left ? button(say("form.next"), () => this.onward(), "primary")
        : ready ? button(say("form.check"), () => this.jump(document.getElementById("sign-name")), "primary")
          : button(say("form.go_there"), () => this.jump(this.parts.querySelector(".findings")), "primary");
    return redraw(this.foot, [h("p", { role: "status" }, words), act]);
  }

  // To what is missing once the last answer is saved; it was typed a moment ago.
  async onward() {
    await this.queue;
    const { left, next } = this.draft;
    this.jump(left ? document.getElementById(this.place(next)) : document.getElementById("sign-name") || this.parts.querySelector(".findings"));
  }

  place(about) {
    if (about.startsWith("confirmation:")) return idOf("other", about.slice("confirmation:".length));
    const id = `${idOf("f", about)}-field`;
    return document.getElementById(id) ? id : "";
  }

  jump(place) {
    if (!place) return;
    const folded = place.closest("details.known");
    if (folded) folded.open = true;
    place.scrollIntoView({ block: "start" });
    const control = place.matches("input, select, textarea") ? place : place.querySelector("input, select, textarea, button, a");
    if (control) control.focus({ preventScroll: true });
  }

  // Changes go one after the other, each over the revision that the one before gave.
  save(path, value) {
    return this.change({ path, value, do: "put" });
  }

  skip(path) {
    return this.change({ path, do: "skip" });
  }

  change(made) {
    this.queue = this.queue.then(() => this.make(made));
    return this.queue;
  }

  async make(made, again = true) {
    try {
      const draft = await patch(this.address, { ...made, revision: this.draft.revision });
      this.typed.delete(made.path);
      this.errors.delete(made.path);
      this.open.delete(made.path);
      this.show(draft);
      announce(`${say("form.saved")}，${draft.left ? say("form.left", { count: draft.left }) : say("form.left_none")}`);
      return true;
    } catch (error) {
      if (error instanceof Unreachable) return this.later(made, error, again);
      if (error.status === 409 && error.body.reason === "stale" && again) {
        this.show(await get(this.address));
        announce(say("form.stale"));
        return this.make(made, false);
      }
      if (error.status === 409) this.show(await get(this.address).catch(() => this.draft));
      this.errors.set(made.path, error.message);
      this.show(this.draft);
      announce(error.message);
      return false;
    }
  }

  // No line: said at its field, kept, and sent as soon as there is one.
  async later(made, error, again) {
    if (!this.errors.has(made.path)) {
      this.errors.set(made.path, error.message);
      this.show(this.draft);
      announce(error.message);
    }
    await new Promise((resolve) => {
      setTimeout(resolve, AGAIN);
      window.addEventListener("online", resolve, { once: true });
    });
    return this.make(made, again);
  }

  reveal(path) {
    this.open.add(path);
    this.show(this.draft);
    const control = document.getElementById(idOf("f", path)) || document.getElementById(`${idOf("f", path)}-0`);
    if (control) control.focus();
  }

  async consent(given) {
    const note = h("p", { class: "hint", role: "status" }, say("form.looking_up"));
    this.head.append(note);
    try {
      this.show(await post(`${this.address}/consent`, { given }));
    } catch (error) {
      note.replaceWith(h("p", { class: "error", role: "alert" }, error.message));
    }
  }

  contest(field) {
    contest(this, field);
  }
}

// What would be looked up, to be read or heard before somebody agrees.
function consenting(text, choice) {
  const panel = h("section", { class: "panel" }, h("h2", {}, say("form.consent_title")), paragraphs(text), choice);
  panel.append(readButton(() => linesIn(panel)));
  return panel;
}
