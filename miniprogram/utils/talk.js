// The talk with the server: one long poll that brings everything, and an outbox that sends each message once.

const api = require("./api");
const kept = require("./kept");
const net = require("./net");

const OUTBOX = "yjs-outbox";
const WAIT = 25;

class Talk {
  constructor(onChange) {
    Object.assign(this, { onChange, messages: [], outbox: waiting(), seq: 0, draft: "", stage: "", fresh: false, open: false, sending: false, round: 0 });
    this.wakers = new Set();
    this.stop = net.on((state) => { if (state.online && state.front) this.resume(); else if (!state.front) this.cut(); });
  }

  // In front: listen from where we were, and send what is waiting.
  resume() {
    if (this.open) this.wake();
    if (!this.open) this.begin();
  }

  begin() {
    this.open = true;
    this.round += 1;
    this.listen(this.round);
    this.flush();
  }

  // To the back, or another page: what is asked for is asked again later with the same number.
  cut() {
    this.open = false;
    if (this.task) this.task.abort();
    this.wake();
  }

  close() {
    this.cut();
    this.stop();
  }

  // Somebody else signed in, or left: their own talk from its beginning.
  restart() {
    Object.assign(this, { messages: [], seq: 0, fresh: false });
    const open = this.open;
    this.cut();
    this.onChange();
    if (open) this.begin();
  }

  async listen(round) {
    let failed = 0;
    while (this.open && this.round === round) {
      const since = this.seq;
      try {
        const heard = await api.get(`/api/v1/messages?after=${since}&wait=${this.fresh ? WAIT : 0}`,
          { again: 0, timeout: (WAIT + 10) * 1000, hold: (task) => { this.task = task; } });
        if (!this.open || this.round !== round || this.seq !== since) continue;
        failed = 0;
        this.take(heard);
      } catch (error) {
        if (!this.open || this.round !== round) continue;
        await this.sleep(error.wait ? error.wait * 1000 : api.PAUSES[Math.min(failed, api.PAUSES.length - 1)]);
        failed += 1;
      }
    }
  }

  take(heard) {
    const seen = new Set(this.messages.map((one) => one.seq)), arrived = new Set(heard.messages.map((one) => one.client_id));
    Object.assign(this, { fresh: !heard.more, draft: heard.draft, stage: heard.stage, seq: Math.max(this.seq, heard.seq) });
    this.messages.push(...heard.messages.filter((one) => !seen.has(one.seq)));
    this.outbox = this.outbox.filter((one) => !arrived.has(one.client_id));
    this.keep();
    this.onChange();
  }

  // message: {text} or {action, label}. Its id is kept until the server has answered, so that it is taken once.
  send(message) {
    this.outbox.push(Object.assign({ client_id: newId(), state: "sending" }, message));
    this.keep();
    this.onChange();
    this.flush();
  }

  retry() {
    this.outbox.forEach((one) => { if (one.state !== "sent") one.state = "sending"; });
    this.wake();
    this.flush();
  }

  drop(client_id) {
    this.outbox = this.outbox.filter((one) => one.client_id !== client_id);
    this.keep();
    this.onChange();
  }

  // In order, one at a time; tried again with growing pauses until the server has taken it.
  async flush() {
    if (this.sending) return;
    this.sending = true;
    for (let failed = 0; this.open;) {
      const next = this.outbox.find((one) => one.state === "sending" || one.state === "waiting");
      if (!next) break;
      try {
        await api.post("/api/v1/messages", body(next));
        next.state = "sent";
        failed = 0;
      } catch (error) {
        if (refused(error)) {
          Object.assign(next, { state: "failed", problem: error.message });
        } else {
          next.state = "waiting";
          this.onChange();
          await this.sleep(error.wait ? error.wait * 1000 : api.PAUSES[Math.min(failed, api.PAUSES.length - 1)]);
          failed += 1;
        }
      }
      this.keep();
      this.onChange();
    }
    this.sending = false;
  }

  get busy() {
    return this.outbox.some((one) => one.state === "sending" || one.state === "sent");
  }

  keep() {
    kept.put(OUTBOX, this.outbox);
  }

  sleep(milliseconds) {
    return new Promise((resolve) => {
      const up = () => { clearTimeout(timer); this.wakers.delete(up); resolve(); };
      const timer = setTimeout(up, milliseconds);
      this.wakers.add(up);
    });
  }

  wake() {
    [...this.wakers].forEach((up) => up());
  }
}

function body({ client_id, text, action }) {
  return action === undefined ? { client_id, text } : { client_id, action };
}

// It will never be taken as it is.
function refused(error) {
  return error instanceof api.Problem && error.status !== 429 && error.status !== 401 && error.status < 500;
}

// What was not answered before the mini-program was closed is sent again, under the same id.
function waiting() {
  return kept.get(OUTBOX, []).map((one) => Object.assign({}, one, { state: one.state === "failed" ? "failed" : "sending" }));
}

function newId() {
  const part = () => Math.random().toString(36).slice(2, 12);
  return `mp-${Date.now().toString(36)}-${part()}${part()}`;
}

module.exports = { Talk };
