// Other people's clients at our demo WeChat: what they cannot use, WeChat's own API would not have said.
'use strict';
const WechatApi = require('co-wechat-api');
const { OfficialAccount } = require('node-easywechat');

const caught = async (work) => {
  try { await work; return 0; } catch (problem) { return problem.code ?? String(problem.message); }
};

async function coWechat({ url, appId, secret, openid, template, menu }) {
  const api = new WechatApi(appId, secret);
  for (const name of Object.keys(api).filter((one) => one.endsWith('refix'))) {
    api[name] = `${url}/${new URL(api[name]).pathname.split('/')[1]}/`;
  }
  const seen = {};
  seen.text = await caught(api.sendText(openid, '另一家的客户端'));
  seen.nobody = await caught(api.sendText('nobody', 'x'));
  seen.tooLong = await caught(api.sendText(openid, '长'.repeat(700)));
  seen.template = await caught(api.sendTemplate(openid, template, 'https://a.example', '', { thing1: { value: '办好了' } }));
  seen.templateTooLong = await caught(
    api.sendTemplate(openid, template, '', '', { thing1: { value: '一'.repeat(21) } }),
  );
  seen.menuMade = await caught(api.createMenu(menu));
  seen.menu = (await api.getMenu()).menu;
  seen.menuTooWide = await caught(api.createMenu({ button: [1, 2, 3, 4].map((n) => ({ name: `${n}`, type: 'click', key: 'k' })) }));
  seen.menuRemoved = await caught(api.removeMenu());
  const picture = Buffer.from('89504e470d0a1a0a0000', 'hex');
  const { media_id: mediaId, type } = await api.uploadMedia(picture, 'image', 'a.png', 'image/png');
  seen.media = { type, same: Buffer.compare(await api.getMedia(mediaId), picture) === 0 };
  seen.noMedia = await caught(api.getMedia('nothing'));
  api.store.accessToken = 'ended';
  seen.renews = await caught(api.sendText(openid, '换了令牌'));
  return seen;
}

async function easyWechat({ url, appId, secret, openid }) {
  const app = new OfficialAccount({
    app_id: appId, secret, use_stable_access_token: true, http: { baseURL: `${url}/`, throw: false, proxy: false },
  });
  const token = await app.getAccessToken().getStableAccessToken();
  const again = await app.getAccessToken().getStableAccessToken();
  const send = async (body) => (
    await app.getClient().postJson('cgi-bin/message/custom/send', body)
  ).toObject().errcode;
  return {
    sameToken: token === again && token.length > 20,
    text: await send({ touser: openid, msgtype: 'text', text: { content: '第三家' } }),
    menu: await send({
      touser: openid, msgtype: 'msgmenu',
      msgmenu: { head_content: '满意吗', list: [{ id: 'act:yes', content: '满意' }], tail_content: '' },
    }),
    kind: await send({ touser: openid, msgtype: 'hologram' }),
  };
}

async function main() {
  const task = JSON.parse(require('fs').readFileSync(0, 'utf8'));
  const seen = { coWechat: await coWechat(task), easyWechat: await easyWechat(task) };
  process.stdout.write(JSON.stringify(seen));
}

main();
