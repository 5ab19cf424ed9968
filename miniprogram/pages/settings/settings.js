// Type size, account, what is held about me, what WeChat may tell, and where to complain.

const login = require("../../utils/login");
const { page, sure } = require("../../utils/page");
const { pick, say } = require("../../utils/say");
const subscribe = require("../../utils/subscribe");

const WORDS = "settings.type settings.elder settings.scale settings.account settings.privacy settings.about settings.about_text settings.unbind settings.unbind_help sign_in.leave app.sign_in app.help_line mini.my_data_open mini.tell_me mini.contract mini.guide mini.complain";

page({
  title: "settings.title",
  data: { w: pick(WORDS), elder: false, scales: ["100", "125", "150", "175", "200"], chosen: "100", name: "", wechat: false, topics: [], told: "" },
  methods: {
    onShow() {
      this.known(login.me);
      login.refresh().catch(() => {});
    },
    known(me) {
      this.setData({ elder: me.elder, chosen: String(me.scale), name: me.name, wechat: me.wechat });
      if (me.signed_in && !this.data.topics.length) subscribe.wanted(true).then((topics) => { if (!this.gone) this.setData({ topics }); }).catch(() => {});
    },
    elder(event) {
      this.tried(() => login.prefer({ elder: event.detail.value }));
    },
    scale(event) {
      this.tried(() => login.prefer({ scale: Number(event.detail.value) }));
    },
    async leave() {
      await this.tried(() => login.leave());
      this.setData({ topics: [] });
    },
    async unbind() {
      if (!(await sure(say("settings.unbind"), say("settings.unbind_sure"), say("settings.unbind_yes"), say("settings.unbind_no")))) return;
      await this.tried(() => login.unbind());
      this.setData({ topics: [] });
    },
    async tell() {
      const allowed = await subscribe.ask(this.data.topics);
      this.setData({ told: say(allowed ? "mini.tell_yes" : "mini.tell_no") });
    },
    contract() {
      wx.openPrivacyContract({ fail: () => {} });
    },
    complain() {
      wx.makePhoneCall({ phoneNumber: say("app.phone"), fail: () => {} });
    },
  },
});
