// What a part of the form says when it is read aloud: what can be seen, in its order, with what was answered.

import { say } from "./words.js";

const PARTS = "h1, h2, legend, .label, .hint, .error, .source, .fixed, .tick, input.input, textarea.input, select.input, p:not([class])";

export function linesIn(place) {
  const lines = [...place.querySelectorAll(PARTS)].filter((one) => one.offsetParent && !one.closest(".why")).map(line);
  return lines.filter((one, at) => one && one !== lines[at - 1]);
}

function line(one) {
  if (one.matches("select")) return one.value ? one.selectedOptions[0].textContent : "";
  if (one.matches("input, textarea")) return one.value;
  const words = one.textContent.trim();
  if (!one.matches(".tick")) return words;
  return one.querySelector("input").checked ? `${words}，${say("chat.chosen")}` : words;
}
