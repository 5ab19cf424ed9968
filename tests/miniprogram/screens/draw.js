// Every page of the mini-program as a web page: its rendered tree with the platform's usual look for native parts.
// node draw.js FOLDER writes one file for each screen and look, and screens.json, which lists them.

const fs = require("node:fs");
const path = require("node:path");
const { ROOT, phone, open, settled, golden } = require("../checks/stage");
const { API, ME, NUMBER, DRAFT } = require("../checks/town");
const login = require(path.join(ROOT, "utils/login"));
const look = require(path.join(ROOT, "utils/look"));
const { say } = require(path.join(ROOT, "utils/say"));

const WIDTH = 390;
const HEIGHT = 844;
const BARS = { top: 88, tabs: 83 };
const NATIVE = ["view", "text", "button", "input", "textarea", "navigator", "scroll-view", "label", "checkbox", "checkbox-group", "radio", "radio-group", "switch", "picker"];
const APP = JSON.parse(fs.readFileSync(path.join(ROOT, "app.json"), "utf-8"));
const GUEST = { signed_in: false, name: "", elder: false, scale: 100 };

const begun = golden("begun"), returned = golden("returned"), correcting = golden("correcting");
const draft = (one) => ({ [`GET /api/v1/drafts/${one.id}`]: one });
// The golden files are cut short: here is one of every kind of field, question and material that they leave out.
const option = (value, label, help = "") => ({ value, label, help, effect: "" });
const blank = { ...begun.sections[0].fields[0], why: "", help: "", options: [], value: null, shown: "", source: "", reason: "", status: "missing", editable: true, may_contest: false, example: "", unit: "", required: true };
const kinds = [
  { path: "a.phone", label: "手机号", type: "phone", help: "11 位手机号，能收到短信的那个。", example: "13800001234" },
  { path: "a.born", label: "出生日期", type: "date" },
  { path: "a.at", label: "出生时间", type: "datetime" },
  { path: "a.weight", label: "出生体重", type: "number", unit: "克" },
  { path: "a.surname", label: "宝宝随谁姓", type: "choice", value: "father", shown: "随爸爸姓", status: "filled", options: [option("father", "随爸爸姓"), option("mother", "随妈妈姓"), option("other", "用其他姓", "比如随祖辈的姓，要写明理由。")] },
  { path: "a.nation", label: "民族", type: "choice", options: Array.from({ length: 9 }, (_, at) => option(String(at), "汉族")) },
  { path: "a.reason", label: "用其他姓的理由", type: "long_text", required: false, example: "随曾祖母的姓" },
].map((one) => ({ ...blank, ...one }));
const asked = { key: "situation:extras", question: "下面这些，要一起给宝宝办吗？可以选几项，也可以都不选。", help: "都是自愿的，今天不办以后也能办。", why: "", multi: true, value: null, source: "", decided: false, editable: true, reason: "",
  options: [option("medical", "居民医保", "在规定时间内参保，宝宝从出生那天起看病就能报。"), option("card", "社保卡", "首次办不收费。"), option("none", "都先不办")] };
const mixed = { ...begun, id: "kinds", situations: [asked], sections: [{ title: "宝宝", fields: kinds }], next: "situation:extras",
  materials: begun.materials.slice(0, 1).concat([{ ...begun.materials[0], key: "material:photo", title: "宝宝照片", help: "6 周岁以下的宝宝大多可以先不交，以后再补。", required: false, given: "", given_words: "", editable: true,
    ways: [{ way: "deferred", label: "先办，以后再交", text: "30 个工作日内补上" }, { way: "upload", label: "拍照上传", text: "" }], files: [{ id: "1", name: "宝宝.jpg" }] }]) };
const question = { seq: 3, role: "bot", text: "", blocks: [{ type: "options", plain: "", prompt: asked.question, help: asked.help, multi: true, done: { id: "act:done:x", label: "选好了" },
  items: asked.options.map((one, at) => ({ id: `act:pick:x=${one.value}`, label: one.label, help: one.help, style: "plain", chosen: at === 0 })).concat([{ id: "act:back", label: "上一步", help: "", style: "quiet", chosen: false }]) }] };
