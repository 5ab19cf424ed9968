// The mini-program begins. Nothing is asked of anybody here: who comes is a guest.

const login = require("./utils/login");
const look = require("./utils/look");
const net = require("./utils/net");
const privacy = require("./utils/privacy");

App({
  onLaunch() {
    net.watch();
    privacy.watch();
    look.begin();
  },

  onShow(options) {
    net.awake();
    const back = options && options.referrerInfo && options.referrerInfo.extraData;
    if (back && back.ticket) login.withTicket(String(back.ticket)).catch(() => {});
  },

  onHide() {
    net.asleep();
  },
});
