// What is held about me: consents, taking it along, having it deleted.

const api = require("../../utils/api");
const { lines } = require("../../utils/lines");
const login = require("../../utils/login");
const { page, sure } = require("../../utils/page");
const { dayOf, pick, say } = require("../../utils/say");

const WORDS = "settings.consents settings.consents_none settings.consent_text settings.consent_withdraw settings.consent_signed settings.export settings.export_help settings.delete settings.delete_help mini.forward";

page({
  title: "mini.my_data",
  data: { w: pick(WORDS), consents: [], file: "", told: "" },
  methods: {
    onLoad() {
      this.load();
    },
    async load() {
      const found = await this.tried(() => api.get("/api/v1/me/consents"));
      if (!found) return;
      this.setData({ consents: found.consents.map((one) => Object.assign(one, { lines: lines(one.text), open: false,
        how: say(one.given ? "settings.consent_yes" : "settings.consent_no", { at: dayOf(one.at) }) })) });
    },
    read(event) {
      const at = Number(event.currentTarget.dataset.at);
      this.setData({ consents: this.data.consents.map((one, place) => (place === at ? Object.assign({}, one, { open: !one.open }) : one)) });
    },
    async withdraw(event) {
      const one = this.data.consents[Number(event.currentTarget.dataset.at)];
      if (!(await sure(say("settings.consent_withdraw"), say("settings.consent_sure"), say("settings.consent_withdraw"), say("settings.consent_keep")))) return;
      if (!(await this.tried(() => api.post(`/api/v1/drafts/${encodeURIComponent(one.draft)}/consent`, { given: false })))) return;
      this.setData({ told: say("settings.consent_withdrawn") });
      this.load();
    },
    // Fetched first, passed on by a second tap: WeChat wants a tap for that.
    async take() {
      const file = await this.tried(() => api.download("/api/v1/me/export"));
      if (file) this.setData({ file });
    },
    forward() {
      wx.shareFileMessage({ filePath: this.data.file, fileName: "yijianshi-export.json", fail: () => {} });
    },
    async forget() {
      if (!(await sure(say("settings.delete"), say("settings.delete_sure"), say("settings.delete_yes"), say("settings.keep")))) return;
      const done = await this.tried(() => api.remove("/api/v1/me"));
      if (!done) return;
      this.setData({ told: done.kept.length ? say("settings.deleted_kept", { count: done.kept.length }) : say("settings.deleted"), consents: [], file: "" });
      if (!done.signed_out) return;
      login.forget();
      await login.refresh().catch(() => {});
    },
  },
});
