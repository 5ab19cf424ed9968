// What differs from one deployment to the next. See docs/how-to/release-the-mini-program.md.

module.exports = {
  // Where the server is. WeChat wants https and a registered name, without a port. For DevTools on this machine:
  // http://127.0.0.1:8000 with "do not check valid domains" switched on.
  base: "https://yijianshi.example.gov.cn",
  // The mini-program of unified identity that signs people in and comes back with a ticket; empty where there is none.
  identity: { appId: "", path: "" },
};
