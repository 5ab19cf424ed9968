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

// A paper that was to come later, with all its pages at once.
export async function bringTo(number, slot, files) {
  const form = new FormData();
  form.append("slot", slot);
  for (const file of files) form.append("file", file, file.name);
  return call("POST", `/api/v1/cases/${encodeURIComponent(number)}/papers`, form);
}

// The types a place takes, as people know them.
export function takes(accept) {
  return accept.map((mime) => mime.split("/")[1].toUpperCase().replace("JPEG", "JPG")).join("、");
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
export function uploadFor(draft, slot, send, log) {
  const key = slot.replace(/^material:/, "");
  return picked(log, async (files) => {
    for (const file of files) await sendFile(draft, key, file);
    announce(say("form.uploaded"));
    send({ action: `act:uploaded:material:${key}`, label: files.map((file) => file.name).join("、") });
  });
}

// From the talk as well; the bot hears of it by itself.
export function bringFor(place, log) {
  const [number, slot] = place.split("/");
  return picked(log, async (files) => {
    await bringTo(number, slot, files);
    announce(say("case.owed_done"));
  });
}

async function picked(log, give) {
  const files = await pick("image/jpeg,image/png,application/pdf");
  if (!files.length) return;
  const note = h("p", { class: "hint", role: "status" }, say("chat.uploading"));
  log.after(note);
  try {
    await give(files);
    note.remove();
  } catch (error) {
    note.className = "error";
    note.setAttribute("role", "alert");
    note.textContent = error.message;
    setTimeout(() => note.remove(), 15000);
  }
}
