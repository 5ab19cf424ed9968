// The envelope by Tencent's own package: sealing what is pushed, opening and verifying what is answered.
'use strict';
const crypto = require('crypto');
const { encrypt, decrypt, getSignature } = require('@wecom/crypto');

const cdata = (value) => `<![CDATA[${String(value).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
const xml = (fields) => Object.entries(fields).map(([name, value]) => {
  if (Array.isArray(value)) return value.map((one) => `<${name}>${xml(one)}</${name}>`).join('');
  if (value && typeof value === 'object') return `<${name}>${xml(value)}</${name}>`;
  return `<${name}>${typeof value === 'number' ? value : cdata(value)}</${name}>`;
}).join('');
const field = (text, name) => {
  const found = new RegExp(`<${name}>(?:<!\\[CDATA\\[([\\s\\S]*?)\\]\\]>|([^<]*))</${name}>`).exec(text);
  return found ? found[1] ?? found[2] : null;
};
const sha1 = (...parts) => crypto.createHash('sha1').update(parts.sort().join('')).digest('hex');

// What goes over the line for one push: an address' query and a body, fresh at every try as WeChat's are.
function sealed(account, fields, { appId = account.appId, spoil = false, plain = false } = {}) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = String(crypto.randomInt(1e9));
  const query = { signature: sha1(account.token, timestamp, nonce), timestamp, nonce, openid: fields.FromUserName };
  const inner = `<xml>${xml(fields)}</xml>`;
  if (plain) return { query, body: inner };
  const closed = encrypt(account.aesKey, inner, appId);
  const signature = getSignature(account.token, timestamp, nonce, closed);
  const msgSignature = spoil ? signature.replace(/^./, (c) => (c === '0' ? '1' : '0')) : signature;
  return {
    query: { ...query, encrypt_type: 'aes', msg_signature: msgSignature },
    body: `<xml>${xml({ ToUserName: fields.ToUserName, Encrypt: closed })}</xml>`,
  };
}

// What a phone would show of an answer; throws with one sentence when WeChat would show a fault instead.
function opened(account, text, pushed) {
  if (text === '' || text === 'success') return { kind: 'nothing', text: '' };
  const closed = field(text, 'Encrypt');
  if (!closed) throw new Error('the answer is not encrypted');
  const expected = getSignature(account.token, field(text, 'TimeStamp'), field(text, 'Nonce'), closed);
  if (expected !== field(text, 'MsgSignature')) throw new Error('the answer has a wrong signature');
  const { message, id } = decrypt(account.aesKey, closed);
  if (id !== account.appId) throw new Error('the answer is of another account');
  if (field(message, 'ToUserName') !== pushed.FromUserName) throw new Error('the answer goes to somebody else');
  if (field(message, 'FromUserName') !== pushed.ToUserName) throw new Error('the answer comes from another account');
  if (!/^\d{9,11}$/.test(field(message, 'CreateTime'))) throw new Error('the answer has no time in seconds');
  const kind = field(message, 'MsgType');
  if (!['text', 'news', 'transfer_customer_service'].includes(kind)) throw new Error(`an answer of the kind ${kind}`);
  const content = field(message, 'Content') ?? '';
  if (kind === 'text' && !content) throw new Error('a text without words');
  if (Buffer.byteLength(content) > 2048) throw new Error('a text that is too long');
  return { kind, text: content };
}

module.exports = { opened, sealed, sha1 };
