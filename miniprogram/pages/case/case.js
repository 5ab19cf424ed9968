// One case: where it stands, what is to be done, what came of it.

const api = require("../../utils/api");
const { page, sure } = require("../../utils/page");
const photo = require("../../utils/photo");
const { pick, say } = require("../../utils/say");
const subscribe = require("../../utils/subscribe");

const LOOK_AGAIN = 5000;
const NEWEST = 6;
const WORDS = "app.loading mini.submitted mini.tell_title mini.tell_text mini.tell_me case.correct case.correct_go case.reason case.remedy case.rated case.rate case.results case.legs case.timeline case.form case.withdraw others.title_done case.owed case.owed_help case.owed_done form.uploading mini.camera mini.album mini.file";

page({
  title: "case.title",
  data: { w: pick(WORDS), found: null, head: [], due: "", rated: "", owed: [], waiting: "", wrong: "", said: "", brought: "", timeline: [], older: "", whole: false, done: false, topics: [], told: "" },
  methods: {
    onLoad({ number, done }) {
      this.address = `/api/v1/cases/${encodeURIComponent(number)}`;
      this.setData({ done: Boolean(done) });
      subscribe.wanted(false).then((topics) => { if (!this.gone) this.setData({ topics }); }).catch(() => {});
    },
    onShow() {
      this.front = true;
      this.look();
    },
    onHide() {
      this.leave();
    },
    onUnload() {
      this.leave();
    },
    leave() {
      this.front = false;
      clearTimeout(this.timer);
    },
    async look() {
      clearTimeout(this.timer);
      const found = await this.tried(() => api.get(this.address));
      if (found) this.show(found);
      if (this.front && (!found || found.open)) this.timer = setTimeout(() => this.look(), LOOK_AGAIN);
    },
    show(found) {
      if (this.gone) return;
      const all = found.timeline.slice().reverse(), { whole } = this.data;
      this.setData({ found, head: head(found), owed: found.owed.map(owed), due: found.correction && found.correction.due ? say("case.correct_by", { day: found.correction.due }) : "",
        rated: found.rating ? [say(`case.stars_${found.rating.stars}`)].concat(found.rating.tags).join("、") : "",
        timeline: whole ? all : all.slice(0, NEWEST), older: !whole && all.length > NEWEST ? say("case.older", { count: all.length - NEWEST }) : "" });
      if (!found.open) this.setData({ topics: [] });
    },
    unfold() {
      this.setData({ whole: true });
      this.show(this.data.found);
    },
    // Straight from the tap: WeChat asks for that.
    async tell() {
      const allowed = await subscribe.ask(this.data.topics);
      this.setData({ topics: [], told: say(allowed ? "mini.tell_yes" : "mini.tell_no") });
    },
    // Pages of a paper that was to come later; what is wrong with them stands at that paper.
    async bring(event) {
      const { slot, from } = event.currentTarget.dataset;
      const paths = await photo.choose(from);
      if (!paths.length) return;
      this.setData({ waiting: slot, wrong: "", brought: "", said: "" });
      try {
        this.show(await api.bring(this.data.found.number, slot, paths));
        this.setData({ brought: say("case.owed_done") });
      } catch (error) {
        this.setData({ wrong: slot, said: error.message });
      }
      this.setData({ waiting: "" });
    },
    async withdraw() {
      if (!(await sure(say("case.withdraw"), say("case.withdraw_sure"), say("case.withdraw_yes"), say("case.keep")))) return;
      const found = await this.tried(() => api.post(`${this.address}/withdraw`, {}));
      if (found) this.show(found);
    },
  },
});

function owed(one) {
  const types = one.accept.map((mime) => mime.split("/")[1].toUpperCase().replace("JPEG", "JPG")).join("、");
  return Object.assign({}, one, { accepts: say("case.owed_accepts", { types, max: one.max_mb }),
    says: one.late ? say("case.owed_late", { day: one.by, where: one.where }) : say("case.owed_by", { day: one.by }) });
}

function head(found) {
  const { clock } = found;
  const left = clock.paused ? say("case.paused") : clock.left >= 0 ? say("case.days_left", { days: clock.left }) : say("case.days_over", { days: -clock.left });
  const rows = [[say("case.number"), found.number], [say("case.submitted_at"), found.submitted_at]];
  if (found.open) rows.push([say("case.due"), `${clock.due_words}，${left}${clock.estimated ? say("case.estimated") : ""}`]);
  return rows;
}
