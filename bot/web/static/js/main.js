// The page begins: words, session, then the view that the address names.

import { begin as beginAloud, hush } from "./aloud.js";
import { cramp, go, me, onGo, onMe, prefer, refreshMe, announce, banner } from "./app.js";
import { showCase, showCases } from "./cases.js";
import { showChat } from "./chat.js";
import { showConfirm } from "./confirm.js";
import { button, h } from "./dom.js";
import { showForm, showForms } from "./form.js";
import { showSettings } from "./settings.js";
import { signIn } from "./signin.js";
import { loadWords, say } from "./words.js";

const main = document.getElementById("main");
let leave = () => {};
let first = true;

const VIEWS = [
  [/^\/$/, "chat", showChat],
  [/^\/form$/, "form", showForms],
  [/^\/form\/([^/]+)$/, "form", showForm],
  [/^\/cases$/, "cases", showCases],
  [/^\/cases\/([^/]+)$/, "cases", showCase],
  [/^\/settings$/, "settings", showSettings],
  [/^\/confirm\/([^/]+)$/, "confirm", showConfirm],
];

function route() {
  const path = location.pathname;
  const [pattern, name, show] = VIEWS.find(([one]) => one.test(path)) || VIEWS[0];
  leave();
  hush();
  main.className = `view-${name}`;
  main.replaceChildren();
  for (const tab of document.querySelectorAll(".tabs a")) {
    if (tab.dataset.view === name) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
  document.querySelector(".tabs").hidden = name === "confirm";
  window.scrollTo(0, 0);
  leave = show(main, ...(path.match(pattern) || []).slice(1)) || (() => {});
  if (!first) main.focus({ preventScroll: true });
  first = false;
}

function buttons() {
  const elder = document.getElementById("elder"), account = document.getElementById("account");
  elder.addEventListener("click", () => {
    prefer({ elder: !me.elder }).catch(() => {});
    announce(say(me.elder ? "app.elder_on" : "app.elder_off"));
  });
  account.addEventListener("click", () => (me.signed_in ? go("/settings") : signIn()));
  onMe(() => {
    elder.setAttribute("aria-pressed", String(me.elder));
    elder.textContent = say(me.elder ? "app.elder_off" : "app.elder_on");
    account.textContent = me.signed_in ? me.name : say("app.sign_in");
    if (me.signed_in) account.setAttribute("aria-label", say("app.signed_in_label", { name: me.name }));
    else account.removeAttribute("aria-label");
  });
}

function links() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='/']");
    if (!link || link.hasAttribute("download") || event.ctrlKey || event.metaKey) return;
    if (!VIEWS.some(([one]) => one.test(link.pathname))) return;
    event.preventDefault();
    go(link.getAttribute("href"));
  });
}

async function start() {
  await loadWords();
  buttons();
  links();
  beginAloud();
  window.addEventListener("resize", cramp);
  window.addEventListener("offline", () => banner(say("app.offline")));
  window.addEventListener("online", () => banner(""));
  try {
    await refreshMe();
  } catch (error) {
    main.replaceChildren(h("div", { class: "panel" }, h("p", {}, error.message),
      button(say("app.again"), () => location.reload(), "primary")));
    return;
  }
  onGo(route);
  route();
  const signIn = new URLSearchParams(location.search).get("sign_in");
  if (signIn) {
    banner(say(signIn === "level" ? "sign_in.level" : signIn === "again" ? "sign_in.open_again" : "sign_in.failed"), signIn === "level" && h("a", { href: "/login/raise" }, say("sign_in.raise")));
    history.replaceState({}, "", location.pathname);
  }
  document.documentElement.dataset.ready = "yes";
}

start();
