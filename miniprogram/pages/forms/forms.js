// My drafts.

const { listing } = require("../../utils/listing");

listing({
  title: "form.title", words: "form.none form.pick", where: "/api/v1/drafts", name: "drafts",
  more: (one) => ({ day: one.updated_at.slice(0, 10) }),
});
