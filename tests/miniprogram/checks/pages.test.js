// Every page, opened as WeChat opens it, over what the server really sends.

const { test } = require("node:test");
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { ROOT, phone, open, settled, words, walk, golden } = require("./stage");

const { API, ME, NUMBER, DRAFT } = require("./town");
// One module of who is signed in for all pages: they were loaded once.
const login = require(path.join(ROOT, "utils/login"));
const look = require(path.join(ROOT, "utils/look"));

async function opened(name, options, answers = {}, more = {}, elder = false) {
  const wx = phone(Object.assign({}, API, answers), more);
  login.take(Object.assign({}, ME, { elder }));
  const page = await open(name, options);
  return { wx, page };
}

function closed(page) {
  page.instance.onHide && page.instance.onHide();
  page.instance.onUnload();
}

const PAGES = [
  ["chat", {}, ["发送"]], ["forms", {}, [DRAFT.title]], ["form", { id: DRAFT.id }, [DRAFT.title, "都填好了"]],
  ["check", { id: DRAFT.id }, ["请从头看一遍", DRAFT.sections[0].fields[0].label, "同意并提交"]], ["materials", { id: DRAFT.id }, [DRAFT.materials[0].title]],
  ["cases", {}, [golden("cases").cases[0].title, NUMBER]], ["case", { number: NUMBER }, [golden("case").says, NUMBER, "各部门进度", "有进展告诉我"]],
  ["correct", { number: NUMBER }, ["提交补正"]], ["rate", { number: NUMBER }, ["非常满意", "非常不满意"]], ["login", {}, ["陈一民"]],
  ["guides", {}, [golden("guides").guides[0].title]], ["guide", { code: "newborn_birth" }, [golden("guide").title, "去办理"]],
  ["data", {}, ["导出我的全部信息", "删除我的信息", golden("consents").consents[0].title]], ["settings", {}, ["长辈版", "150%", "12345", "隐私保护指引"]],
];

test("every page of app.json is opened here", () => {
  const listed = JSON.parse(fs.readFileSync(path.join(ROOT, "app.json"), "utf-8")).pages.map((one) => one.split("/")[1]);
  assert.deepEqual(listed.sort(), PAGES.map(([name]) => name).sort());
});

PAGES.forEach(([name, options, says]) => test(`page ${name} shows what it is for`, async () => {
  const { page } = await opened(name, options);
  says.forEach((text) => assert.ok(words(page).includes(text), `${text} in ${words(page).slice(0, 600)}`));
  assert.equal(words(page).includes("undefined"), false);
  closed(page);
}));

PAGES.forEach(([name, options]) => test(`page ${name} names every control for screen readers`, async () => {
  const { page } = await opened(name, options);
  const silent = [];
  walk(page.toJSON(), (node) => {
    const names = node.attrs.map((one) => one.name);
    const speaks = names.includes("ariaLabel") || JSON.stringify(node.children).replace(/"(tagName|event|attrs|children|name|value)"/g, "").match(/[一-鿿]/);
    if (["wx-button", "wx-input", "wx-textarea", "wx-radio", "wx-checkbox", "wx-switch", "wx-navigator"].includes(node.tagName) && !speaks) silent.push(node.tagName);
  });
  assert.deepEqual(silent, []);
  closed(page);
}));

test("the form says where it is handled, and moves after telling what that changes", async () => {
  const here = Object.assign({}, DRAFT, { state: "open", place: { region: "330106", title: "西湖区" } });
  const there = Object.assign({}, here, { place: { region: "330108", title: "滨江区" } });
  let now = here, told = "";
  const { wx, page } = await opened("form", { id: DRAFT.id }, {
    [`GET /api/v1/drafts/${DRAFT.id}`]: () => now, "GET /api/v1/places": { places: [here.place, there.place], default: "330106", asked: true },
    [`GET /api/v1/drafts/${DRAFT.id}/place`]: { place: there.place, changes: [["多一件", "新生儿礼包申领"]] },
    [`POST /api/v1/drafts/${DRAFT.id}/place`]: () => { now = there; return there; },
  }, { wx: { showModal: ({ content, success }) => { told = content; success({ confirm: true }); } } });
  assert.match(words(page), /办理地：西湖区/);
  const line = page.querySelector("#place");
  await line.instance.choose({ detail: { value: "0" } });
  await settled();
  assert.match(told, /多一件：新生儿礼包申领/);
  assert.deepEqual(wx.asked.find(({ where }) => where.startsWith("POST") && where.endsWith("/place")).data, { region: "330108", revision: DRAFT.revision });
  assert.match(words(page), /办理地：滨江区/);
  closed(page);
});

