// The one notice of everything to correct: go to each place, or say a word about it, then hand it all in.

const api = require("../../utils/api");
const { page } = require("../../utils/page");
const { pick, say } = require("../../utils/say");

page({
  title: "mini.correct",
  data: { w: pick("app.loading case.correct case.correct_go case.correct_words case.correct_reply case.correct_send"), entries: null, due: "", draft: "" },
  methods: {
    onLoad({ number }) {
      this.replies = {};
      this.address = `/api/v1/cases/${encodeURIComponent(number)}`;
      this.load();
    },
    async load() {
      const found = await this.tried(() => api.get(this.address));
      if (!found) return;
      const notice = found.correction || { entries: [], due: "", draft: found.draft };
      this.setData({ entries: notice.entries, draft: notice.draft, due: notice.due ? say("case.correct_by", { day: notice.due }) : "" });
    },
    go(event) {
      const { about, kind } = event.currentTarget.dataset, { draft } = this.data;
      wx.navigateTo({ url: kind === "material" ? `/pages/materials/materials?id=${draft}` : `/pages/form/form?id=${draft}&about=${encodeURIComponent(about)}` });
    },
    reply(event) {
      this.replies[event.currentTarget.dataset.about] = event.detail.value;
    },
    async send() {
      const replies = Object.keys(this.replies).filter((about) => this.replies[about].trim())
        .reduce((all, about) => Object.assign(all, { [about]: this.replies[about].trim() }), {});
      if (await this.tried(() => api.post(`${this.address}/corrections`, { replies }))) wx.navigateBack({ delta: 1 });
    },
  },
});
