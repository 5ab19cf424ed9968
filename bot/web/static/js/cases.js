// My cases: the list, and one case with its progress, corrections, results and rating.

import { get, post } from "./api.js";
import { announce, me, title } from "./app.js";
import { drawLegs } from "./blocks.js";
import { button, facts, h, idOf, paragraphs } from "./dom.js";
import { needSignIn } from "./form.js";
import { drawOthers } from "./others.js";
import { sure } from "./sheet.js";
import { bringTo, pick, takes } from "./upload.js";
import { say } from "./words.js";

const LOOK_AGAIN = 5000;
// Lines of the timeline that are shown at once.
const NEWEST = 6;

export function showCases(main) {
  title(say("case.title"));
  main.append(h("h1", {}, say("case.title")));
  if (!me.signed_in) return needSignIn(main);
  const list = h("div", {}, h("p", {}, say("app.loading")));
  main.append(list);
  get("/api/v1/cases").then(({ cases }) => list.replaceChildren(cases.length
    ? h("ul", { class: "list" }, cases.map((one) => h("li", {}, h("a", { href: `/cases/${one.number}`, class: `item ${one.needs_you ? "needs-you" : ""}` },
      h("strong", {}, one.title), h("span", {}, one.says), h("span", { class: "hint" }, say("case.number_label", { number: one.number })), h("span", { class: "hint" }, one.submitted_at)))))
    : h("div", { class: "panel" }, h("p", {}, say("case.none")), h("a", { href: "/", class: "button primary" }, say("form.go_chat"))))).catch((error) => list.replaceChildren(h("p", { class: "error", role: "alert" }, error.message)));
  return undefined;
}

export function showCase(main, number) {
  title(say("case.title"));
  if (!me.signed_in) return needSignIn(main);
  const view = new CaseView(main, number);
  view.look();
  return () => { view.alive = false; clearTimeout(view.timer); };
}

class CaseView {
  constructor(main, number) {
    this.number = number;
    this.address = `/api/v1/cases/${encodeURIComponent(number)}`;
    this.alive = true;
    this.sum = "";
    this.place = h("div", { class: "parts" }, h("p", {}, say("app.loading")));
    main.append(this.place);
  }

  async look() {
    try {
      const found = await get(this.address);
      if (this.alive) this.show(found);
      if (this.alive && found.open) this.timer = setTimeout(() => this.look(), LOOK_AGAIN);
    } catch (error) {
      if (!this.sum) this.place.replaceChildren(h("h1", {}, say("case.title")), h("p", { class: "error", role: "alert" }, error.status < 500 && error.status ? say("app.not_found") : error.message));
      if (this.alive && !error.status) this.timer = setTimeout(() => this.look(), LOOK_AGAIN);
    }
  }

  // Drawn anew only when something changed, and never while something is being typed.
  show(found) {
    const sum = JSON.stringify(found);
    const typing = this.place.contains(document.activeElement) && document.activeElement.matches("textarea, input");
    if (sum === this.sum || (typing && this.sum)) return;
    if (this.sum) announce(found.says);
    this.sum = sum;
    title(found.title);
    const parts = [this.head(found), this.correction(found), this.owed(found), this.refusal(found), this.rate(found), this.results(found), this.others(found), this.legs(found), this.timeline(found), this.leave(found)];
    this.place.replaceChildren(...parts.filter(Boolean));
  }

  head(found) {
    const { clock } = found;
    const left = clock.paused ? say("case.paused") : clock.left >= 0 ? say("case.days_left", { days: clock.left }) : say("case.days_over", { days: -clock.left });
    return h("section", { class: "panel" }, h("h1", {}, found.title), h("p", { class: "state" }, found.says), facts([
      [say("case.number"), found.number], [say("case.submitted_at"), found.submitted_at],
      ...(found.open ? [[say("case.due"), `${clock.due_words}，${left}${clock.estimated ? say("case.estimated") : ""}`]] : []),
    ]), h("p", {}, h("a", { href: `/form/${found.draft}` }, say("case.form"))));
  }

  correction(found) {
    const notice = found.correction;
    if (!notice) return null;
    const replies = new Map(), error = h("p", { class: "error", role: "alert" });
    const items = notice.entries.map((one, place) => {
      const id = idOf("reply", place), words = one.kind === "words";
      const reply = h("textarea", { id, class: "input", rows: "2" });
      replies.set(one.about, reply);
      return h("li", {}, h("p", {}, one.title && h("strong", {}, `${one.title}：`), one.says), one.department && h("p", { class: "hint" }, one.department),
        !words && h("p", {}, h("a", { class: "button primary", href: `/form/${notice.draft}#${idOf("f", one.about)}-field`, "aria-label": `${say("case.correct_go")}：${one.title}` }, say("case.correct_go"))),
        words ? [h("label", { class: "label", for: id }, say("case.correct_words")), reply]
          : h("details", {}, h("summary", {}, say("case.correct_reply")), h("label", { class: "unseen", for: id }, say("case.correct_reply")), reply));
    });
    const send = async () => {
      error.textContent = "";
      const said = Object.fromEntries([...replies].filter(([, node]) => node.value.trim()).map(([about, node]) => [about, node.value.trim()]));
      try {
        this.again(await post(`${this.address}/corrections`, { replies: said }));
      } catch (problem) {
        error.textContent = problem.message;
      }
    };
    const fixed = location.hash === "#fixed" || notice.entries.every((one) => one.kind === "words"); // one next step, not two
    if (fixed) items.forEach((item) => item.querySelectorAll("a.primary").forEach((link) => link.classList.remove("primary")));
    return h("section", { class: "panel needs-you", id: "correct" }, h("h2", {}, say("case.correct")), notice.due && h("p", {}, say("case.correct_by", { day: notice.due })),
      h("ol", { class: "entries" }, items), error, button(say("case.correct_send"), send, fixed ? "primary wide" : "wide"));
  }

