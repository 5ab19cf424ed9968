// The talk: what was said, the buttons that still count, the composer.

const api = require("../../utils/api");
const net = require("../../utils/net");
const photo = require("../../utils/photo");
const { page } = require("../../utils/page");
const { follow, labelOf } = require("../../utils/press");
const { pick, say } = require("../../utils/say");
const { Talk } = require("../../utils/talk");
const voice = require("../../utils/voice");

const ANSWERING = ["asking", "filling", "correcting"];
const OVER_FORM = ["camera", "album", "file"];

page({
  data: {
    w: pick("chat.log chat.you chat.staff chat.resend chat.typing chat.uploading chat.try chat.all chat.composer chat.send app.close app.offline voice.speak voice.listening voice.how voice.pretends voice.done voice.leave"),
    turns: [], tries: [say("chat.try_1"), say("chat.try_2"), say("chat.try_3")], busy: false, begins: false, uploading: false, online: true, words: "", speak: "", speaks: false, pretends: false, clock: "", note: "", again: false, placeholder: say("chat.placeholder"),
  },
  methods: {
    onLoad(options) {
      this.labels = new Map();
      this.talk = new Talk(() => this.draw());
      this.ear = voice.listener({
        clock: (clock) => this.setData({ clock }), heard: (words, note) => this.heard(words, note),
        told: (note, again) => this.setData({ note, again }), ended: () => this.setData({ speak: "" }),
      });
      voice.hearing().then(({ speaks, pretends }) => { if (!this.gone) this.setData({ speaks, pretends }); });
      this.stops.push(net.on(({ online }) => this.setData({ online })));
      this.setData({ online: net.state.online });
      if (/^[a-z0-9_]{1,60}$/.test(options.begin || "")) this.begin = options.begin;
    },
    onShow() {
      this.talk.resume();
      const app = typeof getApp === "function" ? getApp() : null;
      const begin = this.begin || (app && app.begin);
      this.begin = "";
      if (app) app.begin = "";
      if (begin) this.say({ action: `act:begin:${begin}`, label: say("guide.begin") });
    },
    onHide() {
      this.ear.leave();
      this.talk.cut();
    },
    onUnload() {
      this.ear.leave();
      this.talk.close();
    },
    known(me) {
      const who = `${me.signed_in} ${me.name}`;
      if (this.who !== undefined && this.who !== who) this.talk.restart();
      this.who = who;
    },
    draw() {
      const { messages, outbox, stage, busy } = this.talk;
      const mine = messages.filter((one) => one.role === "citizen").map((one) => one.seq);
      const last = outbox.length ? Infinity : Math.max(-1, ...mine);
      const turns = messages.map((one) => this.turn(one, one.seq > last)).concat(outbox.map((one) => this.waiting(one)))
        .filter((one) => one.text || one.blocks.length);
      this.setData({ turns, busy, begins: messages.length === 1 && !outbox.length, placeholder: say(ANSWERING.includes(stage) ? "chat.placeholder_answer" : "chat.placeholder") });
      const newest = turns.length ? turns[turns.length - 1].key : "";
      if (newest !== this.newest) this.toEnd();
      this.newest = newest;
    },
    turn(one, live) {
      const text = one.role === "citizen" && one.action ? this.labels.get(one.action) || labelOf(one.action, this.talk.messages, say("chat.chosen")) : one.text || "";
      return { key: `m${one.seq}`, role: one.role, live, text, blocks: one.role === "citizen" ? [] : one.blocks, note: "", failed: false, client_id: "" };
    },
    waiting(one) {
      const note = { waiting: say("chat.waiting"), failed: one.problem || say("chat.failed") }[one.state] || "";
      return { key: `o${one.client_id}`, role: "citizen", live: false, text: one.text || one.label || say("chat.chosen"), blocks: [], note, failed: one.state === "failed", client_id: one.client_id };
    },
    toEnd() {
      if (wx.pageScrollTo) wx.pageScrollTo({ selector: "#end", duration: 0 });
    },
    type(event) {
      this.data.words = event.detail.value;
    },
    speak() {
      this.setData({ speak: "on", note: "", again: false, clock: "" });
      this.ear.begin();
    },
    spoken() {
      this.ear.stop();
    },
    silent() {
      this.ear.leave();
    },
    resend() {
      this.ear.resend();
    },
    // What was understood stands where one types: to be seen, mended and then sent.
    heard(words, note) {
      this.setData({ words: [this.data.words.trim(), words].filter(Boolean).join(" "), note, again: false });
    },
    send() {
      const text = this.data.words.trim();
      if (!text) return;
      this.setData({ words: "", note: "", again: false });
      this.say({ text });
    },
    attempt(event) {
      this.say({ text: event.currentTarget.dataset.text });
    },
    say(message) {
      if (message.label) this.labels.set(message.action, message.label);
      this.talk.send(message);
    },
    press(event) {
      const { id, label } = event.detail;
      const [, name, ...rest] = id.split(":");
      if (name === "login") return this.toLogin();
      if (name === "upload") return this.upload(rest.join(":").replace(/^material:/, ""));
      if (name === "bring") return follow(`/cases/${rest.join(":").split("/")[0]}`);
      return this.say({ action: id, label });
    },
    follow(event) {
      follow(event.detail.to);
    },
    retry() {
      this.talk.retry();
    },
    drop(event) {
      this.talk.drop(event.currentTarget.dataset.id);
    },
    upload(slot) {
      wx.showActionSheet({
        itemList: [say("mini.camera"), say("mini.album"), say("mini.file")],
        success: async ({ tapIndex }) => {
          const paths = await photo.choose(OVER_FORM[tapIndex]);
          if (paths.length) this.sendFiles(slot, paths);
        },
        fail: () => {},
      });
    },
    async sendFiles(slot, paths) {
      this.setData({ uploading: true });
      const done = await this.tried(async () => {
        for (const path of paths) await api.upload(this.talk.draft, slot, path);
        return true;
      });
      this.setData({ uploading: false });
      if (done) this.say({ action: `act:uploaded:material:${slot}`, label: say("form.uploaded") });
    },
  },
});
