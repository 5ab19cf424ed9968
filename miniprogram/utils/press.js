// Where the server's addresses lead in the mini-program: the same pages under the same names.

function follow(to) {
  const [path, hash] = String(to).split("#");
  const [, name, id] = path.split("/");
  if (name === "form" && id) return wx.navigateTo({ url: `/pages/form/form?id=${id}${hash ? `&about=${encodeURIComponent(hash)}` : ""}` });
  if (name === "cases" && id) return wx.navigateTo({ url: `/pages/case/case?number=${id}` });
  const tab = { form: "forms", cases: "cases", settings: "settings" }[name] || "chat";
  return wx.switchTab({ url: `/pages/${tab}/${tab}` });
}

// What a button said that was pressed before this page was opened.
function labelOf(id, messages, otherwise) {
  for (const one of messages.slice().reverse()) {
    for (const block of one.blocks) {
      const all = (block.actions || []).concat(block.items || [], block.done ? [block.done] : []);
      const found = all.find((each) => each.id === id || (id.startsWith("act:done:") && each.id === id.split("=")[0]));
      if (found) return found.label;
    }
  }
  return otherwise;
}

module.exports = { follow, labelOf };
