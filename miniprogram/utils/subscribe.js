// Asking whether WeChat may tell about a case. WeChat wants this in a tap, so what to ask for is fetched before.

const api = require("./api");

const MOST = 3;

// Template ids to ask for; those refused before only when somebody comes by themselves.
async function wanted(all) {
  const { topics } = await api.get("/api/v1/subscriptions");
  return topics.filter((one) => all || !one.refused).map((one) => one.template).slice(0, MOST);
}

// Must be called straight from a tap. True when something was allowed.
function ask(tmplIds) {
  return new Promise((resolve) => {
    wx.requestSubscribeMessage({
      tmplIds,
      success: (found) => {
        const answers = tmplIds.reduce((all, id) => (found[id] ? Object.assign(all, { [id]: found[id] }) : all), {});
        api.post("/api/v1/subscriptions", { answers }).catch(() => {});
        resolve(Object.values(answers).some((one) => String(one).startsWith("accept")));
      },
      fail: () => resolve(false),
    });
  });
}

module.exports = { wanted, ask };
