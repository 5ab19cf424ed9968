// Talking with the server: sessions, the code of wx.login, sending once, the cut in the background, no network.

const { test, beforeEach } = require("node:test");
const assert = require("node:assert/strict");
const path = require("node:path");
const { ROOT, phone, cold, settled } = require("./stage");

const use = (name) => require(path.join(ROOT, "utils", name));
const GUEST = { signed_in: false, elder: false, scale: 100, token: "guest" };
const CITIZEN = { signed_in: true, name: "陈*民", elder: true, scale: 125, token: "citizen" };

beforeEach(cold);

test("a stranger becomes a guest, and wx.login is not asked", async () => {
  const wx = phone({ "POST /api/v1/session": GUEST, "GET /api/v1/session": GUEST }, { kept: {} });
  await use("login").refresh();
  assert.equal(wx.kept.get("yjs-token"), "guest");
  assert.equal(wx.logins, undefined);
});

test("an ended session is renewed once for all who need it", async () => {
  let ended = true;
  const wx = phone({
    "POST /api/v1/session": () => { ended = false; return GUEST; },
    "GET /api/v1/guides": () => (ended ? { status: 401, body: { code: "not_signed_in" } } : { guides: [] }),
  });
  use("login");
  await Promise.all([1, 2, 3].map(() => use("api").get("/api/v1/guides")));
  assert.equal(wx.asked.filter((one) => one.where === "POST /api/v1/session").length, 1);
});

test("a guest who may not look gets the answer, and no endless renewing", async () => {
  const wx = phone({ "POST /api/v1/session": GUEST, "GET /api/v1/cases": { status: 401, body: { detail: "请先登录。", code: "not_signed_in" } } });
  use("login");
  await assert.rejects(use("api").get("/api/v1/cases"), { message: "请先登录。", status: 401 });
  assert.equal(wx.asked.length, 3);
});

test("whom WeChat knew before is known again when the session ends", async () => {
  const wx = phone({ "POST /api/v1/session/wechat": CITIZEN, "GET /api/v1/session": CITIZEN }, { kept: { "yjs-known": true } });
  const { me } = use("login");
  await use("login").refresh();
  assert.equal(me.signed_in, true);
  assert.equal(wx.logins, 1);
  assert.match(use("look").now().style, /--fs:30px/);
});

test("a lost answer sends the same code again, a used code asks for another", async () => {
  const codes = [];
  const wx = phone({ "POST /api/v1/session/wechat": ({ code }) => {
    codes.push(code);
    return codes.length < 2 ? { status: 409, body: { code: "wechat_code_used" } } : CITIZEN;
  } });
  wx.fail = 1;
  await use("login").asWechat();
  assert.deepEqual(codes, ["code-1", "code-2"]);
  assert.deepEqual(wx.asked.map((one) => one.data.code), ["code-1", "code-1", "code-2"]);
});

test("signing in makes the phone known first", async () => {
  const wx = phone({ "POST /api/v1/session/wechat": GUEST, "POST /api/v1/demo/login": CITIZEN });
  await use("login").asDemo("father");
  assert.deepEqual(wx.asked.map((one) => one.where), ["POST /api/v1/session/wechat", "POST /api/v1/demo/login"]);
});

test("any status is a success to WeChat, and a problem to us", async () => {
  phone({ "GET /api/v1/guides": { status: 429, body: { detail: "太快了" }, header: { "Retry-After": "7" } } });
  await assert.rejects(use("api").get("/api/v1/guides"), { status: 429, wait: 7, message: "太快了" });
});

function talking(answers, more) {
  const wx = phone(Object.assign({ "GET /api/v1/messages": "never" }, answers), more);
  const { Talk } = use("talk");
  const talk = new Talk(() => {});
  return { wx, talk };
}

test("a message keeps its id until it is answered, however often it is sent", async () => {
  const { wx, talk } = talking({ "POST /api/v1/messages": { seq: 2, blocks: [] } });
  talk.resume();
  wx.fail = 1;
  talk.send({ text: "生孩子" });
  await settled();
  assert.equal(talk.outbox[0].state, "waiting");
  talk.retry();
  await settled();
  const sent = wx.asked.filter((one) => one.where === "POST /api/v1/messages");
  assert.equal(sent.length, 2);
  assert.equal(sent[0].data.client_id, sent[1].data.client_id);
  assert.match(sent[0].data.client_id, /^[A-Za-z0-9_-]{1,64}$/);
  talk.close();
});

