// A case in the talk: its state, its legs, its timeline on demand.

const { pick } = require("../../utils/say");

Component({
  options: { addGlobalClass: true },
  properties: { block: Object, live: { type: Boolean, value: true } },
  data: { w: pick("case.number docs.status chat.show_timeline case.open"), open: false },
  methods: {
    unfold() {
      this.setData({ open: !this.data.open });
    },
    follow() {
      this.triggerEvent("follow", { to: `/cases/${this.data.block.number}` }, { bubbles: true, composed: true });
    },
  },
});
