// Where a case stands, department by department. The mark repeats what the words say.

const { pick } = require("../../utils/say");

Component({
  options: { addGlobalClass: true },
  properties: { legs: { type: Array, value: [] } },
  data: { w: pick("case.due"), marks: { completed: "✓", rejected: "✕", failed: "！", correction_asked: "！", accepted: "●", sent: "●" } },
});