test("what was not answered is sent again after the mini-program was closed", async () => {
  const { wx, talk } = talking({ "POST /api/v1/messages": "never" });
  talk.resume();
  talk.send({ action: "act:agree", label: "同意" });
  await settled();
  talk.close();
  cold();
  const again = talking({ "POST /api/v1/messages": { seq: 2, blocks: [] } }, { kept: Object.fromEntries(wx.kept) });
  again.talk.resume();
  await settled();
  const sent = again.wx.asked.find((one) => one.where === "POST /api/v1/messages");
  assert.equal(sent.data.client_id, talk.outbox[0].client_id);
  again.talk.close();
});

test("back in front it asks for what came after the last number", async () => {
  const heard = [{ seq: 1, role: "bot", blocks: [], at: "" }];
  const { wx, talk } = talking({ "GET /api/v1/messages?after=0&wait=0": { messages: heard, seq: 1, more: false, draft: "", stage: "" } });
  talk.resume();
  await settled();
  use("net").asleep();
  await settled();
  const before = wx.asked.length;
  await settled();
  assert.equal(wx.asked.length, before);
  use("net").awake();
  await settled();
  assert.equal(wx.asked[wx.asked.length - 1].where, "GET /api/v1/messages?after=1&wait=25");
  talk.close();
});

test("the network coming back wakes what was waiting", async () => {
  const { wx, talk } = talking({ "POST /api/v1/messages": { seq: 2, blocks: [] } });
  use("net").watch();
  talk.resume();
  wx.fail = 1;
  talk.send({ text: "退休" });
  await settled();
  wx.network({ isConnected: false });
  assert.equal(use("net").state.online, false);
  wx.network({ isConnected: true });
  await settled();
  assert.equal(wx.asked.filter((one) => one.where === "POST /api/v1/messages").length, 2);
  assert.equal(talk.outbox[0].state, "sent");
  talk.close();
});

test("what the server refuses is said, and does not hold up the next", async () => {
  const { talk } = talking({ "POST /api/v1/messages": ({ text }) => (text === "bad" ? { status: 422, body: { detail: "这个没看懂" } } : { seq: 4, blocks: [] }) });
  talk.resume();
  talk.send({ text: "bad" });
  talk.send({ text: "good" });
  await settled(20);
  assert.deepEqual(talk.outbox.map((one) => one.state), ["failed", "sent"]);
  talk.close();
});

test("a change over an old revision is made again over the new one", async () => {
  const revisions = [];
  phone({
    "GET /api/v1/drafts/d": { revision: 7 },
    "POST /api/v1/drafts/d/changes": ({ revision }) => { revisions.push(revision); return revision === 7 ? { revision: 8 } : { status: 409, body: { reason: "stale" } }; },
  });
  const { Draft } = use("draft");
  const draft = new Draft("d", () => {});
  draft.now = { revision: 3 };
  await draft.change({ path: "name", value: "x", do: "put" });
  assert.deepEqual(revisions, [3, 7]);
  assert.equal(draft.now.revision, 8);
});

test("what WeChat's question gave is sent on; an accept with a sound is an accept", async () => {
  const wx = phone({ "GET /api/v1/subscriptions": { topics: [{ template: "a", refused: false }, { template: "b", refused: true }] }, "POST /api/v1/subscriptions": { topics: [] } },
    { wx: { requestSubscribeMessage: ({ tmplIds, success }) => success({ errMsg: "ok", [tmplIds[0]]: "acceptWithAudio" }) } });
  const { wanted, ask } = use("subscribe");
  assert.deepEqual(await wanted(false), ["a"]);
  assert.equal(await ask(["a"]), true);
  await settled();
  assert.deepEqual(wx.asked[1].data, { answers: { a: "acceptWithAudio" } });
});

test("privacy is asked by the page in front, and refused where nobody can answer", () => {
  const wx = phone();
  const privacy = use("privacy"), said = [], shown = [];
  privacy.watch();
  wx.privacy((answer) => said.push(answer.event));
  privacy.shownBy((open) => shown.push(open));
  wx.privacy((answer) => said.push(answer.event));
  privacy.answer(true);
  assert.deepEqual(said, ["disagree", "agree"]);
  assert.deepEqual(shown, [true, false]);
});
