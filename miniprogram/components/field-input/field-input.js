// One field: its control, its value and source, its error. What may not be changed says why; nothing is disabled.

const api = require("../../utils/api");
const { marked } = require("../../utils/options");
const { pick, say } = require("../../utils/say");

const FEW = 6;
const KEYBOARDS = { number: "digit", money: "digit", phone: "number", bank_account: "number", id_number: "idcard" };
const BADGES = { missing: "form.not_filled", skipped: "form.skipped", contested: "form.contested", corrected: "form.corrected" };
const WORDS = "form.optional form.not_filled form.confirm_several form.choose form.edit form.contest form.skip form.unknown form.why form.contest_claimed form.contest_reason form.contest_send form.yes form.no form.skipped form.contested form.corrected";

function kindOf(field) {
  if (field.type === "choices") return "several";
  if (field.type === "bool" || (field.options.length && field.options.length <= FEW)) return "one";
  if (field.options.length) return "list";
  if (["date", "month", "datetime"].includes(field.type)) return field.type;
  if (["long_text", "address"].includes(field.type)) return "long";
  return KEYBOARDS[field.type] || "text";
}

function textOf(field) {
  if (field.value === null || field.value === undefined) return "";
  return field.type === "region" ? field.shown : String(field.value);
}

function optionsOf(field) {
  const all = field.type === "bool" ? [{ value: "yes", label: say("form.yes"), help: "" }, { value: "no", label: say("form.no"), help: "" }] : field.options;
  return marked(all, field.value === true ? "yes" : field.value === false ? "no" : field.value);
}

Component({
  options: { addGlobalClass: true },
  properties: { field: Object, error: { type: String, value: "" } },
  data: { w: pick(`${WORDS} mini.phone`), kind: "text", options: [], labels: [], at: 0, text: "", day: "", time: "", why: [], badge: "",
    shut: true, open: false, explained: false, disputing: false, claimed: "", reason: "", ticked: [], note: "" },
  observers: {
    "field, open": function draw(field, open) {
      if (!field) return;
      const options = optionsOf(field), text = textOf(field);
      this.typed = text;
      const known = field.status === "known" || field.status === "contested";
      this.setData({
        kind: kindOf(field), options, labels: options.map((one) => one.label), at: Math.max(0, options.findIndex((one) => one.on)),
        text, day: text.slice(0, 10), time: text.slice(11, 16), badge: BADGES[field.status] ? say(BADGES[field.status]) : "",
        why: [field.why, field.asked_by.length ? say("form.asked_by", { departments: field.asked_by.join("、") }) : ""].filter(Boolean),
        ticked: options.filter((one) => one.on).map((one) => one.value), shut: !field.editable || (known && !open),
      });
    },
    error(error) {
      if (error) this.setData({ open: true });
    },
  },
  methods: {
    save(value) {
      this.setData({ note: "" });
      this.triggerEvent("change", { path: this.data.field.path, value, do: "put" });
    },
    mark(held) {
      this.setData({ options: marked(this.data.options, held) });
    },
    pickOne(event) {
      this.mark(event.detail.value);
      this.save(event.detail.value);
    },
    tick(event) {
      this.mark(event.detail.value);
      this.setData({ ticked: event.detail.value });
    },
    saveTicked() {
      this.save(this.data.ticked);
    },
    pickFrom(event) {
      this.save(this.data.options[Number(event.detail.value)].value);
    },
    pickDay(event) {
      this.save(event.detail.value);
    },
    pickDate(event) {
      this.setData({ day: event.detail.value });
      if (this.data.time) this.save(`${event.detail.value}T${this.data.time}`);
    },
    pickTime(event) {
      this.setData({ time: event.detail.value });
      if (this.data.day) this.save(`${this.data.day}T${event.detail.value}`);
    },
    type(event) {
      this.typed = event.detail.value;
    },
    saveTyped() {
      if (String(this.typed).trim() !== textOf(this.data.field)) this.save(this.typed);
    },
    // The number comes from the server, by the code of this button: it is not in what the button gives.
    async phone(event) {
      if (!event.detail.code) return this.setData({ note: say("mini.phone_failed") });
      try {
        const { phone } = await api.post("/api/v1/session/phone", { code: event.detail.code });
        this.typed = phone;
        return this.save(phone);
      } catch (error) {
        return this.setData({ note: error.message });
      }
    },
    reveal() {
      this.setData({ open: true });
    },
    skip() {
      this.triggerEvent("change", { path: this.data.field.path, do: "skip" });
    },
    explain() {
      this.setData({ explained: !this.data.explained });
    },
    dispute() {
      this.setData({ disputing: !this.data.disputing });
    },
    claim(event) {
      this.setData({ claimed: event.detail.value });
    },
    because(event) {
      this.setData({ reason: event.detail.value });
    },
    contest() {
      const { field, claimed, reason } = this.data;
      this.setData({ disputing: false });
      this.triggerEvent("change", { path: field.path, do: "contest", value: claimed, reason });
    },
  },
});
