// A person takes over: the number to call meanwhile, and the way back to the assistant.

const { lines } = require("../../utils/lines");
const { say } = require("../../utils/say");

Component({
  options: { addGlobalClass: true },
  properties: { block: Object, live: { type: Boolean, value: true } },
  data: { lines: [], call: "", back: [] },
  observers: {
    block(block) {
      if (!block) return;
      const label = (block.plain.match(/【([^】]+)】\s*$/) || [])[1];
      this.setData({ lines: lines(block.text), call: say("chat.person_called").replace("12345", block.phone), back: label ? [{ id: "act:bot", label }] : [] });
    },
  },
  methods: {
    call() {
      wx.makePhoneCall({ phoneNumber: this.data.block.phone, fail: () => {} });
    },
  },
});
