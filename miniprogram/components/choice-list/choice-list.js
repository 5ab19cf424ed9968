// A question whose answer decides what applies.

const { marked } = require("../../utils/options");
const { pick } = require("../../utils/say");

Component({
  options: { addGlobalClass: true },
  properties: { one: Object, error: { type: String, value: "" } },
  data: { w: pick("form.not_filled form.several form.confirm_several form.edit"), options: [], chosen: "", effects: [], shut: false, open: false, ticked: [] },
  observers: {
    "one, open": function draw(one, open) {
      if (!one) return;
      const options = marked(one.options, one.value);
      const on = options.filter((each) => each.on);
      this.setData({ options, chosen: on.map((each) => each.label).join("、"), effects: on.map((each) => each.effect).filter(Boolean),
        ticked: on.map((each) => each.value), shut: !one.editable || (one.decided && !open) });
    },
  },
  methods: {
    choose(event) {
      this.mark(event.detail.value);
      this.triggerEvent("change", { path: this.data.one.key, value: event.detail.value, do: "put" });
    },
    tick(event) {
      this.mark(event.detail.value);
      this.setData({ ticked: event.detail.value });
    },
    mark(held) {
      this.setData({ options: marked(this.data.options, held) });
    },
    send() {
      this.triggerEvent("change", { path: this.data.one.key, value: this.data.ticked, do: "put" });
    },
    reveal() {
      this.setData({ open: true });
    },
  },
});
