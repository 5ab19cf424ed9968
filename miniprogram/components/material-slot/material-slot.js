// One material: how it is given, and the ways to give it: camera, album, a file from a chat, or another way, later too.

const { pick, say } = require("../../utils/say");

Component({
  options: { addGlobalClass: true },
  properties: { item: Object, error: { type: String, value: "" } },
  data: { w: pick("form.optional form.not_filled form.remove mini.camera mini.album mini.file mini.photo_hint"), uploads: false, ways: [], accepts: "" },
  observers: {
    item(slot) {
      if (!slot) return;
      const types = slot.accept.map((mime) => mime.split("/")[1].toUpperCase().replace("JPEG", "JPG")).join("、");
      this.setData({ uploads: slot.ways.some((one) => one.way === "upload"), accepts: say("form.accepts", { types, max: slot.max_mb }),
        ways: slot.ways.filter((one) => one.way !== "upload" && one.way !== slot.given) });
    },
  },
  methods: {
    add(event) {
      this.triggerEvent("add", { slot: this.data.item.slot, key: this.data.item.key, from: event.currentTarget.dataset.from });
    },
    give(event) {
      this.triggerEvent("change", { path: this.data.item.key, value: event.currentTarget.dataset.way, do: "put" });
    },
    drop(event) {
      this.triggerEvent("drop", { key: this.data.item.key, file: event.currentTarget.dataset.id });
    },
  },
});
