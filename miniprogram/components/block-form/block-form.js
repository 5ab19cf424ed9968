// Fields to look at in the talk, each with where it came from; the whole draft is on the form page.

const { pick, say } = require("../../utils/say");

Component({
  options: { addGlobalClass: true },
  properties: { block: Object, live: { type: Boolean, value: true } },
  data: { w: pick("form.not_filled form.edit chat.open_form") },
  methods: {
    change(event) {
      const field = this.data.block.fields[event.currentTarget.dataset.at];
      this.triggerEvent("press", { id: `act:change:${field.key || `field:${field.path}`}`, label: `${say("form.edit")}：${field.label}` }, { bubbles: true, composed: true });
    },
    open() {
      this.triggerEvent("follow", { to: this.data.block.more }, { bubbles: true, composed: true });
    },
  },
});
