// A title, facts, steps, what is shown on demand, words to pass on, and buttons.

const { lines } = require("../../utils/lines");
const { pick } = require("../../utils/say");

Component({
  options: { addGlobalClass: true },
  properties: { block: Object, live: { type: Boolean, value: true } },
  data: { w: pick("chat.more others.words others.copy others.copied"), summary: [], numbered: false, open: false, copied: false },
  observers: {
    block(block) {
      const summary = lines((block && block.summary) || "");
      this.setData({ summary, numbered: summary.length > 1 && summary.every((line) => /^\d+\.\s*/.test(line)) });
    },
  },
  methods: {
    unfold() {
      this.setData({ open: !this.data.open });
    },
    copy() {
      wx.setClipboardData({ data: this.data.block.copy_text, success: () => this.setData({ copied: true }) });
    },
  },
});
