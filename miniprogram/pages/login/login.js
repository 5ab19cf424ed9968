// Signing in: at unified identity, and in the demo as one of the invented people.

const api = require("../../utils/api");
const config = require("../../config");
const login = require("../../utils/login");
const { page } = require("../../utils/page");
const { pick, say } = require("../../utils/say");

const AT_ONCE = 12;

page({
  title: "sign_in.title",
  data: { w: pick("sign_in.real sign_in.real_help sign_in.demo sign_in.demo_help sign_in.search sign_in.none"), identity: Boolean(config.identity.appId), families: [], shown: [] },
  methods: {
    onLoad() {
      // a real deployment has no invented people, and says so by "not found"
      api.get("/api/v1/demo/people").then(({ families }) => { this.setData({ families }); this.draw(""); }).catch(() => {});
    },
    known(me) {
      if (me.signed_in) wx.navigateBack({ delta: 1 });
    },
    draw(wanted) {
      const { families } = this.data;
      const found = wanted ? families.filter((one) => [one.title, one.story].concat(one.about, one.people.map((each) => each.name + each.note)).some((text) => text.includes(wanted)))
        : families.filter((one) => one.first);
      this.setData({ shown: found.slice(0, AT_ONCE) });
    },
    search(event) {
      this.draw(event.detail.value.trim());
    },
    real() {
      login.toIdentity().catch(() => this.setData({ error: say("sign_in.failed") }));
    },
    enter(event) {
      this.tried(() => login.asDemo(event.currentTarget.dataset.who));
    },
  },
});
