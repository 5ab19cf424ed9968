// The guide of one thing, folded so that a phone shows it whole.

const api = require("../../utils/api");
const { page } = require("../../utils/page");
const { pick } = require("../../utils/say");

page({
  title: "guide.all",
  data: { w: pick("app.loading guide.begin"), guide: null, open: { about: true, materials: true } },
  methods: {
    onLoad({ code, draft }) {
      this.code = code;
      const mine = draft ? `?draft=${encodeURIComponent(draft)}` : "";
      this.tried(async () => this.setData({ guide: await api.get(`/api/v1/guides/${encodeURIComponent(code)}/sections${mine}`) }));
    },
    unfold(event) {
      const { code } = event.currentTarget.dataset;
      this.setData({ open: Object.assign({}, this.data.open, { [code]: !this.data.open[code] }) });
    },
    begin() {
      const app = getApp();
      app.begin = this.code;
      wx.switchTab({ url: "/pages/chat/chat" });
    },
  },
});
