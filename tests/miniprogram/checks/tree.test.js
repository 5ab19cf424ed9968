// The tree itself: the official compilers take it, every page and component is there, nothing private is used undeclared.

const { test } = require("node:test");
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { wxmlToJs, wxssToJs } = require("miniprogram-compiler");
const { ROOT } = require("./stage");

const files = (folder) => fs.readdirSync(folder, { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? files(path.join(folder, one.name)) : [path.join(folder, one.name)]));
const ALL = files(ROOT);
const read = (file) => fs.readFileSync(path.join(ROOT, file), "utf-8");
const APP = JSON.parse(read("app.json"));
const WXML = ALL.filter((one) => one.endsWith(".wxml"));
// What WeChat's privacy guideline must name, and what this tree may use of it: docs/how-to/release-the-mini-program.md.
const PRIVATE = /wx\.(chooseMedia|chooseImage|chooseMessageFile|getLocation|chooseLocation|startRecord|getRecorderManager|setClipboardData|getClipboardData|saveImageToPhotosAlbum|chooseAddress|getUserProfile|addPhoneContact|getWeRunData|chooseContact|scanCode)\b/g;
const DECLARED = ["chooseMedia", "chooseMessageFile", "getRecorderManager", "setClipboardData"];

test("the official compilers take all templates and styles", () => {
  assert.ok(wxmlToJs(ROOT).length > 1000);
  assert.ok(wxssToJs(ROOT).length > 100);
});

test("every page and every component that is named is there", () => {
  const names = APP.pages.slice();
  ALL.filter((one) => one.endsWith(".json") && /pages|components/.test(one)).forEach((file) => {
    const { usingComponents = {} } = JSON.parse(fs.readFileSync(file, "utf-8"));
    Object.values(usingComponents).forEach((to) => names.push(path.relative(ROOT, path.resolve(path.dirname(file), to))));
  });
  const missing = names.flatMap((one) => ["js", "json", "wxml"].map((end) => `${one}.${end}`)).filter((one) => !fs.existsSync(path.join(ROOT, one)));
  assert.deepEqual(missing, []);
  APP.tabBar.list.forEach((one) => assert.ok(APP.pages.includes(one.pagePath)));
});

test("templates use only components that they name", () => {
  const known = fs.readdirSync(path.join(ROOT, "components"));
  WXML.forEach((file) => {
    const { usingComponents = {} } = JSON.parse(fs.readFileSync(file.replace(/wxml$/, "json"), "utf-8"));
    known.filter((name) => fs.readFileSync(file, "utf-8").includes(`<${name}`)).forEach((name) => assert.ok(usingComponents[name], `${file}: ${name}`));
  });
});

test("every handler that a template names is a method", () => {
  WXML.forEach((file) => {
    const script = fs.readFileSync(file.replace(/wxml$/, "js"), "utf-8") + read("utils/page.js");
    for (const [, name] of fs.readFileSync(file, "utf-8").matchAll(/\b(?:bind|catch)[a-z]+="(\w+)"/g)) assert.match(script, new RegExp(`\\b${name}\\(`), `${file}: ${name}`);
  });
});

test("nothing private is used but what is declared", () => {
  const used = new Set(ALL.filter((one) => one.endsWith(".js")).flatMap((one) => [...fs.readFileSync(one, "utf-8").matchAll(PRIVATE)].map((found) => found[1])));
  assert.deepEqual([...used].sort(), DECLARED);
  assert.equal(APP.__usePrivacyCheck__, true);
  assert.equal(APP.requiredPrivateInfos, undefined);
  const page = fs.readFileSync(path.join(__dirname, "../../../docs/how-to/release-the-mini-program.md"), "utf-8");
  DECLARED.concat("getPhoneNumber").forEach((name) => assert.ok(page.includes(name), name));
});

test("pages that use something private can ask for consent", () => {
  ["chat", "form", "materials", "data"].forEach((name) => assert.ok(read(`pages/${name}/${name}.wxml`).includes("<privacy-sheet")));
});

test("what can be tapped is a native control", () => {
  WXML.forEach((file) => {
    const taps = [...fs.readFileSync(file, "utf-8").matchAll(/<([a-z-]+)[^>]*\bbindtap=/g)].map((found) => found[1]);
    assert.deepEqual(taps.filter((one) => one !== "button"), [], file);
  });
});

test("words have enough contrast", () => {
  const light = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
    .reduce((sum, one, place) => sum + one * [0.2126, 0.7152, 0.0722][place], 0);
  const ratio = (a, b) => { const [high, low] = [light(a), light(b)].sort((x, y) => y - x); return (high + 0.05) / (low + 0.05); };
  const inks = new Set([...read("app.wxss").matchAll(/[^-]color: (#[0-9a-f]{6})/g)].map((found) => found[1]));
  inks.delete("#ffffff");
  ["#ffffff", "#f2f4f7"].forEach((face) => inks.forEach((ink) => assert.ok(ratio(ink, face) >= 4.5, `${ink} on ${face}`)));
  assert.ok(ratio("#ffffff", "#12468f") >= 4.5);
});
