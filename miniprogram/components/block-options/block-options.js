// A question with choices: one is pressed, or several are ticked and sent together.

const { lines } = require("../../utils/lines");

Component({
  options: { addGlobalClass: true },
  properties: { block: Object, live: { type: Boolean, value: true } },
  data: { choices: [], side: [], help: [], ticked: [] },
  observers: {
    block(block) {
      if (!block) return;
      const choices = block.items.filter((one) => one.style !== "quiet");
      this.setData({ choices, side: block.items.filter((one) => one.style === "quiet"), help: lines(block.help || ""),
        ticked: choices.filter((one) => one.chosen).map((one) => one.id) });
    },
  },
  methods: {
    tick(event) {
      const ticked = event.detail.value;
      this.setData({ ticked, choices: this.data.choices.map((one) => Object.assign({}, one, { chosen: ticked.includes(one.id) })) });
    },
    send() {
      const { block, choices, ticked } = this.data;
      const picked = choices.filter((one) => ticked.includes(one.id));
      const values = picked.map((one) => one.id.slice(one.id.indexOf("=") + 1)).join(",");
      this.triggerEvent("press", { id: `${block.done.id}=${values}`, label: picked.map((one) => one.label).join("、") || block.done.label },
        { bubbles: true, composed: true });
    },
  },
});
