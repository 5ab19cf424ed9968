// Others who must confirm: who is missing, a link for each, and taking it back.

import { post, remove } from "./api.js";
import { button, h, idOf } from "./dom.js";
import { passOn } from "./share.js";
import { say } from "./words.js";

// address is that of the draft; again() shows the draft anew; paper(slot) leads to the paper that may stand for one.
export function drawOthers(address, others, again, paper) {
  return h("ul", { class: "others" }, others.map((one) => drawOther(address, one, again, paper)));
}

function drawOther(address, one, again, paper) {
  const place = h("div", {}), error = h("p", { class: "error", role: "alert" });
  const open = one.link === "open";
  const ask = async () => {
    error.textContent = "";
    try {
      const made = await post(`${address}/confirmations`, { key: one.key });
      place.replaceChildren(h("p", {}, say("others.send", { title: made.title, name: made.name, until: made.until })), passOn(made.text));
      place.querySelector("button").focus();
    } catch (problem) {
      error.textContent = problem.message;
    }
  };
  const back = async () => {
    await remove(`${address}/confirmations/${encodeURIComponent(one.key)}`).catch(() => {});
    again();
  };
  const name = `${one.title} ${one.name}`.trim();
  return h("li", { class: one.missing ? "missing" : "", id: idOf("other", one.key) },
    h("p", {}, h("strong", {}, name), " ", h("span", { class: "badge" }, one.says)),
    h("p", { class: "hint" }, say("others.text", { text: one.text })),
    one.spares > 0 && h("p", { class: "hint" }, say("others.spares", { count: one.spares })),
    open && one.missing && h("p", { class: "hint" }, say("others.out", { until: one.link_until })),
    one.missing && h("div", { class: "row" },
      button(say(open ? "others.again" : "others.ask", { title: one.title }), ask, open ? "" : "primary"),
      open && button(say("others.back"), back, "quiet", { "aria-label": `${say("others.back")}：${name}` }),
      one.paper && paper && button(say("others.paper", { paper: one.paper_title }), () => paper(one.paper), "link")),
    error, place);
}
