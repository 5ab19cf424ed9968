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

module.exports = { say, pick };
