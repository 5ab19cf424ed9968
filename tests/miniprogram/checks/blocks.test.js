// Every kind of block, drawn from what the server really sends.

const { test } = require("node:test");
const assert = require("node:assert/strict");
const { phone, show, words, walk, golden, settled } = require("./stage");

const BLOCKS = ["guest", "talk"].flatMap((name) => golden(name).messages.flatMap((one) => one.blocks));
const squeezed = (text) => text.replace(/\s+/g, "");

phone();

test("the golden talks hold every kind of block that a talk shows", () => {
  const kinds = new Set(BLOCKS.map((one) => one.type));
  ["text", "card", "options", "progress", "hand_over"].forEach((kind) => assert.ok(kinds.has(kind), kind));
});

BLOCKS.forEach((block, at) => test(`block ${at} (${block.type}) says what it is about and has its buttons`, () => {
  const shown = show("server-block", { block, live: true });
  const said = squeezed(words(shown));
  [block.title, block.prompt, block.text && block.text.split("\n")[0], block.number].filter(Boolean)
    .forEach((text) => assert.ok(said.includes(squeezed(text)), `${text} in ${said}`));
  (block.facts || []).forEach(([label, value]) => assert.ok(said.includes(squeezed(label + value))));
  (block.actions || []).concat(block.items || []).forEach((one) => assert.ok(said.includes(squeezed(one.label)), one.label));
}));

test("what was answered before has no buttons left", () => {
  const block = BLOCKS.find((one) => one.type === "options");
  assert.equal(show("server-block", { block, live: false }).dom.querySelectorAll("wx-button").length, 0);
});

test("a block of a kind that is not known shows its plain text", () => {
  assert.equal(words(show("server-block", { block: { type: "hologram", plain: "第一行\n第二行" } })), "第一行第二行");
});

test("text of a citizen never becomes markup", () => {
  const shown = show("server-block", { block: { type: "text", plain: "", text: "<img src=x onerror=alert(1)>" } });
  assert.equal(shown.dom.querySelector("img"), null);
  assert.match(words(shown), /<img/);
});

test("a press goes up with its id and label", () => {
  const items = BLOCKS.find((one) => one.type === "options" && !one.multi).items;
  const shown = show("block-actions", { items, live: true }), heard = [];
  shown.instance.triggerEvent = (name, detail, how) => heard.push({ name, detail, how });
  shown.instance.press({ currentTarget: { dataset: { at: 0 } } });
  assert.deepEqual(heard, [{ name: "press", detail: { id: items[0].id, label: items[0].label }, how: { bubbles: true, composed: true } }]);
});

test("several choices are ticked and sent together", () => {
  const block = { type: "options", plain: "", prompt: "要哪些", help: "", multi: true, done: { id: "act:done:x", label: "选好了" },
    items: [{ id: "act:pick:x=a", label: "甲", help: "", style: "plain", chosen: true }, { id: "act:pick:x=b", label: "乙", help: "", style: "plain", chosen: false }] };
  const shown = show("block-options", { block, live: true }), heard = [];
  shown.instance.triggerEvent = (name, detail) => heard.push(detail);
  shown.instance.tick({ detail: { value: ["act:pick:x=a", "act:pick:x=b"] } });
  shown.instance.send();
  assert.deepEqual(heard, [{ id: "act:done:x=a,b", label: "甲、乙" }]);
});

const DRAFT = golden("draft");
const FIELDS = DRAFT.sections.flatMap((one) => one.fields);

FIELDS.forEach((field) => test(`field ${field.path} shows its value, where it came from, and why it may not be changed`, () => {
  const said = squeezed(words(show("field-input", { field })));
  [field.label, field.source, field.reason].filter(Boolean).forEach((text) => assert.ok(said.includes(squeezed(text)), text));
  if (field.status === "known") assert.ok(said.includes(squeezed(field.shown)), field.shown);
}));

const KINDS = [["text", [], "text"], ["phone", [], "number"], ["number", [], "digit"], ["date", [], "date"], ["month", [], "month"], ["datetime", [], "datetime"],
  ["bool", [], "one"], ["long_text", [], "long"], ["choice", Array(3).fill({ value: "a", label: "甲", help: "" }), "one"], ["choice", Array(9).fill({ value: "a", label: "甲", help: "" }), "list"],
  ["choices", [{ value: "a", label: "甲", help: "" }], "several"]];
KINDS.forEach(([type, options, kind]) => test(`a ${type} with ${options.length} options is asked as ${kind}`, () => {
  const field = Object.assign({}, FIELDS[0], { type, options, editable: true, status: "missing", value: null, shown: "", source: "", may_contest: false });
  const shown = show("field-input", { field });
  assert.equal(shown.data.kind, kind);
  assert.equal(shown.data.shut, false);
}));

test("a field is saved when it is left, and only when it changed", () => {
  const field = Object.assign({}, FIELDS[0], { type: "text", options: [], editable: true, status: "filled", value: "陈一民", shown: "陈一民" });
  const shown = show("field-input", { field }), heard = [];
  shown.instance.triggerEvent = (name, detail) => heard.push(detail);
  shown.instance.saveTyped();
  shown.instance.type({ detail: { value: "陈二民" } });
  shown.instance.saveTyped();
  assert.deepEqual(heard, [{ path: field.path, value: "陈二民", do: "put" }]);
});

test("the phone button brings the number from the server, or says that it did not", async () => {
  phone({ "POST /api/v1/session/phone": { phone: "13800000101" } });
  const field = Object.assign({}, FIELDS[0], { type: "phone", options: [], editable: true, status: "missing", value: null, shown: "" });
  const shown = show("field-input", { field }), heard = [];
  shown.instance.triggerEvent = (name, detail) => heard.push(detail);
  await shown.instance.phone({ detail: { errMsg: "getPhoneNumber:fail user deny" } });
  assert.match(words(shown), /请自己填/);
  await shown.instance.phone({ detail: { code: "p" } });
  assert.equal(heard[0].value, "13800000101");
});

DRAFT.situations.forEach((one) => test(`situation ${one.key} shows its question and what was answered`, () => {
  const said = squeezed(words(show("choice-list", { one })));
  assert.ok(said.includes(squeezed(one.question)));
  one.options.filter((each) => each.value === one.value).forEach((each) => assert.ok(said.includes(squeezed(each.label))));
}));

golden("begun").materials.concat(DRAFT.materials).forEach((item) => test(`material ${item.key} shows how it is given or may be given`, () => {
  const said = squeezed(words(show("material-slot", { item })));
  assert.ok(said.includes(squeezed(item.title)));
  if (item.given) assert.ok(said.includes(squeezed(item.given_words)));
  if (item.editable && item.ways.some((one) => one.way === "upload")) ["拍照", "从相册选"].forEach((text) => assert.ok(said.includes(text), text));
  if (item.editable) item.ways.filter((one) => !["upload", item.given].includes(one.way)).forEach((one) => assert.ok(said.includes(squeezed(one.label)), one.label));
}));

test("legs say in words what their marks say", () => {
  const { legs } = golden("case");
  const shown = show("leg-list", { legs });
  legs.forEach((leg) => assert.ok(squeezed(words(shown)).includes(squeezed(`${leg.department}：${leg.says}`))));
  let hidden = 0;
  walk(shown.toJSON(), (node) => node.attrs.forEach((one) => { if (one.name === "ariaHidden") hidden += 1; }));
  assert.equal(hidden, legs.length);
});
