// Who we are: a guest first. WeChat is asked (wx.login) only when somebody signs in, or when they did so before.

const api = require("./api");
const config = require("../config");
const kept = require("./kept");
const look = require("./look");

const KNOWN = "yjs-known";
const TRIES = 3;
const me = { signed_in: false, name: "", elder: false, scale: 100, wechat: false };
const listeners = new Set();

// listener(me) whenever somebody else is signed in, or the look changed; returns how to stop.
function onMe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function take(found) {
  if (found.token) api.keepToken(found.token);
  Object.assign(me, { signed_in: found.signed_in, name: found.name || "", elder: found.elder, scale: found.scale, wechat: Boolean(found.wechat) });
  look.choose(me.elder, me.scale);
  listeners.forEach((listener) => listener(me));
  return me;
}

function code() {
  return new Promise((resolve, reject) => {
    wx.login({ success: (found) => (found.code ? resolve(found.code) : reject(new api.Unreachable(""))), fail: () => reject(new api.Unreachable("")) });
  });
}

// A code works once, but the server remembers it: when the answer is lost, the same code is sent again.
async function asWechat() {
  let given = await code();
  for (let tried = 1; ; tried += 1) {
    try {
      const found = await api.call("POST", "/api/v1/session/wechat", { code: given }, { open: true });
      kept.put(KNOWN, true);
      return take(found);
    } catch (error) {
      const used = error instanceof api.Problem && error.code === "wechat_code_used";
      if (tried >= TRIES || !(used || error instanceof api.Unreachable)) throw error;
      if (used) given = await code();
    }
  }
}

const asGuest = async () => take(await api.call("POST", "/api/v1/session", {}, { open: true }));

// A session again after it ended. Whom WeChat knew before is known again; everybody else is a guest.
async function renew() {
  api.keepToken("");
  if (!kept.get(KNOWN, false)) return asGuest();
  try {
    return await asWechat();
  } catch (error) {
    return asGuest();
  }
}

api.session.renew = renew;

// Who am I: asked when the mini-program begins and when a page wants to know.
const refresh = async () => take(await api.get("/api/v1/session"));

// The phone is known first, so that the person is found again on it, in this mini-program and in the account.
async function withTicket(ticket) {
  await asWechat();
  return take(await api.post("/api/v1/session/login", { ticket }));
}

async function asDemo(who) {
  await asWechat().catch(() => {});
  return take(await api.post("/api/v1/demo/login", { who }));
}

// Sign in at unified identity: its own mini-program comes back with a ticket (see app.js).
function toIdentity() {
  return new Promise((resolve, reject) => {
    wx.navigateToMiniProgram({ appId: config.identity.appId, path: config.identity.path, success: resolve, fail: reject });
  });
}

async function leave() {
  await api.remove("/api/v1/session").catch(() => {});
  forget();
  return asGuest();
}

// No WeChat knows the citizen any more, this one included.
async function unbind() {
  await api.remove("/api/v1/me/wechat");
  forget();
  return asGuest();
}

function forget() {
  kept.drop(KNOWN);
  api.keepToken("");
}

async function prefer(change) {
  take(Object.assign({}, me, change));
  await api.post("/api/v1/prefs", { elder: me.elder, scale: me.scale });
}

module.exports = { me, onMe, take, refresh, asWechat, withTicket, asDemo, toIdentity, leave, unbind, forget, prefer };
