// My drafts.

const api = require("../../utils/api");
const { page } = require("../../utils/page");
const { pick } = require("../../utils/say");

page({
  title: "form.title",
  data: { w: pick("app.need_sign_in app.sign_in app.loading form.none form.go_chat form.pick"), drafts: [], loading: false },
  methods: {
    onShow() {
      this.load();
    },
    known() {
      this.load();
    },
    async load() {
      if (!this.data.signed_in) return;
      this.setData({ loading: !this.data.drafts.length });
      const found = await this.tried(() => api.get("/api/v1/drafts"));
      if (found) this.setData({ drafts: found.drafts.map((one) => Object.assign(one, { day: one.updated_at.slice(0, 10) })) });
      this.setData({ loading: false });
    },
  },
});
