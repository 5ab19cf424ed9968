// A link that somebody else passed on: who asks, sign in as oneself, read, confirm or say why not.

import { get, post, remove } from "./api.js";
import { announce, go, me, refreshMe, title } from "./app.js";
import { button, facts, h } from "./dom.js";
import { onSignedIn, signIn } from "./signin.js";
import { say } from "./words.js";

export function showConfirm(main, token) {
  title(say("confirm.title"));
  const place = h("div", { class: "parts" }, h("p", {}, say("app.loading")));
  main.append(h("h1", {}, say("confirm.title")), place);
  const address = `/api/v1/confirmations/${encodeURIComponent(token)}`;
  onSignedIn(() => go(location.pathname));
  const view = { alive: true, place, address, draw: (...parts) => view.alive && place.replaceChildren(...parts.filter(Boolean)) };
  open(view).catch((error) => view.draw(wrong(error)));
  return () => { view.alive = false; };
}

async function open(view) {
  const seen = await get(view.address);
  if (seen.state !== "open" && !me.signed_in) return view.draw(over(seen));
  if (!me.signed_in) return view.draw(stranger(seen));
  try {
    return show(view, await get(`${view.address}/text`));
  } catch (error) {
    return view.draw(error.status === 403 ? another(error.message) : wrong(error));
  }
}

function stranger(seen) {
  return h("section", { class: "panel" },
    h("p", { class: "state" }, say("confirm.asks", { asker: seen.asked_by, matter: seen.matter, name: seen.name })),
    h("p", {}, say("confirm.only_you")),
    button(say("confirm.sign_in"), signIn, "primary wide"),
    h("p", { class: "hint" }, say("confirm.until", { until: seen.until })));
}

function another(words) {
  const other = async () => {
    await remove("/api/v1/session");
    await refreshMe();
    signIn();
  };
  return h("section", { class: "panel" }, h("p", { role: "alert" }, words), button(say("confirm.other_account"), other, "primary"));
}

function wrong(error) {
  const words = error.status === 404 ? say("confirm.gone") : error.message;
  return h("section", { class: "panel" }, h("p", { class: "error", role: "alert" }, words), h("p", { class: "hint" }, say("app.help_line")));
}

function over(found) {
  const key = found.state === "confirmed" || found.state === "declined" ? `confirm.${found.state}` : "confirm.gone";
  return h("section", { class: "panel" }, h("p", { class: "state", tabindex: "-1" }, say(key, { day: found.decided || "", reason: found.reason || "" })),
    found.decided && h("p", {}, say("confirm.told")), h("p", { class: "hint" }, say("confirm.close")));
}

function show(view, found) {
  if (found.state !== "open") return view.draw(found.says && found.decided ? text(found) : null, over(found));
  const error = h("p", { class: "error", role: "alert" });
  const decide = async (decision, reason = "") => {
    error.textContent = "";
    try {
      const done = await post(view.address, { decision, seen: found.seen, reason });
      show(view, done);
      announce(say(`confirm.${done.state}`, { day: done.decided, reason: done.reason }));
      view.place.querySelector(".state").focus();
    } catch (problem) {
      if (problem.body && problem.body.reason === "confirm_changed") {
        show(view, await get(`${view.address}/text`));
        view.place.prepend(h("p", { class: "block notice warning", role: "alert" }, problem.message));
        return;
      }
      error.textContent = problem.message;
    }
  };
  view.draw(text(found), choose(decide, error));
}

function text(found) {
  return h("section", { class: "panel" },
    h("p", {}, say("confirm.who", { asker: found.asked_by, matter: found.matter, title: found.title })),
    h("h2", {}, say("confirm.says")),
    h("blockquote", { class: "says" }, found.says),
    found.rows.length ? [h("h2", {}, say("confirm.rows")), facts(found.rows.map((one) => [one.label, one.value]))] : null,
    found.sources.length ? h("p", { class: "hint" }, say("confirm.sources", { sources: found.sources.join("、") })) : null);
}

function choose(decide, error) {
  const reason = h("textarea", { id: "reason", class: "input", rows: "3", maxlength: "300", required: true });
  const form = h("form", { hidden: true, onsubmit: (event) => { event.preventDefault(); decide("declined", reason.value.trim()); } },
    h("label", { class: "label", for: "reason" }, say("confirm.why_not")), reason,
    h("button", { type: "submit", class: "button danger wide" }, say("confirm.send_no")));
  const no = button(say("confirm.no"), () => {
    form.hidden = false;
    no.setAttribute("aria-expanded", "true");
    reason.focus();
  }, "wide", { "aria-expanded": "false" });
  return h("section", { class: "panel" }, h("p", {}, say("confirm.once")),
    h("div", { class: "choices" }, button(say("confirm.yes"), () => decide("confirmed"), "primary wide"), no), form, error);
}
