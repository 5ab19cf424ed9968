from __future__ import annotations

from typing import Any

import pytest
import xmltodict
from hypothesis import given
from hypothesis import strategies as st

from core.errors import YijianshiError
from core.settings import Settings
from integrations.channels.wechat.accounts import Account, accounts_of
from integrations.channels.wechat.answers import TEXT_BYTES, Article, article_answer, split, text_answer
from integrations.channels.wechat.envelope import Unreadable
from integrations.channels.wechat.push import Push, read_push

WHO: dict[str, Any] = {"ToUserName": "gh_1", "FromUserName": "o1", "CreateTime": "1714112445"}


def push(type_: str, **more: Any) -> Push:
    return read_push(WHO | {"MsgType": type_} | more)


def event(name: str, **more: Any) -> Push:
    return push("event", Event=name, **more)


@pytest.mark.parametrize(("found", "expected"), [
    (push("text", Content=" 我要退休 ", MsgId="9"), {"kind": "text", "text": "我要退休", "acted": "message"}),
    (push("text", Content="随爸爸", bizmsgmenuid="act:x", MsgId="9"), {"menu_id": "act:x", "acted": "click"}),
    (push("voice", MediaId="m", Recognition="", MsgId=9), {"kind": "voice", "text": "", "media_id": "m"}),
    (push("voice", MediaId="m", Recognition="我要退休", MsgId=9), {"text": "我要退休"}),
    (push("shortvideo", MediaId="m"), {"kind": "video"}),
    (push("location", Location_X="30.2", Location_Y="120.1", Label="西湖区文三路1号"),
     {"place": "西湖区文三路1号", "latitude": 30.2, "longitude": 120.1}),
    (push("hologram"), {"kind": "other"}),
    (event("subscribe", EventKey="qrscene_hall-3", Ticket="t"),
     {"event": "subscribe", "scene": "hall-3", "acted": "click"}),
    (event("SCAN", EventKey="hall-3"), {"event": "scan", "scene": "hall-3"}),
    (event("CLICK", EventKey="act:progress"), {"event_key": "act:progress", "acted": "click"}),
    (event("VIEW", EventKey="https://a.example"), {"acted": ""}),
    (event("user_enter_tempsession"), {"acted": "enter"}),
    (event("scancode_waitmsg", ScanCodeInfo={"ScanType": "qrcode", "ScanResult": "hall-3"}), {"scene": "hall-3"}),
])
def test_kinds(found: Push, expected: dict[str, Any]) -> None:
    assert {name: getattr(found, name) for name in expected} == expected


def test_a_message_is_known_by_its_id_and_an_event_by_who_when_and_what() -> None:
    assert push("text", MsgId="1", Content="a").key == push("text", MsgId=1, Content="b").key
    assert push("text", MsgId="1").key != push("text", MsgId="2").key
    keys = {event(*one).key for one in (("CLICK",), ("VIEW",))} | {event("CLICK", EventKey="b").key}
    assert len(keys) == 3
    assert event("TEMPLATESENDJOBFINISH", MsgID="7").key != event("TEMPLATESENDJOBFINISH", MsgID="8").key


@pytest.mark.parametrize(("more", "grants"), [
    ({"SubscribeMsgPopupEvent": {"List": {"TemplateId": "t", "SubscribeStatusString": "accept"}}}, (("t", True),)),
    ({"List": [{"TemplateId": "t", "SubscribeStatusString": "reject"},
               {"TemplateId": "u", "SubscribeStatusString": "acceptWithAudio"}]}, (("t", False), ("u", True))),
    ({"List": "junk"}, ()),
])
def test_what_the_citizen_allows(more: dict[str, Any], grants: tuple[tuple[str, bool], ...]) -> None:
    assert event("subscribe_msg_popup_event", **more).grants == grants


@pytest.mark.parametrize("raw", [{}, {"FromUserName": "o"}, {"MsgType": "text"}, {"MsgType": [], "FromUserName": {}}])
def test_a_push_of_nobody_is_unreadable(raw: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        read_push(raw)


HOSTILE = "x]]></Content><MsgType><![CDATA[image]]></MsgType><Content><![CDATA[\x00\x08\ud800y"


@pytest.mark.parametrize("words", [HOSTILE, "]]>", "a]]]]>>b", "<a href='x'>"])
def test_words_never_change_the_kind_of_an_answer(words: str) -> None:
    found = xmltodict.parse(text_answer(push("text"), words))["xml"]
    assert found["MsgType"] == "text"
    assert set(found) == {"MsgType", "Content", "FromUserName", "ToUserName", "CreateTime"}
    assert (found["FromUserName"], found["ToUserName"]) == ("gh_1", "o1")


@given(st.text())
def test_what_is_written_is_what_is_read(words: str) -> None:
    found = xmltodict.parse(text_answer(push("text"), words), strip_whitespace=False)["xml"]
    assert found["MsgType"] == "text"


def test_other_answers() -> None:
    article = xmltodict.parse(article_answer(push("text"), Article("办好了", "社保卡已寄出", "https://a.example/1")))["xml"]
    assert (article["MsgType"], article["ArticleCount"]) == ("news", "1")
    assert article["Articles"]["item"]["Url"] == "https://a.example/1"


@given(st.text(alphabet="一件事 ab\n", max_size=3000))
def test_parts_fit_and_lose_nothing(words: str) -> None:
    parts = list(split(words, 200))
    assert all(0 < len(part.encode()) <= 200 for part in parts)
    assert "".join("".join(parts).split()) == "".join(words.split())


def test_a_link_is_never_cut() -> None:
    link = '<a href="weixin://bizmsgmenu?msgmenucontent=x&msgmenuid=act:x">随爸爸</a>'
    parts = list(split("好" * 640 + link * 3))
    assert all(part.count("<a ") == part.count("</a>") for part in parts)
    assert sum(part.count("<a ") for part in parts) == 3
    assert all(len(part.encode()) <= TEXT_BYTES for part in parts)


def test_accounts_of_the_demo_and_of_the_settings() -> None:
    official, mini = accounts_of(Settings(secret_key="k"))
    assert (official.kind, mini.kind) == ("official", "mini")
    assert len(official.aes_key.get_secret_value()) == 43
    assert official.token != mini.token
    written = '[{"name": "hz", "app_id": "wx12345678", "secret": "geheim", "token": "abc", "mode": "plain"}]'
    (mine,) = accounts_of(Settings(wechat_accounts=written))
    assert isinstance(mine, Account)
    assert not mine.encrypted
    assert accounts_of(Settings(demo=False)) == ()


@pytest.mark.parametrize(("written", "says"), [
    ("{", "no list"), ('[{"name": "hz", "secret": "geheim"}]', "app_id"),
    ('[{"name": "hz", "app_id": "wx12345678", "secret": "geheim", "token": "abc"}]', "43"),
])
def test_wrong_accounts_are_told_without_their_secrets(written: str, says: str) -> None:
    with pytest.raises(YijianshiError, match=says) as told:
        accounts_of(Settings(wechat_accounts=written))
    assert "geheim" not in told.value.message
