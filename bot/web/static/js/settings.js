// Settings: type, account, and what we hold about the citizen.

import { choose, wanted } from "./aloud.js";
import { get, post, remove } from "./api.js";
import { announce, go, me, onMe, prefer, refreshMe, title } from "./app.js";
import { button, h } from "./dom.js";
import { sure } from "./sheet.js";
import { onSignedIn, signIn } from "./signin.js";
import { dayOf, say } from "./words.js";

export function showSettings(main) {
  title(say("settings.title"));
  onSignedIn(() => go("/settings"));
  main.append(h("h1", {}, say("settings.title")), type(), account());
  if (me.signed_in) main.append(privacy());
  main.append(h("section", { class: "panel" }, h("h2", {}, say("settings.about")), h("p", {}, say("settings.about_text")), h("p", {}, say("app.help_line"))));
}

function type() {
  const scales = [100, 125, 150, 175, 200];
  return h("section", { class: "panel" }, h("h2", {}, say("settings.type")),
    h("div", { class: "choices" }, h("label", { class: "tick", for: "set-elder" }, h("input", { type: "checkbox", id: "set-elder", checked: me.elder, onchange: (event) => prefer({ elder: event.target.checked }).catch(() => {}) }), h("span", {}, say("settings.elder"))),
      aloud()),
    h("fieldset", { class: "field" }, h("legend", { class: "label" }, say("settings.scale")),
      h("div", { class: "choices chips" }, scales.map((one) => h("label", { class: "tick", for: `scale-${one}` },
        h("input", { type: "radio", name: "scale", id: `scale-${one}`, value: String(one), checked: me.scale === one, onchange: () => prefer({ scale: one }).catch(() => {}) }), h("span", {}, `${one}%`))))));
}

// Only where the browser has a voice: the style hides it elsewhere.
function aloud() {
  const box = h("input", { type: "checkbox", id: "set-aloud", checked: wanted(), onchange: () => choose(box.checked) });
  onMe(() => { box.checked = wanted(); });
  return h("label", { class: "tick aloud-choice", for: "set-aloud" }, box, h("span", {}, say("settings.aloud"), h("small", {}, say("settings.aloud_help"))));
}

function account() {
  const inside = me.signed_in
    ? [h("p", {}, me.name), h("p", {}, button(say("sign_in.leave"), leave)), me.wechat && unbinding()]
    : [button(say("app.sign_in"), signIn, "primary")];
  return h("section", { class: "panel" }, h("h2", {}, say("settings.account")), inside);
}

// WeChat knows who this is: in the account's chat, in the mini-program, on pages opened from there.
function unbinding() {
  const error = h("p", { class: "error", role: "alert" });
  return [h("p", {}, button(say("settings.unbind"), async () => {
    if (!(await sure(say("settings.unbind"), say("settings.unbind_sure"), say("settings.unbind_yes"), say("settings.unbind_no")))) return;
    try {
      const done = await remove("/api/v1/me/wechat");
      await refreshMe();
      announce(say("settings.unbound"));
      go(done.signed_out ? "/" : "/settings");
    } catch (problem) {
      error.textContent = problem.message;
    }
  })), h("p", { class: "hint" }, say("settings.unbind_help")), error];
}

function privacy() {
  const list = h("div", {}), note = h("p", { role: "status" });
  drawConsents(list);
  return h("section", { class: "panel" }, h("h2", {}, say("settings.privacy")),
    h("h3", {}, say("settings.consents")), list,
    h("p", {}, h("a", { class: "button", href: "/api/v1/me/export", download: "yijianshi-export.json" }, say("settings.export"))), h("p", { class: "hint" }, say("settings.export_help")),
    h("p", {}, button(say("settings.delete"), () => forget(note), "danger")), h("p", { class: "hint" }, say("settings.delete_help")), note);
}

// What was agreed to, newest first; as long as nothing is signed, it can be taken back.
async function drawConsents(list) {
  const { consents } = await get("/api/v1/me/consents").catch(() => ({ consents: [] }));
  const one = (consent) => h("li", {},
    h("p", {}, h("strong", {}, consent.title), " ", h("span", { class: "badge" }, say(consent.given ? "settings.consent_yes" : "settings.consent_no", { at: dayOf(consent.at) }))),
    h("details", {}, h("summary", {}, say("settings.consent_text")), consent.text.split("\n").map((line) => h("p", {}, line))),
    consent.may_withdraw ? button(say("settings.consent_withdraw"), () => withdraw(consent, list), "", { "aria-label": `${say("settings.consent_withdraw")}：${consent.title}` })
      : consent.given && h("p", { class: "hint" }, say("settings.consent_signed")));
  list.replaceChildren(consents.length ? h("ul", { class: "others" }, consents.map(one)) : h("p", {}, say("settings.consents_none")));
}

async function withdraw(consent, list) {
  if (!(await sure(say("settings.consent_withdraw"), say("settings.consent_sure"), say("settings.consent_withdraw"), say("settings.consent_keep")))) return;
  try {
    await post(`/api/v1/drafts/${encodeURIComponent(consent.draft)}/consent`, { given: false });
    await drawConsents(list);
    list.prepend(h("p", { role: "status" }, say("settings.consent_withdrawn")));
    announce(say("settings.consent_withdrawn"));
  } catch (problem) {
    list.prepend(h("p", { class: "error", role: "alert" }, problem.message));
  }
}

// Signed out here, then where one signed in: on a shared computer nobody is let in after us.
async function leave() {
  const { to } = await remove("/api/v1/session");
  if (to) return location.assign(to);
  await refreshMe();
  return go("/");
}

async function forget(note) {
  if (!(await sure(say("settings.delete"), say("settings.delete_sure"), say("settings.delete_yes"), say("settings.keep")))) return;
  try {
    const done = await remove("/api/v1/me");
    const words = done.kept.length ? say("settings.deleted_kept", { count: done.kept.length }) : say("settings.deleted");
    await refreshMe();
    if (done.signed_out) go("/");
    note.textContent = words;
    announce(words);
  } catch (problem) {
    note.textContent = problem.message;
  }
}
