// Saying it instead of typing it, where the server has somebody who listens and the browser a microphone.
// What was understood stands in the field for typing: it is sent when whoever said it has seen it.

import { hush } from "./aloud.js";
import { call, get, Problem } from "./api.js";
import { announce } from "./app.js";
import { button, h } from "./dom.js";
import { say } from "./words.js";

const RATE = 16000; // samples a second: what recognisers of speech work with, and a minute of it may be sent
const SHORTEST = 0.5;
const QUIET = 0.01; // the loudest tenth of a second, of 1

let listening = null;
const hearing = () => { listening = listening || get("/api/v1/voice").catch(() => { listening = null; return { formats: [], seconds: 0 }; }); return listening; };
const able = () => Boolean(window.MediaRecorder && window.AudioContext && window.OfflineAudioContext && navigator.mediaDevices && navigator.mediaDevices.getUserMedia);

// Everything of it: the button beside the field, and the panel over it while somebody speaks. take(words) gets what was heard.
export function speaking(take) {
  const one = new Speaking(take);
  if (able()) hearing().then(({ formats, seconds, pretends }) => one.offer(formats.includes("wav"), seconds, pretends));
  return one;
}

class Speaking {
  constructor(take) {
    this.take = take;
    this.start = button(say("voice.speak"), () => this.begin(), "speak", { hidden: true });
    this.note = h("div", { class: "voice-note" });
    this.panel = h("div", { class: "voice", role: "group", "aria-label": say("voice.speak"), hidden: true });
  }

  offer(offered, seconds, pretends) {
    Object.assign(this, { seconds, pretends });
    this.start.hidden = !offered;
  }

  // Leaving the page, or thinking better of it: nothing is heard and nothing kept.
  close() {
    if (this.recorder) this.recorder.ondataavailable = null;
    this.ended();
  }

  async begin() {
    hush();
    this.tell("");
    this.start.disabled = true;
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch (error) {
      this.tell(say({ NotAllowedError: "voice.not_allowed", SecurityError: "voice.not_allowed", NotFoundError: "voice.no_microphone" }[error.name] || "voice.busy"));
      return;
    } finally {
      this.start.disabled = false;
    }
    this.recorder = new MediaRecorder(this.stream);
    this.recorder.ondataavailable = ({ data }) => this.spoken(data);
    this.recorder.start();
    this.show();
  }

  show() {
    const began = Date.now(), clock = h("span", { class: "voice-clock", "aria-hidden": "true" }, "0");
    const done = button(say("voice.done"), () => this.stop(), "primary");
    this.panel.replaceChildren(h("p", {}, h("span", { class: "mark-on", "aria-hidden": "true" }), say("voice.listening"), " ", clock),
      h("p", { class: "hint" }, say(this.pretends ? "voice.pretends" : "voice.how")), done, button(say("voice.leave"), () => { this.close(); this.start.focus(); }));
    this.panel.hidden = false;
    this.start.hidden = true;
    done.focus();
    announce(say("voice.listening"));
    this.timer = setInterval(() => {
      const passed = Math.floor((Date.now() - began) / 1000);
      clock.textContent = say("voice.seconds", { passed, most: this.seconds });
      if (passed >= this.seconds) { this.long = true; this.stop(); }
    }, 250);
  }

  stop() {
    if (this.recorder && this.recorder.state !== "inactive") this.recorder.stop();
    this.ended();
  }

  ended() {
    clearInterval(this.timer);
    if (this.stream) this.stream.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.recorder = null;
    this.panel.hidden = true;
    this.start.hidden = false;
  }

  async spoken(data) {
    const long = this.long;
    this.long = false;
    try {
      const samples = await heardAs(data, this.seconds);
      if (samples.length < RATE * SHORTEST || loudest(samples) < QUIET) return this.tell(say("voice.quiet"));
      return await this.send(wave(samples), long);
    } catch {
      return this.tell(say("voice.busy"));
    }
  }

  // What could not be sent is kept as long as the page is open.
  async send(file, long) {
    this.tell(say("voice.understanding"), null, "hint");
    const form = new FormData();
    form.append("sound", file, "voice.wav");
    try {
      const { words } = await call("POST", "/api/v1/voice", form);
      this.tell(say(long ? "voice.heard_long" : "voice.heard"), null, "hint");
      this.take(words);
    } catch (error) {
      const answered = error instanceof Problem;
      this.tell(answered ? error.message : say("voice.offline"), answered ? null : button(say("chat.resend"), () => this.send(file, long), "link"));
    }
  }

  tell(words, more = null, look = "error") {
    this.note.replaceChildren(...(words ? [h("p", { class: look, role: look === "error" ? "alert" : "status" }, words, " ", more)] : []));
  }
}

// The sound as samples of one channel, whatever the browser records in.
async function heardAs(data, seconds) {
  if (data.size < 500) return new Float32Array(0); // the head of a file with nothing behind it
  const context = new AudioContext();
  const sound = await context.decodeAudioData(await data.arrayBuffer()).finally(() => context.close());
  const length = Math.min(seconds, sound.duration) * RATE;
  if (length < 1) return new Float32Array(0);
  const offline = new OfflineAudioContext(1, Math.floor(length), RATE), source = offline.createBufferSource();
  source.buffer = sound;
  source.connect(offline.destination);
  source.start();
  return (await offline.startRendering()).getChannelData(0);
}

function loudest(samples) {
  let most = 0;
  for (let from = 0; from < samples.length; from += RATE / 10) {
    const part = samples.subarray(from, from + RATE / 10);
    most = Math.max(most, Math.sqrt(part.reduce((sum, one) => sum + one * one, 0) / part.length));
  }
  return most;
}

// WAV of 16 bits.
function wave(samples) {
  const view = new DataView(new ArrayBuffer(44 + samples.length * 2));
  const word = (at, text) => [...text].forEach((one, place) => view.setUint8(at + place, one.charCodeAt(0)));
  word(0, "RIFF"); view.setUint32(4, 36 + samples.length * 2, true); word(8, "WAVEfmt "); view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); view.setUint16(22, 1, true); view.setUint32(24, RATE, true); view.setUint32(28, RATE * 2, true);
  view.setUint16(32, 2, true); view.setUint16(34, 16, true); word(36, "data"); view.setUint32(40, samples.length * 2, true);
  samples.forEach((one, place) => view.setInt16(44 + place * 2, Math.max(-1, Math.min(1, one)) * 0x7fff, true));
  return new Blob([view], { type: "audio/wav" });
}
