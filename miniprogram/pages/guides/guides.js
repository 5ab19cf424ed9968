// Everything that can be done here.

const api = require("../../utils/api");
const { page } = require("../../utils/page");
const { pick } = require("../../utils/say");

page({
  title: "guide.all",
  data: { w: pick("guide.all_hint app.loading"), guides: [] },
  methods: {
    onLoad() {
      this.tried(async () => this.setData({ guides: (await api.get("/api/v1/guides")).guides }));
    },
  },
});