  // Papers that may come later: what, until when, and a button to hand each in.
  owed(found) {
    if (!found.owed.length) return null;
    const open = found.owed.some((one) => !one.late);
    return h("section", { class: "panel to-come", id: "owed" }, h("h2", {}, say("case.owed")), open && h("p", { class: "hint" }, say("case.owed_help")),
      h("ul", { class: "entries" }, found.owed.map((one) => this.paper(one))));
  }

  paper(one) {
    const error = h("p", { class: "error", role: "alert" });
    const name = h("h3", {}, one.title, one.department && h("span", { class: "hint" }, ` ${one.department}`));
    if (one.late) return h("li", {}, name, h("p", {}, say("case.owed_late", { day: one.by, where: one.where })));
    const bring = async () => {
      const files = await pick(one.accept.join(","));
      if (!files.length) return;
      error.textContent = "";
      announce(say("form.uploading"));
      try {
        this.again(await bringTo(this.number, one.slot, files));
        announce(say("case.owed_done"));
      } catch (problem) {
        error.textContent = problem.message;
      }
    };
    return h("li", {}, name, h("p", {}, h("strong", {}, say("case.owed_by", { day: one.by }))), error,
      button(say("case.owed_go"), bring, "primary", { "aria-label": `${say("case.owed_go")}：${one.title}` }),
      h("p", { class: "hint" }, say("case.owed_accepts", { types: takes(one.accept), max: one.max_mb })));
  }

  again(found) {
    if (document.activeElement) document.activeElement.blur();
    this.show(found);
    const heading = this.place.querySelector("h1");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    clearTimeout(this.timer);
    this.look();
  }

  refusal(found) {
    if (!found.reason && !found.remedy) return null;
    return h("section", { class: "panel" }, facts([[say("case.reason"), found.reason], [say("case.remedy"), found.remedy]].filter(([, words]) => words)));
  }

  results(found) {
    if (!found.results.length) return null;
    return h("section", { class: "panel" }, h("h2", {}, say("case.results")), facts(found.results.map((one) => [one.title, `${one.how}（${one.department}）`])));
  }

  others(found) {
    if (!found.others.length) return null;
    const list = found.others.map((one) => ({ ...one, link: "", link_until: "", paper: "" }));
    const heading = say(list.some((one) => one.missing) ? "others.title" : "others.title_done");
    return h("section", { class: "panel" }, h("h2", {}, heading), drawOthers(`/api/v1/drafts/${found.draft}`, list, () => this.look(), null));
  }

  legs(found) {
    return h("section", { class: "panel" }, h("h2", {}, say("case.legs")), drawLegs(found.legs));
  }

  timeline(found) {
    const all = [...found.timeline].reverse(), lines = (some) => h("ol", { class: "timeline" }, some.map((line) => h("li", {}, h("time", {}, line.at), " ", line.says)));
    return h("section", { class: "panel" }, h("h2", {}, say("case.timeline")), lines(all.slice(0, NEWEST)),
      all.length > NEWEST ? h("details", { open: this.older, ontoggle: (event) => { this.older = event.target.open; } },
        h("summary", {}, say("case.older", { count: all.length - NEWEST })), lines(all.slice(NEWEST))) : null);
  }

  rate(found) {
    if (found.rating) return h("section", { class: "panel" }, h("h2", {}, say("case.rated")), h("p", {}, say(`case.stars_${found.rating.stars}`), found.rating.tags.length ? `：${found.rating.tags.join("、")}` : ""), found.rating.words && paragraphs(found.rating.words));
    if (!found.may_rate) return null;
    const tags = h("div", {}), error = h("p", { class: "error", role: "alert" });
    const words = h("textarea", { id: "rate-words", class: "input", rows: "2", maxlength: "500" });
    let stars = 0;
    const draw = () => tags.replaceChildren(h("fieldset", { class: "field" }, h("legend", { class: "label" }, say("case.rate_tags")),
      h("div", { class: "choices chips" }, found.rating_tags[stars].map((word, place) => h("label", { class: "tick", for: `tag-${place}` }, h("input", { type: "checkbox", id: `tag-${place}`, value: word }), h("span", {}, word))))));
    const send = async () => {
      try {
        this.again(await post(`${this.address}/rating`, { stars, tags: [...tags.querySelectorAll("input:checked")].map((one) => one.value), words: words.value }));
        announce(say("case.rate_thanks"));
      } catch (problem) {
        error.textContent = problem.message;
      }
    };
    const more = h("div", { hidden: true }, tags, h("label", { class: "label", for: "rate-words" }, say("case.rate_words")), words, error, button(say("case.rate_send"), send, "primary wide"));
    return h("section", { class: "panel" }, h("h2", {}, say("case.rate")), h("fieldset", { class: "field" }, h("legend", { class: "label" }, say("case.rate_stars")),
      h("div", { class: "choices" }, [5, 4, 3, 2, 1].map((one) => h("label", { class: "tick", for: `stars-${one}` },
        h("input", { type: "radio", name: "stars", id: `stars-${one}`, onchange: () => { stars = one; more.hidden = false; draw(); } }), h("span", {}, say(`case.stars_${one}`)))))), more);
  }

  leave(found) {
    if (!found.may_withdraw) return null;
    return h("p", {}, button(say("case.withdraw"), async () => {
      if (!(await sure(say("case.withdraw"), say("case.withdraw_sure"), say("case.withdraw_yes"), say("case.keep")))) return;
      try {
        this.again(await post(`${this.address}/withdraw`, {}));
      } catch (problem) {
        announce(problem.message);
      }
    }, "quiet"));
  }
}
