// A phone for the tests: jsdom, a wx that answers from a list, and the mini-program's own tree rendered in it.

const path = require("node:path");
const { JSDOM } = require("jsdom");

// Another tree can be named: one with defects, to see that they are found.
const ROOT = path.resolve(process.env.MINIPROGRAM || path.join(__dirname, "../../../miniprogram"));
const GOLDEN = path.resolve(__dirname, "../golden");

const dom = new JSDOM("<!doctype html><html><body></body></html>", { url: "http://127.0.0.1/", pretendToBeVisual: true });
["window", "document", "Event", "CustomEvent", "HTMLElement", "Element", "Node", "Text", "DocumentFragment", "TouchEvent", "MutationObserver", "getComputedStyle", "requestAnimationFrame"]
  .forEach((name) => { if (name === "window") global.window = dom.window; else if (dom.window[name]) global[name] = dom.window[name]; });

const simulate = require("miniprogram-simulate");

// answers: {"GET /api/v1/cases": body or (data) => body}; a missing one is 404. Everything asked stands in wx.asked.
function phone(answers = {}, more = {}) {
  const kept = new Map(Object.entries(more.kept || { "yjs-token": "token" }));
  const asked = [], opened = [];
  const wx = {
    asked, opened, kept, fail: 0,
    getStorageSync: (key) => (kept.has(key) ? kept.get(key) : ""),
    setStorageSync: (key, value) => kept.set(key, JSON.parse(JSON.stringify(value))),
    removeStorageSync: (key) => kept.delete(key),
    getAppBaseInfo: () => ({ fontSizeScaleFactor: more.factor || 1 }),
    setNavigationBarTitle: ({ title }) => { wx.title = title; },
    onNetworkStatusChange: (listener) => { wx.network = listener; }, getNetworkType: () => {}, onNeedPrivacyAuthorization: (listener) => { wx.privacy = listener; },
    navigateTo: ({ url }) => opened.push(url), switchTab: ({ url }) => opened.push(url), redirectTo: ({ url }) => opened.push(url), navigateBack: () => opened.push("back"),
    pageScrollTo: () => {}, showToast: () => {},
    login: ({ success }) => { wx.logins = (wx.logins || 0) + 1; success({ code: `code-${wx.logins}` }); },
    request(options) {
      const where = `${options.method} ${options.url.replace(/^https?:\/\/[^/]+/, "")}`;
      const data = typeof options.data === "string" ? JSON.parse(options.data) : options.data;
      asked.push({ where, data, header: options.header });
      const task = { abort: () => { task.cut = true; options.fail({ errMsg: "request:fail abort" }); } };
      if (wx.fail > 0) {
        wx.fail -= 1;
        setImmediate(() => options.fail({ errMsg: "request:fail" }));
        return task;
      }
      const found = answers[where] !== undefined ? answers[where] : answers[where.split("?")[0]];
      const given = typeof found === "function" ? found(data, options) : found;
      if (given === "never") return task;
      const { status = given === undefined ? 404 : 200, body = given, header = {} } = given && given.status ? given : {};
      setImmediate(() => task.cut || options.success({ statusCode: status, data: JSON.stringify(body === undefined ? { detail: "?" } : body), header }));
      return task;
    },
  };
  global.wx = Object.assign(wx, more.wx || {});
  global.getApp = () => (wx.app = wx.app || {});
  return global.wx;
}

// Modules of the mini-program begin anew, as after a cold start.
function cold() {
  Object.keys(require.cache).filter((one) => one.startsWith(ROOT)).forEach((one) => delete require.cache[one]);
}

const loaded = new Map();
function load(name) {
  const where = name.startsWith("pages/") ? name : `components/${name}/${name}`;
  if (!loaded.has(where)) loaded.set(where, simulate.load(path.join(ROOT, where), { compiler: "official", rootPath: ROOT }));
  return loaded.get(where);
}

function show(name, properties) {
  const shown = simulate.render(load(name), properties);
  shown.attach(document.createElement("div"));
  return shown;
}

// A page as WeChat opens it.
async function open(name, options = {}) {
  const page = show(`pages/${name}/${name}`);
  if (page.instance.onLoad) page.instance.onLoad(options);
  if (page.instance.onShow) page.instance.onShow();
  await settled();
  return page;
}

async function settled(rounds = 12) {
  for (let round = 0; round < rounds; round += 1) await new Promise((resolve) => { setImmediate(resolve); });
}

// Everything a screen shows, as text.
const words = (shown) => shown.dom.textContent.replace(/\s+/g, " ").trim();

// The tree as JSON with attributes, walked.
function walk(node, visit, parents = []) {
  if (!node || typeof node === "string") return;
  visit(node, parents);
  (node.children || []).forEach((child) => walk(child, visit, parents.concat(node)));
}

const golden = (name) => require(path.join(GOLDEN, `${name}.json`));

module.exports = { ROOT, GOLDEN, phone, cold, load, show, open, settled, words, walk, golden, simulate };
