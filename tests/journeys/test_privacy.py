"""After a whole life of a case nothing personal is found in logs, metrics, queues, or plain in the database."""

from __future__ import annotations

import pytest
import structlog
import xmltodict

from bot.models import Citizen as Customer
from bot.models import Message
from bot.wechat.users import bind, user_of
from cases.models import Task
from core.audit import record
from integrations.channels.wechat.accounts import accounts_of
from integrations.channels.wechat.base import WechatPerson
from integrations.channels.wechat.demo.pushing import opened, sealed
from intents.models import Heard
from tests.journeys import scanner
from tests.journeys.conftest import FATHER, signed_in
from tests.journeys.people import Citizen, Reviewer
from tests.journeys.stories import NEWBORN, consented, finish, until_asked
from tests.journeys.town import Town

FAMILY = "family_01_three"
TYPED = {"陈小满": "child's name", "陈小贝": "child's name", "13800000197": "typed phone"}


async def a_whole_life(town: Town) -> Citizen:
    """From the first words, with things people blurt out, to the rating."""
    father = await signed_in(town, FATHER)
    await father.say("陈一民和李晓兰的孩子，小名满满，身份证330106199307120316，弄那个啥本本")
    await father.say("我是陈一民，住浙江省杭州市西湖区古墩路188号3幢2单元501室，打13800000101，想弄个那啥")
    await consented(father)
    await in_the_account(town, father)
    await father.say("我的电话是13800000197，身份证330106199307120316，住浙江省杭州市西湖区古墩路188号3幢2单元501室")
    if "act:no" in father.buttons():
        await father.press("act:no")
    await father.answer(NEWBORN)
    assert father.stage == "checking", father.plain
    await father.sign()
    number = await father.number()
    reviewer = await Reviewer(town).sign_in()
    await town.order("behave", do="ask_correction", item="household_registration", about="baby[1].name", says="请核对")
    await reviewer.approve(number)
    await until_asked(town, father, number)
    await father.press(f"act:fix:{number}")
    await father.say("陈小贝")
    await father.sign()
    await finish(town, father, number, step=20)
    await father.api("POST", f"/cases/{number}/rating", stars=1, words="陈一民等了很久，打13800000101")
    for path in (f"/cases/{number}", "/me/export", "/messages?after=0"):
        await father.api("GET", path)
    for path in ("/queue", f"/cases/{number}", "/tasks", "/ratings"):
        await reviewer.send("GET", f"/console{path}")
    await town.http.get(f"{town.url}/api/v1/cases/330106199307120316")
    await town.settle()
    await town.house.recorder.flush()
    await learned_from(town)
    return father


async def in_the_account(town: Town, father: Citizen) -> None:
    """He types his phone number into the official account; what it answers is kept for a push that comes again."""
    account = accounts_of(town.settings)[0]
    user = await user_of(account.app_id, WechatPerson("openid-of-a-father"))
    await bind(str(user.id), str((await Customer.get()).id))
    query, body = sealed(account, xmltodict.unparse({"xml": {
        "ToUserName": "gh_1", "FromUserName": "openid-of-a-father", "CreateTime": "1714112445", "MsgType": "text",
        "Content": "我的电话是13800000197", "MsgId": "4711"}}))
    answers = [await father.send("POST", f"/wx/{account.name}?{query}", data=body.encode()) for _ in range(2)]
    first, again = ((status, opened(account, text)) for status, text in answers)
    assert first[0] == 200
    assert "138****0197" in first[1], first
    assert "13800000197" not in first[1]
    assert again == first
    kept = await scanner.kv_text(town.house.kv)
    assert any("wechat:reply:" in key for key in kept)
    assert not [key for key, text in kept.items() if scanner.leaks(text, TYPED | {"138****0197": "its mask"})]


async def learned_from(town: Town) -> None:
    """An operator labels whatever waits."""
    operator = await Reviewer(town).sign_in("operator")
    for row in await Heard.filter(state="new", value__gt=0):
        form = {"key": row.key, "intent": "newborn_birth", "sure": "1"}
        await operator.post("/console/understanding", "/console/understanding/label", form)
    for path in ("", "/labels", "/demand"):
        await operator.send("GET", f"/console/understanding{path}")


async def found(town: Town, heard: scanner.Ears, father: Citizen) -> dict[str, list[str]]:
    """Leaks by place."""
    secrets = scanner.secrets_of(FAMILY) | TYPED
    _, metrics = await father.send("GET", "/metrics")
    _, calls = await father.send("GET", f"{town.exchange}/_calls")
    _, offices = await father.send("GET", f"{town.province}/_state")
    assert "yjs_requests_total" in metrics
    assert "newborn_birth" in str(calls)
    places = {"log": heard.text, "metrics": metrics, "calls of the exchange": str(calls),
              "page of the province": str(offices)}
    places |= {f"table {name}": text for name, text in (await scanner.database_text()).items()}
    places |= {f"key {name}": text for name, text in (await scanner.kv_text(town.house.kv)).items()}
    return {place: leaks for place, text in places.items() if (leaks := scanner.leaks(text, secrets))}


@pytest.mark.everywhere
async def test_nothing_personal_lies_about(town: Town) -> None:
    with scanner.ears() as heard:
        father = await a_whole_life(town)
    assert "http.sent" in heard.text, "the ears were open"
    tables = await scanner.database_text()
    assert {"bot_message", "forms_draft", "cases_outbox", "intents_heard", "intents_label"} <= set(tables)
    filled = ("bot_message", "forms_draft", "cases_case", "core_audit_event", "intents_heard", "intents_label")
    assert all(tables[name] for name in filled)
    assert await found(town, heard, father) == {}


@pytest.mark.everywhere
async def test_the_scanner_finds_what_was_planted(town: Town) -> None:
    father = await signed_in(town, FATHER)
    await consented(father)
    with scanner.ears() as heard:
        structlog.get_logger("careless").warning("somebody", who="陈一民", number="330106199307120316")
    await record("citizen:13800000101", "careless", "somewhere")
    await Task.create(kind="review", state="done", reason="6217000000000000012", created_at=(await Message.first()).at)
    await town.house.kv.put("careless", "李晓兰", 60)
    await town.house.kv.client.xadd("careless", {"data": "浙江省杭州市西湖区古墩路188号3幢2单元501室"})
    places = await found(town, heard, father)
    assert set(places) == {"log", "table core_audit_event", "table cases_task", "key yjs:careless", "key careless"}
    assert [one.split(":")[0] for one in places["log"]] == ["name 陈一民"], "numbers are masked by the log itself"
