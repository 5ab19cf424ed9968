// A phone: shows what the demo WeChat has for it, and does what somebody would.

const byId = (id) => document.getElementById(id);
const MENU = /<a href="weixin:\/\/bizmsgmenu\?msgmenucontent=([^&"]*)&msgmenuid=([^"]*)">([^<]*)<\/a>|<a href="([^"]*)"(?: data-miniprogram-appid="([^"]*)" data-miniprogram-path="([^"]*)")?>([^<]*)<\/a>/g;
let who = new URLSearchParams(location.search).get("who") || "";
let last = -1;

async function act(body) {
  await fetch(`/_phone?who=${who}`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  await look();
}

function decoded(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}

function button(label, press, kind = "") {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.className = kind;
  made.addEventListener("click", press);
  return made;
}

// A link to the mini-program opens the page that stands in for it: there is no mini-program in this phone.
function link(label, address, inside = "") {
  const made = document.createElement("a");
  made.textContent = label;
  if (inside) {
    made.className = "inside";
    made.title = `微信里打开小程序的 ${inside}；这里打开网页`;
  }
  if (/^https?:\/\//.test(address)) made.href = address;
  made.target = "_blank";
  made.rel = "noopener";
  return made;
}

// Words with the links that WeChat knows; everything else in them is shown as it was written.
function words(into, text) {
  let end = 0;
  for (const found of text.matchAll(MENU)) {
    into.append(text.slice(end, found.index));
    into.append(found[2] !== undefined
      ? button(found[3], () => act({ do: "tap", text: decoded(found[1]), id: decoded(found[2]) }))
      : link(found[7], found[4], found[6]));
    end = found.index + found[0].length;
  }
  into.append(text.slice(end));
}

function bubble(one) {
  const made = document.createElement("div");
  made.className = `bubble ${one.kind} ${one.mine ? "mine" : ""} ${one.late ? "late" : ""}`;
  if (one.mine) made.append(one.kind === "voice" ? `[语音] ${one.text}` : one.text);
  else words(made, one.text);
  for (const [id, label] of one.choices) {
    made.append(button(label, () => act({ do: "tap", text: label, id }), "choice"));
  }
  if (one.url) made.append(document.createElement("br"), link("打开", one.url));
  return made;
}

function menu(items) {
  byId("menu").replaceChildren(...items.map((item) => {
    if (!(item.sub_button || []).length) return entry(item);
    const more = document.createElement("details");
    const name = document.createElement("summary");
    name.textContent = item.name;
    const list = document.createElement("div");
    list.append(...item.sub_button.map(entry));
    more.append(name, list);
    return more;
  }));
}

function entry(item) {
  return button(item.name, () => (item.type === "view" ? window.open(item.url, "_blank", "noopener")
    : act({ do: "menu", id: item.key, text: item.name })));
}

async function look() {
  const state = await (await fetch(`/_phone?who=${who}`, { cache: "no-store" })).json();
  who = state.who;
  if (!byId("who").options.length) {
    byId("who").append(...state.phones.map((one) => new Option(`${one.name}（${one.note}）`, one.key)));
  }
  const buttons = JSON.stringify(state.menu);
  if (buttons !== byId("menu").dataset.shown) {
    byId("menu").dataset.shown = buttons;
    menu(state.menu);
  }
  byId("who").value = who;
  byId("busy").hidden = !state.busy;
  byId("follow").hidden = state.follows;
  byId("leave").hidden = !state.follows;
  byId("fault").value = state.fault;
  const newest = state.shown.length ? state.shown[state.shown.length - 1].number : 0;
  if (newest !== last) {
    last = newest;
    const chat = byId("chat");
    chat.replaceChildren(...state.shown.map(bubble));
    if (!state.shown.length) chat.append(Object.assign(document.createElement("p"), { className: "bubble event", textContent: "还没有聊天。先点“关注”，或者直接说一句：我媳妇刚生了，要办啥手续" }));
    chat.scrollTop = chat.scrollHeight;
  }
}

byId("say").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = byId("words").value.trim();
  byId("words").value = "";
  if (text) act({ do: "say", text });
});
byId("voice").addEventListener("click", () => {
  const text = byId("words").value.trim(); // what is typed is what is spoken
  byId("words").value = "";
  act({ do: "voice", text });
});
byId("picture").addEventListener("change", async (event) => {
  const file = event.target.files[0];
  if (file) await fetch(`/_picture?who=${who}`, { method: "POST", headers: { "Content-Type": file.type }, body: file });
  event.target.value = "";
  await look();
});
byId("who").addEventListener("change", (event) => { who = event.target.value; last = -1; look(); });
byId("follow").addEventListener("click", () => act({ do: "follow" }));
byId("leave").addEventListener("click", () => act({ do: "leave" }));
byId("fault").addEventListener("change", (event) => fetch("/_fault", {
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ fault: event.target.value }),
}));
setInterval(look, 1500);
look();
