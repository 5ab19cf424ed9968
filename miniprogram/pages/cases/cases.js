// My cases, the last one first.

const { listing } = require("../../utils/listing");
const { say } = require("../../utils/say");

listing({
  title: "case.title", words: "case.none", where: "/api/v1/cases", name: "cases",
  more: (one) => ({ label: say("case.number_label", { number: one.number }) }),
});
