// What the server answers the pages here: golden files, and the little that none of them holds.

const { golden } = require("./stage");

const NUMBER = golden("case").number;
const DRAFT = golden("draft");
const ME = { signed_in: true, name: "陈*民", elder: false, scale: 100 };
const API = {
  "GET /api/v1/session": ME, "POST /api/v1/prefs": {}, "GET /api/v1/subscriptions": { topics: [{ about: "case", template: "t-1", refused: false }] }, "POST /api/v1/subscriptions": { topics: [] },
  [`GET /api/v1/drafts/${DRAFT.id}`]: DRAFT, "GET /api/v1/drafts": { drafts: [DRAFT] }, [`POST /api/v1/drafts/${DRAFT.id}/changes`]: DRAFT, [`POST /api/v1/drafts/${DRAFT.id}/submit`]: { number: NUMBER },
  "GET /api/v1/cases": golden("cases"), [`GET /api/v1/cases/${NUMBER}`]: golden("case"), [`POST /api/v1/cases/${NUMBER}/corrections`]: golden("case"), [`POST /api/v1/cases/${NUMBER}/rating`]: golden("case"),
  "GET /api/v1/me/consents": golden("consents"), "DELETE /api/v1/me": { kept: [NUMBER], signed_out: false }, "GET /api/v1/guides": golden("guides"), "GET /api/v1/guides/newborn_birth/sections": golden("guide"),
  "GET /api/v1/demo/people": { families: [{ title: "陈家", story: "刚生了孩子", first: true, about: [], people: [{ who: "f", name: "陈一民", id_number: "330***", note: "爸爸" }] }], groups: [] },
  "GET /api/v1/messages?after=0&wait=0": golden("talk"), "GET /api/v1/messages": "never", "POST /api/v1/messages": { seq: 99, blocks: [] },
};

module.exports = { API, ME, NUMBER, DRAFT };
