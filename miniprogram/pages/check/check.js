// All answers to look over, what the check found, who else must confirm, the pledge and the signature.

const api = require("../../utils/api");
const { Draft, parts } = require("../../utils/draft");
const { lines } = require("../../utils/lines");
const { page } = require("../../utils/page");
const { pick, say } = require("../../utils/say");

const WORDS = "app.loading mini.check_intro form.findings form.edit form.go_there form.sign_title form.sign_pledge form.sign_name form.sign_wait form.sign_send others.title others.title_done others.intro others.copy others.copied";

function rows({ situations, fields }) {
  return situations.map((one) => ({ label: one.question, source: one.source, shown: chosen(one) || say("form.not_filled") }))
    .concat(fields.map((one) => ({ label: one.label, source: one.source, shown: one.shown || say(one.status === "skipped" ? "form.skipped" : "form.not_filled") })));
}

function chosen({ options, value }) {
  return options.filter((one) => (Array.isArray(value) ? value.includes(one.value) : value === one.value)).map((one) => one.label).join("、");
}

page({
  title: "mini.check",
  data: { w: pick(WORDS), draft: null, parts: [], findings: [], others: [], missing: false, letter: null, copied: false, pledge: [], name: "", sending: false, said: "" },
  methods: {
    onLoad({ id }) {
      this.draft = new Draft(id, (draft) => this.show(draft));
    },
    onShow() {
      this.tried(() => this.draft.load());
    },
    show(draft) {
      if (this.gone) return;
      const found = parts(Object.assign({}, draft, { state: "open" }), { situations: say("form.situations") })
        .map((one) => ({ key: one.key, title: one.title, first: (one.situations[0] || {}).key || one.fields[0].path, rows: rows(one) }));
      this.setData({ draft, parts: found, pledge: lines(draft.pledge), missing: draft.others.some((one) => one.missing),
        findings: draft.findings.map((one) => Object.assign({ mark: say(`form.level_${one.level}`) }, one)),
        others: draft.others.map((one) => Object.assign({ ask: say(one.link === "open" ? "others.again" : "others.ask", { title: one.title }) }, one)),
        said: draft.left ? say("form.left", { count: draft.left }) : "" });
    },
    edit(event) {
      const { about } = event.currentTarget.dataset, { id } = this.data.draft;
      wx.navigateTo({ url: about.startsWith("material:") ? `/pages/materials/materials?id=${id}` : `/pages/form/form?id=${id}&about=${encodeURIComponent(about)}` });
    },
    async invite(event) {
      const made = await this.tried(() => api.post(`${this.draft.address}/confirmations`, { key: event.currentTarget.dataset.key }));
      if (made) this.setData({ letter: { intro: say("others.send", { title: made.title, name: made.name, until: made.until }), text: made.text }, copied: false });
    },
    copy() {
      wx.setClipboardData({ data: this.data.letter.text, success: () => this.setData({ copied: true }) });
    },
    sign(event) {
      this.data.name = event.detail.value;
    },
    // Pressed twice it is the same case: the server sees to that.
    async submit() {
      if (this.data.sending) return;
      this.setData({ sending: true });
      const number = await this.tried(() => this.draft.submit(this.data.name.trim()));
      this.setData({ sending: false });
      if (number) wx.redirectTo({ url: `/pages/case/case?number=${number}&done=1` });
      else this.draft.load().catch(() => {});
    },
  },
});
