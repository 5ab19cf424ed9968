from __future__ import annotations

import re
from uuid import uuid4

import xmltodict

from bot.blocks import Action, Progress
from bot.models import WechatUser
from bot.render.basics import card, options, text
from bot.wechat.pages import MINI, Pages, mini_page
from bot.wechat.parts import answered, in_parts
from integrations.channels.wechat.accounts import Account
from integrations.channels.wechat.base import Choice
from integrations.channels.wechat.push import read_push
from tests.bot.web.wechat.conftest import Phone
from tests.bot.web.wechat.test_informing import MINI as FOLDER

PAGES = Pages(lambda path: f"https://x{path}")
YES = Action(id="act:yes", label="随爸爸", help="爸爸的户口本")
NO = Action(id="act:why:1", label="为什么问", style="quiet")
LOGIN = Action(id="act:login", label="登录")


def progress(*actions: Action, says: str = "已经受理") -> Progress:
    leg = {"title": "医保", "department": "医保局", "state": "accepted", "says": says, "until": ""}
    return Progress(plain="医保：已经受理", title="新生儿出生", number="330106X330106X", state="正在办理", legs=(leg,),
                    actions=actions)


async def told(house, user: WechatUser, *blocks) -> None:
    row = await house.conversations.of(f"citizen:{user.citizen_id}" if user.citizen_id else f"guest:{user.id}")
    await house.conversations.append(row.id, list(blocks))
    await house.doors.of("oa").telling.tell(user)


async def test_choices_that_come_late_are_a_menu_to_tap(phone: Phone, wechat, house) -> None:
    await phone.say("你好")
    user = await WechatUser.get()
    await told(house, user, text("查好了"), options("户口跟谁？", [YES, NO]))
    assert wechat.offered == [
        ("查好了\n\n户口跟谁？\n随爸爸：爸爸的户口本", (Choice("act:yes", "随爸爸"), Choice("act:why:1", "为什么问")))]
    await told(house, user, text("办好了"))
    assert wechat.sent[1:] == [(phone.openid, "办好了")]
    assert len(wechat.offered) == 1


async def test_what_a_menu_says_is_understood_when_it_is_tapped(phone: Phone, wechat, house) -> None:
    await phone.say("你好")
    user = await WechatUser.get()
    row = await house.conversations.of(f"guest:{user.id}")
    done = await house.conversations.exchange(row.id, text="我要退休", action=None, client_id="page-1", channel="h5")
    await told(house, user, *done.blocks)
    choice = wechat.offered[0][1][0]
    before = row.seq
    assert await phone.say(choice.label, bizmsgmenuid=choice.id) != "success"
    assert (await house.conversations.of(f"guest:{user.id}")).seq > before


def test_a_page_stays_a_link_in_the_head_of_a_menu(house) -> None:
    part, = in_parts([card("请登录", "要用您的身份信息", actions=[LOGIN, NO])], house.say, PAGES, 2)
    assert part.choices == (Choice("act:why:1", "为什么问"),)
    assert part.head.endswith('<a href="https://x/">登录</a>')
    assert "msgmenu" not in part.head


def test_a_list_too_long_for_a_menu_is_numbered(house) -> None:
    many = [Action(id=f"act:{n}", label=f"第{n}件") for n in range(12)]
    part, = in_parts([options("办哪件？", many)], house.say, PAGES, 2)
    assert part.choices == ()
    assert "12. " in part.words


def test_where_a_case_stands_is_an_article_when_that_is_all(house) -> None:
    push = read_push({"MsgType": "text", "FromUserName": "o", "ToUserName": "g", "Content": "x", "MsgId": "1",
                      "CreateTime": "1"})

    def kind(*blocks) -> str:
        return str(xmltodict.parse(answered(push, in_parts(blocks, house.say, PAGES, 2)[0]))["xml"]["MsgType"])

    part, = in_parts([progress()], house.say, PAGES, 2)
    assert part.article is not None
    assert part.article.url == "https://x/cases/330106X330106X"
    assert "已经受理" in part.article.says
    assert '<a href="https://x/cases/330106X330106X">' in part.words  # a customer-service message has the link in words
    assert kind(progress()) == "news"
    assert kind(progress(NO)) == "news"
    assert kind(progress(YES)) == "text"  # there is something to answer
    assert kind(progress(says="很长" * 80)) == "text"  # an article would lose it
    assert kind(progress(), text("我们继续")) == "text"
    assert kind(card("请登录", actions=[LOGIN])) == "news"


async def test_links_open_the_mini_program_for_who_is_signed_in(phone: Phone, wechat, house) -> None:
    door = house.doors.of("oa")
    object.__setattr__(door.account, "mini", "wx2222222222")
    await phone.say("你好")
    user = await WechatUser.get()
    assert "miniprogram" not in door.telling.pages(user).link("/", "看")
    user.citizen_id = uuid4()
    await user.save()
    await told(house, user, progress(YES))
    said = wechat.offered[0][0]
    assert ('data-miniprogram-appid="wx2222222222" '
            'data-miniprogram-path="pages/case/case?number=330106X330106X">') in said
    assert "/wx/oa/open?to=%2Fcases%2F330106X330106X" in said  # where WeChat cannot open it
    assert "miniprogram" not in Pages(PAGES.address, "wx2222222222").link("/confirm/abc", "看")


def test_the_mini_program_has_these_pages() -> None:
    for _, page in MINI:
        path, _, query = page.partition("?")
        script = (FOLDER / f"{path}.js").read_text("utf-8")
        if query:
            taken = re.search(r"onLoad\(\{([^}]*)\}\)", script)
            assert taken
            assert query.partition("=")[0] in re.split(r"[ ,]+", taken[1].strip())
    assert mini_page("/form/0") == ""


def test_an_account_names_its_mini_program() -> None:
    account = Account(name="oa", app_id="wx1111111111", secret="s", token="abc", mini="wx2222222222")
    assert account.mini == "wx2222222222"