test("a citizen's page asks a guest to sign in and nothing else", async () => {
  const wx = phone(API);
  login.take({ signed_in: false, elder: false, scale: 100 });
  for (const name of ["forms", "cases"]) {
    const page = await open(name);
    assert.match(words(page), /请先登录/);
    assert.equal(wx.asked.length, 0);
    closed(page);
  }
});

test("the talk is drawn, and only its last buttons count", async () => {
  const { page } = await opened("chat", {});
  const { turns } = page.data;
  assert.ok(turns.length >= 2);
  assert.equal(turns.filter((one) => one.role === "citizen" && one.blocks.length).length, 0);
  const last = Math.max(...turns.map((one, at) => (one.role === "citizen" ? at : -1)));
  assert.ok(turns.every((one, at) => one.role === "citizen" || one.live === at > last));
  closed(page);
});

test("words without a network wait, and say so", async () => {
  const { wx, page } = await opened("chat", {});
  wx.fail = 1;
  page.instance.type({ detail: { value: "我要退休" } });
  page.instance.send();
  await settled();
  assert.match(words(page), /我要退休没有送出去，连上网会自动再送/);
  closed(page);
});

test("buttons of the talk lead where they say", async () => {
  const { wx, page } = await opened("chat", {});
  page.instance.press({ detail: { id: "act:login", label: "登录" } });
  page.instance.follow({ detail: { to: `/form/${DRAFT.id}` } });
  page.instance.follow({ detail: { to: `/cases/${NUMBER}` } });
  page.instance.press({ detail: { id: `act:bring:${NUMBER}/photo:baby[1]`, label: "补交" } });
  const there = `/pages/case/case?number=${NUMBER}`;
  assert.deepEqual(wx.opened, ["/pages/login/login", `/pages/form/form?id=${DRAFT.id}`, there, there]);
  page.instance.press({ detail: { id: "act:agree", label: "同意" } });
  await settled();
  assert.equal(wx.asked.find((one) => one.where === "POST /api/v1/messages").data.action, "act:agree");
  closed(page);
});

test("a mistake is said at its field, and the answer stays", async () => {
  const field = DRAFT.sections[0].fields[0];
  const { page } = await opened("form", { id: DRAFT.id, about: encodeURIComponent(field.path) }, { [`POST /api/v1/drafts/${DRAFT.id}/changes`]: { status: 422, body: { detail: "名字里有数字，请再看一眼。" } } });
  await page.instance.change({ detail: { path: field.path, value: "1", do: "put" } });
  await settled();
  assert.match(words(page), /名字里有数字/);
  closed(page);
});

test("in large type the form asks one thing a screen, and waits until its answerer goes on", async () => {
  const begun = golden("begun"), name = begun.sections.flatMap((one) => one.fields).find((one) => one.status === "missing"), first = begun.situations[0];
  const asked = Object.assign({}, begun, { id: DRAFT.id, next: name.path, left: 2 });
  const after = Object.assign({}, asked, { next: first.key, left: 1 });
  look.choose(true, 100);
  const { page } = await opened("form", { id: DRAFT.id }, { [`GET /api/v1/drafts/${DRAFT.id}`]: asked, [`POST /api/v1/drafts/${DRAFT.id}/changes`]: after }, {}, true);
  assert.deepEqual([page.data.part.situations.length, page.data.part.fields.map((one) => one.path)], [0, [name.path]]);
  await page.instance.next();
  assert.match(words(page), /请先填这一项/);
  page.instance.change({ detail: { path: name.path, value: "陈小雨", do: "put" } });
  await settled();
  assert.deepEqual(page.data.part.fields.map((one) => one.path), [name.path]);
  await page.instance.next();
  await settled();
  assert.deepEqual([page.data.part.situations.map((one) => one.key), page.data.part.fields.length], [[first.key], 0]);
  page.instance.back();
  assert.deepEqual(page.data.part.fields.map((one) => one.path), [name.path]);
  page.instance.all();
  assert.ok(page.data.part.fields.length + page.data.part.situations.length > 1);
  closed(page);
  look.choose(false, 100);
});

test("in a correction only what the notice reopens is shown", async () => {
  const draft = golden("correcting");
  const { page } = await opened("form", { id: draft.id }, { [`GET /api/v1/drafts/${draft.id}`]: draft });
  const shown = page.data.parts.flatMap((one) => one.fields.map((each) => each.path));
  const open_ = draft.sections.flatMap((one) => one.fields).filter((one) => one.editable).map((one) => one.path);
  assert.deepEqual(shown, open_);
  assert.match(words(page), /只改下面标出来的几处/);
  closed(page);
});

