// WeChat's question about privacy, asked when something private is about to be used, and only then.

const privacy = require("../../utils/privacy");
const { pick } = require("../../utils/say");

Component({
  options: { addGlobalClass: true },
  properties: { open: { type: Boolean, value: false } },
  data: { w: pick("mini.privacy_title mini.privacy_text mini.privacy_read mini.privacy_yes mini.privacy_no") },
  methods: {
    hold() {},
    read() {
      wx.openPrivacyContract({ fail: () => {} });
    },
    agree() {
      privacy.answer(true);
    },
    refuse() {
      privacy.answer(false);
    },
  },
});
