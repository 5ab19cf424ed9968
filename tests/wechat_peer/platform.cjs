// Plays WeChat's side of an official account. Reads its task as JSON from stdin, writes what it saw to stdout.
'use strict';
const http = require('http');
const { opened, sealed, sha1 } = require('./envelope.cjs');
const kinds = require('./kinds.cjs');

const TRIES = 3;
const CUT_MS = 5000;
const agent = new http.Agent({ keepAlive: true, maxSockets: 400 });
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
let account;
let lastId = 24_000_000_000_000_000n;

function request(method, query, body, cutMs) {
  const url = new URL(account.url);
  url.search = new URLSearchParams(query).toString();
  const begun = process.hrtime.bigint();
  return new Promise((done) => {
    const end = (found) => done({ ms: Number(process.hrtime.bigint() - begun) / 1e6, ...found });
    const asked = http.request(url, { method, agent, headers: { 'Content-Type': 'text/xml' } }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => end({ status: response.statusCode, text: Buffer.concat(parts).toString() }));
    });
    asked.on('error', () => end({ status: 0, text: '' }));
    asked.setTimeout(cutMs, () => asked.destroy());
    asked.end(body);
  });
}

// One push, tried three times under one MsgId, as WeChat does when nothing comes in time.
async function push(openid, fields, { cutMs = CUT_MS, always = 1 } = {}) {
  const body = { ToUserName: 'gh_peer', FromUserName: openid, CreateTime: Math.floor(Date.now() / 1000), ...fields };
  if (fields.MsgType !== 'event') body.MsgId = String(lastId += 1n);
  const tries = [];
  for (let turn = 1; turn <= TRIES; turn += 1) {
    const { query, body: given } = sealed(account, body);
    const got = await request('POST', query, given, cutMs);
    const seen = { ms: got.ms, status: got.status };
    if (got.status === 200) {
      try { Object.assign(seen, opened(account, got.text, body)); } catch (wrong) { seen.wrong = wrong.message; }
    }
    tries.push(seen);
    if (got.status !== 0 && turn >= always) break;
  }
  return { openid, tries };
}

async function everyKind({ openids }) {
  const left = Object.keys(kinds).map((name, place) => [name, openids[place]]);
  const seen = {};
  const one = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      seen[next[0]] = (await push(next[1], kinds[next[0]], { always: 2 })).tries;
    }
  };
  await Promise.all([one(), one(), one(), one()]);
  return seen;
}

// ``pushes`` are [openid, kind]: words the core knows, or one of our kinds. Some are cut early and come again. The others
// are waited for: whether an answer was in time is measured where it is made.
async function burst({ pushes, perSecond, impatientMs, patientMs, words }) {
  const begun = Date.now();
  const work = pushes.map(async ([openid, kind], place) => {
    await sleep((place * 1000) / perSecond - (Date.now() - begun));
    const cut = place % 10 === 5;
    const fields = kind in words ? { MsgType: 'text', Content: words[kind] } : kinds[kind];
    return { kind, cut, ...(await push(openid, fields, { cutMs: cut ? impatientMs : patientMs })) };
  });
  return Promise.all(work);
}

async function names() {
  return Object.keys(kinds);
}

async function refusals({ openids }) {
  const body = { ToUserName: 'gh_peer', FromUserName: openids[0], CreateTime: 1, MsgType: 'text', Content: 'x', MsgId: '1' };
  const ways = { spoiled: { spoil: true }, foreign: { appId: 'wxffffffffffff' }, downgraded: { plain: true } };
  const seen = {};
  for (const [name, how] of Object.entries(ways)) {
    const { query, body: given } = sealed(account, body, how);
    seen[name] = (await request('POST', query, given, CUT_MS)).status;
  }
  const { query } = sealed(account, body);
  seen.junk = (await request('POST', query, '<xml><Encrypt>AAAA</Encrypt></xml>', CUT_MS)).status;
  return seen;
}

async function verification() {
  const given = { timestamp: '1714036504', nonce: '1514711492', echostr: '4375120948345356249' };
  const signed = { ...given, signature: sha1(account.token, given.timestamp, given.nonce) };
  const right = await request('GET', signed, '', CUT_MS);
  const wrong = await request('GET', { ...signed, nonce: '1' }, '', CUT_MS);
  return { echo: right.text === given.echostr && right.status === 200, wrong: wrong.status };
}

async function main() {
  const task = JSON.parse(require('fs').readFileSync(0, 'utf8'));
  account = task.account;
  const plays = { verification, everyKind, burst, names, refusals };
  const seen = await plays[task.play](task);
  agent.destroy();
  process.stdout.write(JSON.stringify(seen));
}

main();