test("signing leads to the case, and a refusal stays with its sentence", async () => {
  const { wx, page } = await opened("check", { id: DRAFT.id });
  page.instance.sign({ detail: { value: "陈一民" } });
  await page.instance.submit();
  assert.equal(wx.opened[0], `/pages/case/case?number=${NUMBER}&done=1`);
  closed(page);
  const refused = await opened("check", { id: DRAFT.id }, { [`POST /api/v1/drafts/${DRAFT.id}/submit`]: { status: 409, body: { detail: "还有一处要改" } } });
  await refused.page.instance.submit();
  await settled();
  assert.match(words(refused.page), /还有一处要改/);
  closed(refused.page);
});

test("a returned case shows the notice, and its page hands it in with words", async () => {
  const returned = golden("returned"), where = `GET /api/v1/cases/${NUMBER}`;
  const { page } = await opened("case", { number: NUMBER }, { [where]: returned });
  assert.match(words(page), /请您补正/);
  closed(page);
  const { wx, page: correct } = await opened("correct", { number: NUMBER }, { [where]: returned });
  assert.ok(words(correct).includes(returned.correction.entries[0].says));
  correct.instance.reply({ currentTarget: { dataset: { about: "baby[1].name" } }, detail: { value: " 没有错 " } });
  await correct.instance.send();
  assert.deepEqual(wx.asked.find((one) => one.where.endsWith("corrections")).data, { replies: { "baby[1].name": "没有错" } });
  assert.equal(wx.opened[0], "back");
  closed(correct);
});

const CAMERA = {
  chooseMedia: ({ success }) => success({ tempFiles: [{ tempFilePath: "wxfile://a.jpg" }, { tempFilePath: "wxfile://b.JPG" }] }),
  getFileSystemManager: () => ({ readFile: ({ filePath, success }) => success({ data: Uint8Array.from(filePath, (one) => one.charCodeAt(0)).buffer }) }),
};

test("a paper that was to come later is handed in with all its pages at once", async () => {
  const owing = golden("case"), [paper] = owing.owed, where = `POST /api/v1/cases/${NUMBER}/papers`;
  const given = Object.assign({}, owing, { owed: [] });
  let refused = true;
  const answer = () => (refused ? { status: 422, body: { detail: "文件太大，请换一张。" } } : given);
  const { wx, page } = await opened("case", { number: NUMBER }, { [where]: answer }, { wx: CAMERA });
  assert.match(words(page), new RegExp(`还要补交的材料.*${paper.title}.*${paper.by}.*JPG`));
  const tap = { currentTarget: { dataset: { slot: paper.slot, from: "camera" } } };
  await page.instance.bring(tap);
  assert.match(words(page), /文件太大，请换一张。/);
  refused = false;
  await page.instance.bring(tap);
  assert.match(words(page), /收到了/);
  assert.doesNotMatch(words(page), /还要补交的材料|文件太大/);
  const { data, header } = wx.asked.filter((one) => one.where === where).pop();
  const boundary = header["content-type"].split("boundary=")[1], body = String.fromCharCode(...new Uint8Array(data));
  const parts = body.split(`--${boundary}`);
  assert.equal(parts.length, 5);
  assert.ok(parts[1].endsWith(`name="slot"\r\n\r\n${paper.slot}\r\n`));
  assert.match(parts[3], /name="file"; filename="2.jpg"\r\nContent-Type: image\/jpeg\r\n\r\nwxfile:\/\/b.JPG\r\n$/);
  assert.equal(parts[4], "--\r\n");
  closed(page);
});

test("what came too late is sent to the window", async () => {
  const owing = golden("case"), late = Object.assign({}, owing, { owed: owing.owed.map((one) => Object.assign({}, one, { late: true })) });
  const { page } = await opened("case", { number: NUMBER }, { [`GET /api/v1/cases/${NUMBER}`]: late });
  assert.match(words(page), /网上交不了了/);
  assert.equal(page.dom.querySelectorAll("[data-from]").length, 0);
  closed(page);
});

test("WeChat may tell about the case after a tap, and the choice is kept", async () => {
  const { wx, page } = await opened("case", { number: NUMBER, done: "1" }, {}, { wx: { requestSubscribeMessage: ({ success }) => success({ "t-1": "accept" }) } });
  assert.match(words(page), /已经交上去了/);
  await page.instance.tell();
  assert.match(words(page), /记下了/);
  assert.deepEqual(wx.asked.find((one) => one.where === "POST /api/v1/subscriptions").data, { answers: { "t-1": "accept" } });
  closed(page);
});

test("a rating is sent with its tags", async () => {
  const { wx, page } = await opened("rate", { number: NUMBER });
  page.instance.choose({ detail: { value: "5" } });
  page.instance.tag({ detail: { value: golden("case").rating_tags[5].slice(0, 1) } });
  await page.instance.send();
  assert.deepEqual(wx.asked.find((one) => one.where.endsWith("rating")).data, { stars: 5, tags: golden("case").rating_tags[5].slice(0, 1), words: "" });
  closed(page);
});

