// What WeChat's own builder says of a tree, without an account and without a network: node check.js TREE [json]
// Schema of app.json, of every page and of the sitemap; with more than JSON also the compilation of everything.

const path = require("node:path");
const ci = require("miniprogram-ci");

const APPID = "wx0123456789abcdef";

async function check(tree, whole) {
  const project = new ci.Project({ appid: APPID, type: "miniProgram", projectPath: path.resolve(tree), privateKey: "none", ignores: [] });
  project.attr = async () => ci.DefaultProjectAttr; // else it would ask WeChat who we are
  const app = await ci.getAppJSON(project);
  for (const pagePath of app.pages) await ci.getPageJSON(project, { pagePath, miniprogramRoot: "" });
  await ci.getSiteMapJSON(project);
  if (!whole) return { pages: app.pages.length };
  const made = await ci.compile(project, { setting: { es6: true, enhance: true }, onProgressUpdate() {} });
  return { pages: app.pages.length, files: Object.keys(made).length, bytes: Object.values(made).reduce((sum, one) => sum + Buffer.byteLength(one), 0) };
}

check(process.argv[2], process.argv[3] !== "json").then(
  (found) => { console.log(`RESULT ${JSON.stringify(found)}`); process.exit(0); },
  (error) => { console.log(`REFUSED ${error.message}`); process.exit(1); },
);
