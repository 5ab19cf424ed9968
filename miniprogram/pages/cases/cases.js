// My cases, the last one first.

const api = require("../../utils/api");
const { page } = require("../../utils/page");
const { pick, say } = require("../../utils/say");

page({
  title: "case.title",
  data: { w: pick("app.need_sign_in app.sign_in app.loading case.none"), cases: [], loading: false },
  methods: {
    onShow() {
      this.load();
    },
    known() {
      this.load();
    },
    async load() {
      if (!this.data.signed_in) return;
      this.setData({ loading: !this.data.cases.length });
      const found = await this.tried(() => api.get("/api/v1/cases"));
      if (found) this.setData({ cases: found.cases.map((one) => Object.assign(one, { label: say("case.number_label", { number: one.number }) })) });
      this.setData({ loading: false });
    },
  },
});
