// How it was: stars in words, what was good or bad, and a word more.

const api = require("../../utils/api");
const { page } = require("../../utils/page");
const { pick, say } = require("../../utils/say");

page({
  title: "case.rate",
  data: { w: pick("case.rate_stars case.rate_tags case.rate_words case.rate_send"), stars: [5, 4, 3, 2, 1].map((one) => ({ value: String(one), label: say(`case.stars_${one}`) })), chosen: 0, tags: [], picked: [], words: "" },
  methods: {
    onLoad({ number }) {
      this.address = `/api/v1/cases/${encodeURIComponent(number)}`;
      this.tried(async () => { this.all = (await api.get(this.address)).rating_tags; });
    },
    choose(event) {
      const chosen = Number(event.detail.value);
      this.setData({ chosen, tags: (this.all || {})[chosen] || [], picked: [] });
    },
    tag(event) {
      this.data.picked = event.detail.value;
    },
    write(event) {
      this.data.words = event.detail.value;
    },
    async send() {
      const { chosen, picked, words } = this.data;
      const done = await this.tried(() => api.post(`${this.address}/rating`, { stars: chosen, tags: picked, words }));
      if (!done) return;
      wx.showToast({ title: say("case.rate_thanks"), icon: "none" });
      wx.navigateBack({ delta: 1 });
    },
  },
});
