// The last part of the form: what is promised, the name as a signature, and handing it in.

import { get, post, Problem } from "./api.js";
import { go } from "./app.js";
import { h, paragraphs } from "./dom.js";
import { say } from "./words.js";

export function drawSign(form, shell, pledge) {
  if (shell.firstChild) return;
  const error = h("p", { class: "error", role: "alert", id: "sign-error" });
  const name = h("input", { id: "sign-name", class: "input", autocomplete: "name", "aria-describedby": "sign-error", required: true });
  const send = h("button", { type: "submit", class: "button primary wide" }, say("form.sign_send"));
  shell.append(h("h2", {}, say("form.sign_title")), h("p", {}, say("form.sign_intro")), h("h3", {}, say("form.sign_pledge")), ...paragraphs(pledge),
    h("form", { onsubmit: (event) => { event.preventDefault(); submit(form, name.value.trim(), send, error); } },
      h("label", { class: "label", for: "sign-name" }, say("form.sign_name")), name, error, send));
}

async function submit(form, name, send, error) {
  send.textContent = say("form.sign_wait");
  try {
    const { number } = await post(`${form.address}/submit`, { name });
    go(`/cases/${number}`);
  } catch (problem) {
    send.textContent = say("form.sign_send");
    error.textContent = problem.message;
    document.getElementById("sign-name").focus();
    if (problem instanceof Problem && problem.status === 409) form.show(await get(form.address));
  }
}
