// Every kind of message and event that an official account is pushed, by a name of its own.
'use strict';

const event = (Event, more = {}) => ({ MsgType: 'event', Event, EventKey: '', ...more });
const scan = { ScanType: 'qrcode', ScanResult: 'newborn_birth' };
const grant = (TemplateId, SubscribeStatusString) => ({ TemplateId, SubscribeStatusString, PopupScene: '2' });

module.exports = {
  text: { MsgType: 'text', Content: '我媳妇刚生了，要办啥手续' },
  hostile: { MsgType: 'text', Content: 'x]]></Content><MsgType><![CDATA[image]]></MsgType><Content><![CDATA[&lt;' },
  tapped: { MsgType: 'text', Content: '新生儿', bizmsgmenuid: 'act:begin:newborn_birth' },
  strange_button: { MsgType: 'text', Content: '？', bizmsgmenuid: 'act:nothing:of:ours' },
  emoji: { MsgType: 'text', Content: '👶🏻\u{20bb7}野家 /::)' },
  image: { MsgType: 'image', PicUrl: 'http://mmbiz.example/1', MediaId: 'nothing' },
  voice: { MsgType: 'voice', MediaId: 'nothing', Format: 'amr', MediaId16K: 'nothing', Recognition: '' },
  voice_read: { MsgType: 'voice', MediaId: 'nothing', Format: 'amr', Recognition: '我要退休' },
  video: { MsgType: 'video', MediaId: 'nothing', ThumbMediaId: 'nothing' },
  shortvideo: { MsgType: 'shortvideo', MediaId: 'nothing', ThumbMediaId: 'nothing' },
  location: { MsgType: 'location', Location_X: 30.27, Location_Y: 120.15, Scale: 16, Label: '文三路1号' },
  link: { MsgType: 'link', Title: '一篇文章', Description: '', Url: 'https://a.example/1' },
  file: { MsgType: 'file', Title: '表.docx', FileKey: 'k' },
  subscribe: event('subscribe'),
  subscribe_by_code: event('subscribe', { EventKey: 'qrscene_newborn_birth', Ticket: 't' }),
  scanned: event('SCAN', { EventKey: 'newborn_birth', Ticket: 't' }),
  where: event('LOCATION', { Latitude: 30.27, Longitude: 120.15, Precision: 60 }),
  click: event('CLICK', { EventKey: 'act:all' }),
  click_unknown: event('CLICK', { EventKey: 'V1001' }),
  view: event('VIEW', { EventKey: 'https://a.example', MenuId: '1' }),
  view_miniprogram: event('view_miniprogram', { EventKey: 'pages/index', MenuId: '1' }),
  scancode_push: event('scancode_push', { EventKey: 'k', ScanCodeInfo: scan }),
  scancode_waitmsg: event('scancode_waitmsg', { EventKey: 'k', ScanCodeInfo: scan }),
  pic_weixin: event('pic_weixin', { EventKey: 'k', SendPicsInfo: { Count: 1, PicList: { item: { PicMd5Sum: 'a' } } } }),
  location_select: event('location_select', { EventKey: 'k', SendLocationInfo: { Location_X: 30.2, Label: '' } }),
  template_sent: event('TEMPLATESENDJOBFINISH', { MsgID: 200163836, Status: 'failed:user block' }),
  grant_one: event('subscribe_msg_popup_event', { SubscribeMsgPopupEvent: { List: grant('t1', 'accept') } }),
  grant_several: event('subscribe_msg_popup_event', {
    SubscribeMsgPopupEvent: { List: [grant('t1', 'acceptWithAudio'), grant('t2', 'reject')] },
  }),
  grant_changed: event('subscribe_msg_change_event', { SubscribeMsgChangeEvent: { List: grant('t1', 'reject') } }),
  grant_sent: event('subscribe_msg_sent_event', {
    SubscribeMsgSentEvent: { List: { TemplateId: 't1', MsgID: 1, ErrorCode: 0, ErrorStatus: 'success' } },
  }),
  session_began: event('kf_create_session', { KfAccount: 'a@b' }),
  session_ended: event('kf_close_session', { KfAccount: 'a@b' }),
  session_passed: event('kf_switch_session', { FromKfAccount: 'a@b', ToKfAccount: 'c@b' }),
  media_checked: event('wxa_media_check', { trace_id: 't', version: 2, result: { suggest: 'pass', label: 100 } }),
  published: event('PUBLISHJOBFINISH', { PublishEventInfo: { publish_id: 1, publish_status: 0 } }),
  changed: event('user_info_modified', { OpenID: 'o', RevokeInfo: '1' }),
  revoked: event('user_authorization_revoke', { OpenID: 'o', RevokeInfo: '1' }),
  unknown: event('hologram_projected'),
  unsubscribe: event('unsubscribe'),
};
