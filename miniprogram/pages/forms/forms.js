// My drafts.

const { listing } = require("../../utils/listing");
const { dayOf } = require("../../utils/say");

listing({
  title: "form.title", words: "form.none form.pick", where: "/api/v1/drafts", name: "drafts",
  more: (one) => ({ day: dayOf(one.updated_at) }),
});
