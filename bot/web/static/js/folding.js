// A section of the form: what the citizen answers first; what was found or computed folded away below it.

import { readButton } from "./aloud.js";
import { h, reconcile } from "./dom.js";
import { linesIn } from "./spoken.js";
import { say } from "./words.js";

export function drawSection(form, shell, heading, items, keyOf, make, known = () => false) {
  if (!shell.firstChild) {
    shell.append(h("h2", {}, heading), h("div", { class: "fields" }),
      h("details", { class: "known" }, h("summary", {}), h("div", { class: "fields" })),
      readButton(() => linesIn(shell)));
  }
  const [head, asked, more] = shell.children;
  const folded = items.filter((one) => folds(form, keyOf(one), one, known));
  if (head.textContent !== heading) head.textContent = heading;
  const draw = (place, some) => reconcile(place, some.map((one) => ({ ...one, typed: undefined,
    error: form.errors.get(keyOf(one)), open: form.open.has(keyOf(one)) })), keyOf, make);
  draw(asked, items.filter((one) => !folded.includes(one)));
  draw(more.lastChild, folded);
  more.hidden = !folded.length;
  const words = say("form.known", { count: folded.length });
  if (more.firstChild.textContent !== words) more.firstChild.textContent = words;
}

// Decided when it is drawn first, so that nothing moves under the finger; what is missing or wrong is never folded away.
function folds(form, key, one, known) {
  if (!form.first.has(key)) form.first.set(key, !form.correcting && known(one));
  return form.first.get(key) && one.status !== "missing" && !form.errors.has(key);
}