const HERE = { region: "330106", title: "西湖区" };
const people = ["爸爸", "妈妈"].map((note, at) => ({ who: note, name: ["陈一民", "李晓兰"][at], id_number: "330106********0421", note }));

// Name of the picture, page, its options, what the server answers otherwise, who is here, what is done before the picture.
const SCREENS = [
  ["chat-begin", "chat", {}, { "GET /api/v1/messages?after=0&wait=0": { ...golden("guest"), messages: golden("guest").messages.slice(0, 1) } }, GUEST],
  ["chat-guest", "chat", {}, { "GET /api/v1/messages?after=0&wait=0": golden("guest") }, GUEST],
  ["chat", "chat", {}],
  ["chat-asked", "chat", {}, { "GET /api/v1/messages?after=0&wait=0": { ...golden("guest"), messages: golden("guest").messages.slice(1, 2).concat([question]) } }],
  ["chat-privacy", "chat", {}, {}, ME, (page) => page.setData({ asks: true })],
  ["chat-voice", "chat", {}, {}, ME, (page) => page.setData({ speaks: true })],
  ["chat-speaking", "chat", {}, {}, ME, (page) => page.setData({ speaks: true, speak: "on", clock: "3 秒，最长 60 秒" })],
  ["chat-heard", "chat", {}, {}, ME, (page) => page.setData({ speaks: true, words: "我媳妇刚生了，要办啥手续", note: say("voice.heard") })],
  ["forms", "forms", {}],
  ["forms-none", "forms", {}, { "GET /api/v1/drafts": { drafts: [] } }],
  ["form", "form", { id: begun.id, about: "situation:hukou_follow" }, draft(begun)],
  ["form-place", "form", { id: begun.id, about: "situation:hukou_follow" }, { ...draft({ ...begun, place: HERE }), "GET /api/v1/places": { places: [HERE, { region: "330108", title: "滨江区" }], default: HERE.region, asked: true } }],
  ["form-fields", "form", { id: begun.id }, draft(begun), ME, (page) => page.turn({ currentTarget: { dataset: { at: 2 } } })],
  ["form-asked", "form", { id: "kinds" }, draft(mixed)],
  ["form-kinds", "form", { id: "kinds", about: "a.phone" }, draft(mixed)],
  ["form-filled", "form", { id: DRAFT.id }],
  ["form-correcting", "form", { id: correcting.id }, draft(correcting)],
  ["materials", "materials", { id: "kinds" }, draft(mixed)],
  ["check", "check", { id: DRAFT.id }],
  ["check-missing", "check", { id: begun.id }, draft(begun)],
  ["cases", "cases", {}],
  ["cases-none", "cases", {}, { "GET /api/v1/cases": { cases: [] } }],
  ["case", "case", { number: NUMBER, done: "1" }],
  ["case-returned", "case", { number: NUMBER }, { [`GET /api/v1/cases/${NUMBER}`]: returned }],
  ["case-owed", "case", { number: NUMBER }, { [`GET /api/v1/cases/${NUMBER}`]: { ...golden("case"), owed: ["宝宝照片", "户主同意落户声明"].map((title, at) => ({ slot: title, title, department: "公安", by: "3月30日", late: at === 1, where: "派出所（地址先打 12345 问清楚）", accept: ["image/jpeg", "application/pdf"], max_mb: 5 })) } }],
  ["correct", "correct", { number: NUMBER }, { [`GET /api/v1/cases/${NUMBER}`]: returned }],
  ["rate", "rate", { number: NUMBER }, {}, ME, (page) => page.choose({ detail: { value: "5" } })],
  ["login", "login", {}, { "GET /api/v1/demo/people": { families: [{ title: "三口之家", story: "宝宝刚出生，爸爸来办。", first: true, about: [], people }], groups: [] } }, GUEST],
  ["guides", "guides", {}],
  ["guide", "guide", { code: "newborn_birth" }],
  ["data", "data", {}],
  ["settings", "settings", {}],
];

const safe = (text) => String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");

