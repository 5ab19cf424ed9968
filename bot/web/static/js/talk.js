// The talk with the server: one long poll that brings everything, and an outbox that sends each message once.

import { begin, get, post, Problem } from "./api.js";

const KEPT = "yjs-outbox";
const PAUSES = [1000, 2000, 4000, 8000, 15000];

export class Talk {
  constructor(onChange) {
    this.onChange = onChange;
    this.messages = [];
    this.outbox = kept();
    this.seq = 0;
    this.draft = "";
    this.stage = "";
    this.fresh = false;
    this.stopped = false;
    this.sending = false;
    this.sleeper = null;
  }

  start() {
    this.listen();
    this.flush();
  }

  stop() {
    this.stopped = true;
    if (this.abort) this.abort.abort();
    this.wake();
  }

  // Another person signed in, or left: their own talk from its beginning.
  async restart() {
    this.messages = [];
    this.seq = 0;
    this.fresh = false;
    if (this.abort) this.abort.abort();
    this.onChange();
  }

  async listen() {
    let failed = 0;
    while (!this.stopped) {
      const since = this.seq;
      this.abort = new AbortController();
      try {
        const wait = this.fresh ? 25 : 0;
        const heard = await get(`/api/v1/messages?after=${since}&wait=${wait}`, { signal: this.abort.signal });
        if (this.stopped || this.seq !== since) continue;
        failed = 0;
        this.take(heard);
      } catch (error) {
        if (this.stopped || error.name === "AbortError") continue;
        if (error instanceof Problem && error.status === 401) await begin().catch(() => {});
        await this.sleep(PAUSES[Math.min(failed, PAUSES.length - 1)]);
        failed += 1;
      }
    }
  }

  take(heard) {
    this.fresh = !heard.more;
    this.draft = heard.draft;
    this.stage = heard.stage;
    const seen = new Set(this.messages.map((one) => one.seq));
    this.messages.push(...heard.messages.filter((one) => !seen.has(one.seq)));
    this.seq = Math.max(this.seq, heard.seq);
    const arrived = new Set(heard.messages.map((one) => one.client_id));
    this.outbox = this.outbox.filter((one) => !arrived.has(one.client_id));
    this.keep();
    this.onChange();
  }

  send(message) {
    this.outbox.push({ client_id: crypto.randomUUID ? crypto.randomUUID() : fallbackId(), ...message, state: "sending" });
    this.keep();
    this.onChange();
    this.flush();
  }

  retry() {
    this.outbox.forEach((one) => { one.state = "sending"; });
    this.wake();
    this.flush();
  }

  // In order, one at a time; tried again with growing pauses until the server has taken it.
  async flush() {
    if (this.sending) return;
    this.sending = true;
    let failed = 0;
    while (!this.stopped) {
      const next = this.outbox.find((one) => one.state === "sending" || one.state === "waiting");
      if (!next) break;
      try {
        const { client_id, text, action } = next;
        await post("/api/v1/messages", action === undefined ? { client_id, text } : { client_id, action });
        next.state = "sent";
        failed = 0;
        this.wake();
      } catch (error) {
        if (error instanceof Problem && error.status === 401) await begin().catch(() => {});
        else if (error instanceof Problem && error.status !== 429 && error.status < 500) {
          next.state = "failed";
          next.problem = error.message;
          this.onChange();
          continue;
        }
        next.state = "waiting";
        this.onChange();
        await this.sleep(error.wait ? error.wait * 1000 : PAUSES[Math.min(failed, PAUSES.length - 1)]);
        failed += 1;
      }
      this.onChange();
    }
    this.sending = false;
  }

  drop(client_id) {
    this.outbox = this.outbox.filter((one) => one.client_id !== client_id);
    this.keep();
    this.onChange();
  }

  get busy() {
    return this.outbox.some((one) => one.state === "sending" || one.state === "sent");
  }

  keep() {
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(this.outbox));
    } catch {
      // a browser that keeps nothing still talks
    }
  }

  sleep(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      const before = this.sleeper;
      this.sleeper = () => { clearTimeout(timer); resolve(); if (before) before(); };
      window.addEventListener("online", this.sleeper, { once: true });
    });
  }

  wake() {
    if (this.sleeper) this.sleeper();
    this.sleeper = null;
  }
}

function kept() {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEPT) || "[]");
    return found.map((one) => ({ ...one, state: one.state === "failed" ? "failed" : "sending" }));
  } catch {
    return [];
  }
}

function fallbackId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
