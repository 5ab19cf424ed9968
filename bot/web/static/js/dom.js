// Making and reconciling elements. Text goes in as text, never as markup.

export function h(tag, given = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else if (name === "value") node.value = value;
    else if (value === true) node.setAttribute(name, "");
    else node.setAttribute(name, value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false && child !== ""));
  return node;
}

// Words with line breaks, as paragraphs.
export function paragraphs(text, name = "") {
  return String(text).split(/\n+/).filter(Boolean).map((line) => h("p", { class: name }, broken(line)));
}

// A line whose long numbers break, where they must, between their parts: region, day, the rest.
export function broken(line) {
  return String(line).split(/(\d{20,})/).map((part, place) => (place % 2 === 0 ? part
    : h("span", { class: "number" }, part.slice(0, 6), h("wbr"), part.slice(6, 14), h("wbr"), part.slice(14))));
}

export function button(label, onclick, name = "", more = {}) {
  const node = h("button", { type: "button", class: `button ${name}`.trim(), onclick: (event) => busy(node, onclick, event), ...more }, label);
  return node;
}

// As long as what it began goes on, the button says so and begins nothing more.
async function busy(node, onclick, event) {
  if (node.getAttribute("aria-busy")) return;
  const work = onclick(event);
  if (!work || !work.then) return;
  node.setAttribute("aria-busy", "true");
  try {
    await work;
  } finally {
    node.removeAttribute("aria-busy");
  }
}

// A list of label and value.
export function facts(rows) {
  return h("dl", { class: "facts" }, rows.map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, typeof value === "string" ? broken(value) : value))));
}

// Bring the children of a parent in line with items, keeping every node whose data did not change, and the focus.
export function reconcile(parent, items, keyOf, make) {
  const had = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const active = document.activeElement;
  let again = null;
  items.forEach((item, place) => {
    const key = keyOf(item), sum = JSON.stringify(item);
    let node = had.get(key);
    if (!node || node.dataset.sum !== sum) {
      const fresh = make(item);
      fresh.dataset.key = key;
      fresh.dataset.sum = sum;
      if (node && node.contains(active)) again = fresh;
      if (node) node.replaceWith(fresh);
      node = fresh;
    }
    had.delete(key);
    if (parent.children[place] !== node) parent.insertBefore(node, parent.children[place] || null);
  });
  had.forEach((node) => node.remove());
  if (again) counterpart(active, again).focus({ preventScroll: true });
}

// Where the focus goes when what had it is made anew: to the same control, else to the whole of it.
function counterpart(active, fresh) {
  const alike = (one) => (active.id ? one.id === active.id : one.tagName === active.tagName && one.textContent === active.textContent);
  const found = [...fresh.querySelectorAll("a, button, summary, input, select, textarea, [tabindex]")].find((one) => one.offsetParent && alike(one));
  if (!found && !fresh.hasAttribute("tabindex")) fresh.tabIndex = -1;
  return found || fresh;
}

// Draw the inside of a place anew without losing the focus that was in it.
export function redraw(place, children) {
  const held = place.contains(document.activeElement);
  place.replaceChildren(...children);
  const next = held && (place.querySelector("button, h1") || place);
  if (!next) return;
  if (!next.matches("button")) next.tabIndex = -1;
  next.focus({ preventScroll: true });
}

export function idOf(...parts) {
  return parts.join("-").replace(/[^A-Za-z0-9_-]/g, "_");
}
