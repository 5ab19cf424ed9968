// In large type one question a screen: which one, the way back, and the way out to the whole form.

const { place } = require("./draft");

class Single {
  constructor() {
    Object.assign(this, { at: "", past: [], whole: false });
  }

  // The key of the one question to show; empty: all of a part. What is shown stays until its answerer goes on.
  take(draft, found, large) {
    const off = !large || this.whole || draft.state !== "open";
    if (off || place(found, this.at) < 0) this.at = "";
    if (!off && !this.at && place(found, draft.next) >= 0) this.at = draft.next;
    return this.at;
  }

  onward(key) {
    this.past.push(this.at);
    this.at = key;
  }

  back() {
    this.at = this.past.pop();
  }
}

// A part with nothing but this question.
function narrowed(part, key) {
  return Object.assign({}, part, { situations: part.situations.filter((one) => one.key === key), fields: part.fields.filter((one) => one.path === key) });
}

module.exports = { Single, narrowed };
