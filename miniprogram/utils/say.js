// The words, made from the same file as the H5 page's: `python -m deploy.mini_words` writes words.js.

const tree = require("../words");

// One sentence with its blanks filled in; the key itself where there is none, so that it is seen.
function say(key, blanks) {
  const found = key.split(".").reduce((node, part) => (node ? node[part] : undefined), tree);
  if (typeof found !== "string") return key;
  return found.replace(/\{(\w+)\}/g, (whole, name) => (blanks && name in blanks ? String(blanks[name]) : whole));
}

// Some of them by name, as data for a template: pick("form.edit app.back") gives {form_edit, app_back}.
function pick(keys) {
  return keys.split(/\s+/).filter(Boolean).reduce((found, key) => {
    found[key.replace(/\./g, "_")] = say(key);
    return found;
  }, {});
}

const CHINA = 8 * 3600 * 1000;

// A day as people say it; of a moment the day it is in China, wherever the phone is.
function dayOf(iso) {
  const local = /(?:Z|[+-]\d\d:\d\d)$/.test(iso) ? new Date(Date.parse(iso) + CHINA).toISOString() : iso;
  const [year, month, day] = local.slice(0, 10).split("-").map(Number);
  return say("app.day", { year, month, day });
}

module.exports = { say, pick, dayOf };
