// The one place that talks to the server: JSON in and out, problems as errors with a sentence for people.

const config = require("../config");
const kept = require("./kept");
const multipart = require("./multipart");
const { say } = require("./say");

const TOKEN = "yjs-token";
const PAUSES = [1000, 2000, 4000, 8000, 15000];
const AGAIN = 2;
const session = { renew: null, renewing: null };

// The server answered, and said no. `code` is its name of the problem, `wait` seconds after which it may be tried again.
class Problem extends Error {
  constructor(status, body, wait) {
    super((body && body.detail) || say("app.wrong"));
    this.status = status;
    this.body = body || {};
    this.code = this.body.code || "";
    this.wait = wait || 0;
  }
}

// No answer at all: the network, or a server that is being restarted.
class Unreachable extends Error {}

// We cut it ourselves, or WeChat did when the mini-program went to the back.
class Cut extends Error {}

function header(answer, name) {
  const found = Object.keys(answer.header || {}).find((one) => one.toLowerCase() === name);
  return found ? answer.header[found] : "";
}

function read(answer) {
  if (typeof answer.data !== "string") return answer.data;
  try {
    return JSON.parse(answer.data);
  } catch (error) {
    return null;
  }
}

// WeChat calls any answer a success, whatever its status.
function judged(answer) {
  const data = read(answer);
  if (answer.statusCode >= 200 && answer.statusCode < 300) return data;
  if (answer.statusCode >= 502) throw new Unreachable((data && data.detail) || say("app.offline"));
  throw new Problem(answer.statusCode, data, Number(header(answer, "retry-after")) || 0);
}

function failed(error) {
  return /abort|interrupt/i.test((error && error.errMsg) || "") ? new Cut(say("app.offline")) : new Unreachable(say("app.offline"));
}

function authorised() {
  const token = kept.get(TOKEN, "");
  return token ? { Authorization: `Bearer ${token}` } : {};
}

// One request as it is. given.hold(task) gets what aborts it.
function once(method, path, data, given) {
  return new Promise((resolve, reject) => {
    const task = wx.request({
      url: config.base + path, method, data: data === undefined ? undefined : JSON.stringify(data), dataType: "text",
      header: Object.assign(data === undefined ? {} : { "content-type": "application/json" }, authorised()),
      timeout: given.timeout || 30000,
      success: (answer) => { try { resolve(judged(answer)); } catch (problem) { reject(problem); } },
      fail: (error) => reject(failed(error)),
    });
    if (given.hold) given.hold(task);
  });
}

// Whoever needs a session again waits for the one renewal that is under way.
function renewed() {
  if (!session.renewing) {
    session.renewing = session.renew().then(() => { session.renewing = null; }, (error) => {
      session.renewing = null;
      throw error;
    });
  }
  return session.renewing;
}

async function call(method, path, data, given = {}) {
  if (!given.open && !kept.get(TOKEN, "")) await renewed();
  const used = kept.get(TOKEN, "");
  try {
    return await once(method, path, data, given);
  } catch (error) {
    if (given.open || given.second || !(error instanceof Problem) || error.status !== 401) throw error;
    if (used === kept.get(TOKEN, "")) await renewed();
    return call(method, path, data, Object.assign({}, given, { second: true }));
  }
}

// What only reads is asked again by itself when nobody answered.
async function get(path, given = {}) {
  for (let tried = 0; ; tried += 1) {
    try {
      return await call("GET", path, undefined, given);
    } catch (error) {
      if (!(error instanceof Unreachable) || tried >= (given.again === undefined ? AGAIN : given.again)) throw error;
      await pause(PAUSES[tried]);
    }
  }
}

function pause(milliseconds) {
  return new Promise((resolve) => { setTimeout(resolve, milliseconds); });
}

const post = (path, data = {}, given = {}) => call("POST", path, data, given);
const remove = (path) => call("DELETE", path);

// One file of a draft's material. The server wants the slot before the file, and WeChat sends form data first.
function upload(draft, slot, filePath) {
  return new Promise((resolve, reject) => {
    wx.uploadFile({
      url: `${config.base}/api/v1/drafts/${encodeURIComponent(draft)}/files`, filePath, name: "file", formData: { slot },
      header: authorised(),
      success: (answer) => { try { resolve(judged(answer)); } catch (problem) { reject(problem); } },
      fail: (error) => reject(failed(error)),
    });
  });
}

// A recording, to get the words of it.
function hear(filePath) {
  return new Promise((resolve, reject) => {
    wx.uploadFile({
      url: `${config.base}/api/v1/voice`, filePath, name: "sound", header: authorised(),
      success: (answer) => { try { resolve(judged(answer)); } catch (problem) { reject(problem); } },
      fail: (error) => reject(failed(error)),
    });
  });
}

// All pages of a paper that was to come later, at once.
async function bring(number, slot, paths) {
  const data = await multipart.body({ slot }, paths);
  return new Promise((resolve, reject) => {
    wx.request({
      url: `${config.base}/api/v1/cases/${encodeURIComponent(number)}/papers`, method: "POST", data, dataType: "text", timeout: 60000,
      header: Object.assign({ "content-type": multipart.TYPE }, authorised()),
      success: (answer) => { try { resolve(judged(answer)); } catch (problem) { reject(problem); } },
      fail: (error) => reject(failed(error)),
    });
  });
}

function download(path) {
  return new Promise((resolve, reject) => {
    wx.downloadFile({
      url: config.base + path, header: authorised(),
      success: (answer) => (answer.statusCode === 200 ? resolve(answer.tempFilePath) : reject(new Problem(answer.statusCode, null, 0))),
      fail: (error) => reject(failed(error)),
    });
  });
}

function keepToken(token) {
  if (token) kept.put(TOKEN, token);
  else kept.drop(TOKEN);
}

module.exports = { Problem, Unreachable, Cut, PAUSES, session, call, get, post, remove, upload, hear, bring, download, keepToken };
