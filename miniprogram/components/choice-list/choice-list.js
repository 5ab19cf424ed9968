// A question whose answer decides what applies.

const { pick } = require("../../utils/say");

Component({
  options: { addGlobalClass: true },
  properties: { one: Object, error: { type: String, value: "" } },
  data: { w: pick("form.not_filled form.several form.confirm_several form.edit"), options: [], chosen: "", effects: [], shut: false, open: false, ticked: [] },
  observers: {
    "one, open": function draw(one, open) {
      if (!one) return;
      const held = Array.isArray(one.value) ? one.value : [one.value];
      const options = one.options.map((each) => Object.assign({}, each, { on: held.includes(each.value) }));
      const on = options.filter((each) => each.on);
      this.setData({ options, chosen: on.map((each) => each.label).join("、"), effects: on.map((each) => each.effect).filter(Boolean),
        ticked: on.map((each) => each.value), shut: !one.editable || (one.decided && !open) });
    },
  },
  methods: {
    choose(event) {
      this.triggerEvent("change", { path: this.data.one.key, value: event.detail.value, do: "put" });
    },
    tick(event) {
      this.setData({ ticked: event.detail.value });
    },
    send() {
      this.triggerEvent("change", { path: this.data.one.key, value: this.data.ticked, do: "put" });
    },
    reveal() {
      this.setData({ open: true });
    },
  },
});
