// Keys of the bench. Everything they do is a button on the page: without scripts nothing is missing but the keys.
(() => {
  "use strict";
  const cards = [...document.querySelectorAll(".utter")];
  let at = 0;

  function mark(number) {
    cards[at].classList.remove("now");
    at = number;
    cards[at].classList.add("now");
  }

  function move(by) {
    mark(Math.max(0, Math.min(cards.length - 1, at + by)));
    cards[at].focus({ preventScroll: true });
    cards[at].scrollIntoView({ block: "center" });
  }

  function open(key) {
    for (const panel of cards[at].querySelectorAll("details.panel")) panel.open = panel.dataset.panel === key;
    const panel = cards[at].querySelector("details.panel[open]");
    if (panel) panel.querySelector(key === "/" ? "input" : ".pick").focus();
  }

  function close() {
    for (const panel of cards[at].querySelectorAll("details.panel")) panel.open = false;
    cards[at].focus({ preventScroll: true });
  }

  function press(selector) {
    const button = cards[at].querySelector(selector);
    if (button) button.click();
  }

  function choose(number) {
    const outside = cards[at].querySelector('[data-panel="o"][open]');
    press(outside ? `[data-kind="${number}"]` : `[data-key="${number}"]`);
  }

  const keys = {
    ArrowDown: () => move(1), j: () => move(1), ArrowUp: () => move(-1), k: () => move(-1), Escape: close,
    o: () => open("o"), "/": () => open("/"), s: () => press('[data-key="s"]'), w: () => press('[data-key="w"]'),
  };

  function undo() {
    const button = document.querySelector('#undo [data-key="u"]');
    if (button) button.click();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select") && event.key !== "Escape") return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "u") undo();
    else if (!cards.length) return;
    else if (/^[1-9]$/.test(key)) choose(key);
    else if (keys[key]) keys[key]();
    else return;
    event.preventDefault();
  });
  for (const [number, card] of cards.entries()) card.addEventListener("focusin", () => mark(number));
  if (cards.length) mark(0);
})();
