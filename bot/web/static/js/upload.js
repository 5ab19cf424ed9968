// Files: picked, sent, and what the server says about them.

import { call } from "./api.js";
import { announce } from "./app.js";
import { h } from "./dom.js";
import { say } from "./words.js";

export async function sendFile(draft, slot, file) {
  const form = new FormData();
  form.append("slot", slot);
  form.append("file", file, file.name);
  return call("POST", `/api/v1/drafts/${encodeURIComponent(draft)}/files`, form);
}

export function pick(accept, several = true) {
  return new Promise((resolve) => {
    const input = h("input", { type: "file", accept, multiple: several });
    input.addEventListener("change", () => resolve([...input.files]));
    input.addEventListener("cancel", () => resolve([]));
    input.click();
  });
}

// From the talk: pick, send, and tell the bot that they are there.
export async function uploadFor(draft, slot, send, log) {
  const key = slot.replace(/^material:/, "");
  const files = await pick("image/jpeg,image/png,application/pdf");
  if (!files.length) return;
  const note = h("p", { class: "hint", role: "status" }, say("chat.uploading"));
  log.after(note);
  try {
    for (const file of files) await sendFile(draft, key, file);
    announce(say("form.uploaded"));
    send({ action: `act:uploaded:material:${key}`, label: files.map((file) => file.name).join("、") });
    note.remove();
  } catch (error) {
    note.className = "error";
    note.setAttribute("role", "alert");
    note.textContent = error.message;
    setTimeout(() => note.remove(), 15000);
  }
}
