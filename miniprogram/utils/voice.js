// Saying it instead of typing it. What was understood is shown before anything is sent.

const api = require("./api");
const { say } = require("./say");

const RATE = 16000;
const WAYS = ["mp3", "aac", "wav"]; // what WeChat records in, and most recognisers take
const DENIED = /auth|deny|denied|privacy/i;

// Whether somebody listens at the server, and to what. A server that does not say does not listen.
async function hearing() {
  const { formats, seconds, pretends } = await api.get("/api/v1/voice").catch(() => ({ formats: [], seconds: 0, pretends: false }));
  listening.format = WAYS.find((one) => formats.includes(one)) || "";
  listening.seconds = seconds;
  return { speaks: Boolean(listening.format && wx.getRecorderManager), pretends };
}

const listening = { format: "", seconds: 60 };

// on: clock(words) while it goes on, heard(words, note), told(note, again), ended().
function listener(on) {
  const state = { on: false, wanted: false, long: false, file: "", timer: null };
  let recorder = null;

  function tick(began) {
    const passed = Math.floor((Date.now() - began) / 1000);
    on.clock(say("voice.seconds", { passed, most: listening.seconds }));
    if (passed >= listening.seconds) { state.long = true; stop(); }
  }

  function ended() {
    clearInterval(state.timer);
    state.on = false;
    on.ended();
  }

  // One recorder for the whole mini-program: it is asked for when it is needed, and listens to one page.
  function mine() {
    recorder = wx.getRecorderManager();
    recorder.onStart(() => {
      if (!state.on) return recorder.stop(); // they thought better of it while WeChat was asking
      const began = Date.now();
      tick(began);
      state.timer = setInterval(() => tick(began), 500);
    });
    recorder.onStop(({ tempFilePath, duration }) => {
      const wanted = state.wanted || state.on; // WeChat stops by itself, too, when the minute is over or a call comes
      state.wanted = false;
      state.long = state.long || duration >= listening.seconds * 1000 - 300;
      ended();
      if (!wanted) return;
      if (duration < 500) on.told(say("voice.quiet"), false);
      else send(tempFilePath);
    });
    recorder.onError((error) => {
      ended();
      on.told(say(DENIED.test((error && error.errMsg) || "") ? "voice.not_allowed_mini" : "voice.busy"), false);
    });
  }

  function begin() {
    if (!recorder) mine();
    Object.assign(state, { on: true, wanted: false, long: false });
    recorder.start({ duration: listening.seconds * 1000, sampleRate: RATE, numberOfChannels: 1, encodeBitRate: 48000, format: listening.format });
  }

  function stop() {
    state.wanted = true;
    recorder.stop();
  }

  function leave() {
    if (!state.on) return;
    state.on = false;
    recorder.stop();
    ended();
  }

  // What could not be sent is kept as long as the page is open.
  async function send(filePath) {
    state.file = filePath;
    on.told(say("voice.understanding"), false);
    try {
      const { words } = await api.hear(filePath);
      on.heard(words, say(state.long ? "voice.heard_long" : "voice.heard"));
    } catch (error) {
      const answered = error instanceof api.Problem;
      on.told(answered ? error.message : say("voice.offline"), !answered);
    }
  }

  return { begin, stop, leave, resend: () => send(state.file) };
}

module.exports = { hearing, listener };