// Sizes of the phone, tags of the platform.
function styles() {
  const names = new RegExp(`(^|[\\s,>+~])(${NATIVE.join("|")})(?=[\\s,.:>+~\\[]|$)`, "g");
  return fs.readFileSync(path.join(ROOT, "app.wxss"), "utf-8")
    .replace(/\/\*[^]*?\*\//g, "")
    .replace(/([\d.]+)rpx/g, (_, count) => `${(count * WIDTH) / 750}px`)
    .replace(/([\d.]+)vh/g, (_, count) => `calc(var(--window) * ${count / 100})`)
    .replace(/([^{}]+)\{/g, (_, selectors) => `${selectors.replace(names, "$1wx-$2").replace(/(^|\s)page(?=\s)/g, "$1.window")}{`);
}

const typed = (given) => `<span ${given.value ? "" : `class="placeholder" style="${safe(given.placeholderStyle || "")}"`}>${safe(given.value || given.placeholder || "")}</span>`;
const box = (kind) => (given) => `<i class="${kind} ${given.checked ? "on" : ""}" style="--on:${safe(given.color || "#09bb07")}"></i>`;
const DRAWN = { "wx-input": typed, "wx-textarea": typed, "wx-checkbox": box("tick-box"), "wx-radio": box("dot-box"), "wx-switch": box("slide") };

function markup(node) {
  if (typeof node === "string") return safe(node);
  const given = Object.fromEntries(node.attrs.map((one) => [one.name, one.value]));
  const inside = DRAWN[node.tagName] ? DRAWN[node.tagName](given) : node.children.map(markup).join("");
  const kept = ["class", "style"].filter((name) => given[name]).map((name) => ` ${name}="${safe(String(given[name]).trim())}"`).join("");
  return `<${node.tagName}${kept}${given.scrollX ? ` data-x="${given.scrollIntoView || ""}"` : ""}${given.id ? ` id="${safe(given.id)}"` : ""}>${inside}</${node.tagName}>`;
}

function whole(name, title, tree) {
  const tabs = APP.tabBar.list, at = tabs.findIndex((one) => one.pagePath === `pages/${name}/${name}`);
  const room = HEIGHT - BARS.top - (at < 0 ? 0 : BARS.tabs);
  const bar = at < 0 ? "" : `<div class="tab-bar">${tabs.map((one, place) => `<span class="${place === at ? "on" : ""}">${one.text}</span>`).join("")}</div>`;
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${safe(title)}</title>
<style>${fs.readFileSync(path.join(__dirname, "platform.css"), "utf-8")}</style><style>${styles()}</style></head>
<body id="phone" style="--window:${room}px"><div class="nav-bar">${at < 0 ? "<span class=\"back\"></span>" : ""}<span>${safe(title)}</span></div>
<div class="window">${tree.children.map(markup).join("")}</div>${bar}
<script>document.querySelectorAll("[data-x]").forEach((one) => { const at = document.getElementById(one.dataset.x); if (at) one.scrollLeft = at.offsetLeft - one.offsetLeft; });</script></body></html>`;
}

async function draw(folder, [name, page, options, answers = {}, me = ME, act = () => {}], elder) {
  const wx = phone({ ...API, "GET /api/v1/session": { ...me, elder }, ...answers });
  look.choose(elder, 100);
  login.take({ ...me, elder });
  const shown = await open(page, options);
  act(shown.instance);
  await settled();
  const file = `${elder ? "elder" : "normal"}-${name}.html`;
  fs.writeFileSync(path.join(folder, file), whole(page, wx.title || APP.window.navigationBarTitleText, shown.toJSON()));
  if (shown.instance.onHide) shown.instance.onHide();
  shown.instance.onUnload();
  return { name, page, elder, file };
}

async function main(folder) {
  fs.mkdirSync(folder, { recursive: true });
  const drawn = [];
  for (const elder of [false, true]) for (const screen of SCREENS) drawn.push(await draw(folder, screen, elder));
  const missing = APP.pages.filter((one) => !drawn.some((each) => each.page === one.split("/")[1]));
  if (missing.length) throw new Error(`pages that nobody draws: ${missing}`);
  fs.writeFileSync(path.join(folder, "screens.json"), JSON.stringify({ width: WIDTH, height: HEIGHT, screens: drawn }));
}

main(process.argv[2]).then(() => process.exit(0), (error) => { console.error(error); process.exit(1); });
