// Words: of a text or a notice, and the plain text of every block that this version does not know.

const { lines } = require("../../utils/lines");

Component({
  options: { addGlobalClass: true },
  properties: { block: Object },
  data: { lines: [] },
  observers: {
    block(block) {
      this.setData({ lines: lines((block && (block.text || block.plain)) || "") });
    },
  },
});