test("large type is WeChat's setting or one's own choice, 18 pt at least", async () => {
  const { wx, page } = await opened("settings", {});
  assert.match(page.data.look.style, /--fs:17px/);
  page.instance.elder({ detail: { value: true } });
  await settled();
  assert.match(page.data.look.style, /--fs:24px;--target:60px/);
  assert.equal(page.data.look.name, "elder");
  assert.deepEqual(wx.asked.find((one) => one.where === "POST /api/v1/prefs").data, { elder: true, scale: 100 });
  page.instance.elder({ detail: { value: false } });
  closed(page);
  phone({}, { factor: 1.4 });
  const look = require(path.join(ROOT, "utils/look"));
  look.begin();
  assert.deepEqual(look.now().name, "elder");
  phone();
  look.begin();
});

test("what is kept of open cases is said when somebody has their data deleted", async () => {
  const { page } = await opened("data", {}, {}, { wx: { showModal: ({ success }) => success({ confirm: true }) } });
  await page.instance.forget();
  assert.match(words(page), /还有 1 个办件正在办/);
  closed(page);
});

// A microphone of WeChat's: it records what it is told to.
function microphone(sound) {
  const heard = { started: [], stops: 0 }, on = {};
  ["onStart", "onStop", "onError"].forEach((name) => { heard[name] = (listener) => { on[name] = listener; }; });
  heard.start = (given) => { heard.started.push(given); setImmediate(() => (sound.error ? on.onError({ errMsg: sound.error }) : on.onStart())); };
  heard.stop = () => { heard.stops += 1; setImmediate(() => on.onStop({ tempFilePath: "wxfile://tmp_1.mp3", duration: sound.duration })); };
  return heard;
}

async function talking(sound, answer, voice = { formats: ["mp3", "wav"], seconds: 60, pretends: false }) {
  const heard = microphone(sound), sent = [];
  const uploadFile = (given) => {
    sent.push(given);
    setImmediate(() => (answer === undefined ? given.fail({ errMsg: "uploadFile:fail" }) : given.success(answer)));
  };
  const { wx, page } = await opened("chat", {}, { "GET /api/v1/voice": voice }, { wx: { getRecorderManager: () => heard, uploadFile } });
  await settled();
  return { wx, page, heard, sent };
}

test("what was said is shown before it is sent", async () => {
  const { wx, page, heard, sent } = await talking({ duration: 3000 }, { statusCode: 200, data: JSON.stringify({ words: "我要退休" }), header: {} });
  assert.ok(words(page).includes("说话"));
  page.instance.speak();
  await settled();
  assert.ok(words(page).includes("正在听，请说"));
  assert.deepEqual(heard.started.map((one) => [one.format, one.duration, one.sampleRate]), [["mp3", 60000, 16000]]);
  page.instance.spoken();
  await settled();
  await settled();
  assert.equal(sent[0].name, "sound");
  assert.equal(page.data.words, "我要退休");
  assert.ok(words(page).includes("请看对不对"));
  assert.equal(wx.asked.some((one) => one.where === "POST /api/v1/messages"), false);
  page.instance.send();
  await settled();
  assert.equal(wx.asked.find((one) => one.where === "POST /api/v1/messages").data.text, "我要退休");
  assert.equal(page.data.note, "");
  closed(page);
});

test("where nobody listens there is no button", async () => {
  const { page } = await talking({ duration: 3000 }, undefined, { formats: [], seconds: 60, pretends: false });
  assert.equal(words(page).includes("说话"), false);
  closed(page);
});

[["no leave for the microphone", { error: "operateRecorder:fail auth deny" }, undefined, "没有打开麦克风"], ["hardly a sound", { duration: 200 }, undefined, "没有听到声音"],
  ["not understood", { duration: 3000 }, { statusCode: 422, data: JSON.stringify({ detail: "没有听清。" }), header: {} }, "没有听清"], ["no network", { duration: 3000 }, undefined, "还留着"],
].forEach(([name, sound, answer, says]) => test(`a voice with ${name} is told in words`, async () => {
  const { page, sent } = await talking(sound, answer);
  page.instance.speak();
  await settled();
  if (!sound.error) page.instance.spoken();
  await settled();
  await settled();
  assert.ok(words(page).includes(says), words(page).slice(0, 300));
  assert.equal(page.data.again, name === "no network");
  if (page.data.again) page.instance.resend();
  await settled();
  assert.equal(sent.length, { "no network": 2, "not understood": 1 }[name] || 0);
  closed(page);
}));

test("whoever leaves while speaking is not heard", async () => {
  const { page, heard, sent } = await talking({ duration: 3000 }, undefined);
  page.instance.speak();
  await settled();
  page.instance.onHide();
  await settled();
  assert.equal(heard.stops, 1);
  assert.deepEqual(sent, []);
  assert.equal(page.data.speak, "");
  closed(page);
});
