// What every page shares: the look, who is signed in, the title, errors, and leaving tidily.

const login = require("./login");
const look = require("./look");
const privacy = require("./privacy");
const { say } = require("./say");

// A Component that is a page: definition.methods has its life, definition.title the key of its title.
function page(definition) {
  const { title, methods } = definition;
  return Component(Object.assign({}, definition, {
    options: { addGlobalClass: true },
    data: Object.assign({ look: look.now(), signed_in: login.me.signed_in, error: "", asks: false }, definition.data),
    methods: Object.assign({}, methods, {
      onLoad(options) {
        if (title) wx.setNavigationBarTitle({ title: say(title) });
        this.stops = [look.on(() => this.setData({ look: look.now() })), login.onMe((me) => this.known(me))];
        if (methods.onLoad) methods.onLoad.call(this, options || {});
      },
      onShow() {
        privacy.shownBy((asks) => this.setData({ asks }));
        this.setData({ look: look.now(), signed_in: login.me.signed_in });
        if (methods.onShow) methods.onShow.call(this);
      },
      onUnload() {
        this.gone = true;
        this.stops.forEach((stop) => stop());
        if (methods.onUnload) methods.onUnload.call(this);
      },
      known(me) {
        this.setData({ signed_in: me.signed_in });
        if (methods.known) methods.known.call(this, me);
      },
      toLogin() {
        wx.navigateTo({ url: "/pages/login/login" });
      },
      // Do it, and say what went wrong where it can be read.
      async tried(work) {
        this.setData({ error: "" });
        try {
          return await work();
        } catch (error) {
          if (!this.gone) this.setData({ error: error.message, signed_in: error.status === 401 ? false : this.data.signed_in });
          return undefined;
        }
      },
    }),
  }));
}

// A question with a way to say yes and a way to leave it.
function sure(title, content, confirmText, cancelText) {
  return new Promise((resolve) => {
    wx.showModal({ title, content: `${content}\n${confirmText}？`, confirmText: short(confirmText), cancelText: short(cancelText),
      success: ({ confirm }) => resolve(confirm), fail: () => resolve(false) });
  });
}

// WeChat's question takes four characters on a button.
function short(words) {
  return words.length > 4 ? words.slice(0, 4) : words;
}

module.exports = { page, sure };
