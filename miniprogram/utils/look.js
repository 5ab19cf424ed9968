// How large everything is: what WeChat is set to, what was chosen here, and large type for elders (18 pt at least).

const kept = require("./kept");

const BASE = 17;
const ELDER = 24;
const KEPT = "yjs-look";
const state = { elder: false, scale: 100, factor: 1 };
const listeners = new Set();

function begin() {
  Object.assign(state, kept.get(KEPT, {}));
  state.factor = factor();
}

// WeChat's own setting of the type size: 1 is usual, care mode about 1.4.
function factor() {
  try {
    return Math.min(2, Math.max(1, wx.getAppBaseInfo().fontSizeScaleFactor || 1));
  } catch (error) {
    return 1;
  }
}

function choose(elder, scale) {
  if (state.elder === elder && state.scale === scale) return;
  Object.assign(state, { elder, scale });
  kept.put(KEPT, { elder, scale });
  listeners.forEach((listener) => listener());
}

// What a page puts on its outermost node.
function now() {
  const elder = state.elder || state.factor >= 1.3;
  const base = elder ? ELDER : BASE;
  const size = Math.round(Math.max(base, BASE * state.factor) * (state.scale / 100));
  const small = elder ? size : Math.round(size * 0.88); // nothing is smaller for elders
  return { name: elder ? "elder" : "", style: `--fs:${size}px;--target:${Math.max(elder ? 60 : 48, Math.round(size * 2.4))}px;--small:${small}px` };
}

function on(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

module.exports = { begin, choose, now, on };
