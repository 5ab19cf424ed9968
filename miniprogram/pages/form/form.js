// The form, one part at a time: the same draft the talk fills.

const { Draft, parts, place } = require("../../utils/draft");
const { lines } = require("../../utils/lines");
const look = require("../../utils/look");
const { page } = require("../../utils/page");
const { pick, say } = require("../../utils/say");
const { Single, narrowed } = require("../../utils/single");

const WORDS = "app.need_sign_in app.sign_in app.loading app.back form.only_these form.closed form.offline form.offline_other form.consent_title form.agree form.disagree form.looking_up form.materials form.next form.onward form.back form.show_all mini.check";

page({
  title: "form.title",
  data: { w: pick(WORDS), draft: null, parts: [], part: null, at: 0, where: "", errors: {}, consent: [], asking: false, looking: false, said: "", only: "", steps: false },
  methods: {
    onLoad({ id, about }) {
      this.about = about ? decodeURIComponent(about) : "";
      this.single = new Single();
      this.draft = new Draft(id, (draft) => this.show(draft));
    },
    onShow() {
      if (this.data.signed_in) this.tried(() => this.draft.load());
    },
    known(me) {
      if (me.signed_in && !this.data.draft) this.tried(() => this.draft.load());
    },
    show(draft) {
      if (this.gone) return;
      const found = parts(draft, { situations: say("form.situations") });
      const aim = this.about || (this.data.draft ? "" : draft.next);
      if (this.about) this.single.at = this.about;
      const only = this.single.take(draft, found, look.now().name === "elder");
      const to = place(found, only || aim);
      const at = to >= 0 ? to : Math.min(this.data.at, Math.max(0, found.length - 1));
      this.about = "";
      this.setData({ draft, parts: found, only, steps: this.single.past.length > 0, consent: lines(draft.consent.text), asking: draft.state === "open" && draft.consent.given === null && draft.consent.sources.length > 0,
        said: draft.left ? say("form.left", { count: draft.left }) : say("form.left_none") });
      this.go(at);
    },
    go(at) {
      const { parts: found, only } = this.data;
      this.setData({ at, part: only && found[at] ? narrowed(found[at], only) : found[at] || null, where: say("mini.part", { now: at + 1, all: found.length }) });
    },
    turn(event) {
      this.go(Number(event.currentTarget.dataset.at));
      this.toTop();
    },
    toTop() {
      if (wx.pageScrollTo) wx.pageScrollTo({ scrollTop: 0, duration: 0 });
    },
    back() {
      if (this.data.only) {
        this.single.back();
        this.show(this.data.draft);
      } else this.go(this.data.at - 1);
      this.toTop();
    },
    all() {
      this.single.whole = true;
      this.show(this.data.draft);
    },
    // To the next answer that is missing, wherever it is; when there is none, to look over it all. What was typed last is
    // still on its way when the button is pressed.
    async next() {
      await this.draft.queue;
      const { draft, parts: found, at, only } = this.data;
      const to = place(found, draft.next);
      if (only && draft.next === only) return this.wants(only);
      if (only && to >= 0) this.single.onward(draft.next);
      if (draft.next.startsWith("material:")) return wx.navigateTo({ url: `/pages/materials/materials?id=${draft.id}` });
      if (!draft.left || to < 0) return wx.navigateTo({ url: `/pages/check/check?id=${draft.id}` });
      if (only) this.show(draft);
      else this.go(to === at && !found[at].left ? Math.min(at + 1, found.length - 1) : to);
      return this.toTop();
    },
    wants(key) {
      this.setData({ errors: Object.assign({}, this.data.errors, { [key]: this.data.errors[key] || say("form.fill_first") }) });
    },
    async change(event) {
      const made = event.detail;
      try {
        await this.draft.change(made);
        this.setData({ errors: Object.assign({}, this.data.errors, { [made.path]: "" }), said: `${say("form.saved")}，${this.data.said}` });
      } catch (error) {
        this.setData({ errors: Object.assign({}, this.data.errors, { [made.path]: error.message }) });
      }
    },
    moved() {
      return this.tried(() => this.draft.load());
    },
    async agree(event) {
      this.setData({ looking: true });
      await this.tried(() => this.draft.consent(event.currentTarget.dataset.given === "yes"));
      this.setData({ looking: false });
    },
  },
});
