"""The bench in the console: labelling without scripts, refusals with a way on, undoing, and who may see it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from aiohttp.test_utils import TestClient, TestServer

from console.app import make_alone
from console.desk import ConsoleDesk
from core.clock import now
from core.models import AuditEvent
from intents.labels import accepted_labels
from intents.models import Heard, Label
from intents.understand import Understander
from tests.console.conftest import Browser
from tests.intents.test_bench import BABY, SCHOOL, heard

JSON = {"Accept": "application/json"}


@pytest.fixture
async def operator(browser: Browser) -> Browser:
    await browser.sign_in("operator")
    return browser


def keys(page: str) -> list[str]:
    return re.findall(r'name="key" value="(\w+)"', page)


async def labelled() -> list[tuple[str, str, str]]:
    return [(one.text, one.intent, one.wish) for one in await accepted_labels()]


@pytest.mark.everywhere
async def test_a_sentence_is_labelled_and_taken_back_without_a_script(operator: Browser) -> None:
    await heard("小本本咋弄", 2)
    page = await operator.get("/understanding")
    assert "小本本咋弄" in page
    assert "没听懂" in page
    assert "新生儿出生" in page
    page = await operator.post("/understanding/label", None, key=keys(page)[0], intent=BABY, why="missed")
    assert "1 句话记成了“新生儿出生”" in page
    assert await labelled() == [("小本本咋弄", BABY, "")]
    token = re.search(r'name="what" value="(label:[\w-]+)"', page)
    assert token
    page = await operator.post("/understanding/undo", None, what=token[1])
    assert "已撤销" in page
    assert "小本本咋弄" in page
    assert await labelled() == []
    acts = await AuditEvent.filter(action__startswith="understanding").order_by("id")
    assert [one.action for one in acts] == ["understanding.labelled", "understanding.undone"]
    assert all(one.actor.startswith("staff:") for one in acts)


async def test_near_duplicates_are_labelled_together_unless_unticked(operator: Browser) -> None:
    for text in ("孩子的出生证去哪里办", "孩子出生证去哪里办啊", "孩子的出生证到哪里办"):
        await heard(text)
    found = keys(await operator.get("/understanding"))
    assert len(found) == 3
    pairs = [("csrf", operator.csrf), ("intent", BABY), *(("key", key) for key in found[:2])]
    await operator.send("/understanding/label", pairs)
    assert len(await labelled()) == 2
    assert len(keys(await operator.get("/understanding"))) == 1


async def test_what_is_not_ours_gets_a_kind_and_a_wish(operator: Browser) -> None:
    await heard("护照咋办啊", band="out_of_scope", out_kind="other_service")
    assert "还没有起名" in await operator.get("/understanding/demand")
    key = keys(await operator.get("/understanding"))[0]
    await operator.post("/understanding/label", None, key=key, intent="out_of_scope.other_service", wish="办护照")
    assert await labelled() == [("护照咋办啊", "out_of_scope.other_service", "办护照")]
    page = await operator.get("/understanding/demand")
    assert "办护照" in page
    assert "还没有起名" not in page


@pytest.mark.parametrize(("name", "said"), [
    ("新生儿出生", ""), ("新生儿", ""), ("企业", "名称里有“企业”的事不止一件"),
    ("造火箭", "没有叫“造火箭”的事"), ("", "还没有选"),
])
async def test_any_one_thing_is_found_by_its_name(operator: Browser, name: str, said: str) -> None:
    await heard("小本本咋弄")
    key = keys(await operator.get("/understanding"))[0]
    page = await operator.post("/understanding/label", None, key=key, other=name)
    if said:
        assert operator.status == 422
        assert said in page
        assert await labelled() == []
    else:
        assert await labelled() == [("小本本咋弄", BABY, "")]


async def test_a_contradiction_is_refused_and_says_which_sentence_and_where(operator: Browser) -> None:
    text = "崽崽该背书包啦走哪个衙门"
    await heard(text)
    await Label.create(text=f"{text}呀", key="k", intent=SCHOOL, by="s", by_name="王", at=now(), batch=uuid4())
    key = keys(await operator.get("/understanding"))[0]
    page = await operator.post("/understanding/label", None, key=key, intent=BABY)
    assert operator.status == 409
    assert "已经算作“教育入学”（在已标注的话）" in page
    assert "一句话只能是一个意思" in page
    assert 'name="sure"' not in page, "a contradiction cannot be overruled"
    assert len(await labelled()) == 1


async def test_what_is_nearly_the_same_may_be_kept_after_a_look(operator: Browser) -> None:
    await heard("我要给孩子报名上小学一年级了")
    text = "我要给孩子报名上小学一年级吗要"
    await Label.create(text=text, key="k", intent=SCHOOL, by="s", by_name="王", at=now(), batch=uuid4())
    key = keys(await operator.get("/understanding"))[0]
    page = await operator.post("/understanding/label", None, key=key, intent=BABY)
    assert operator.status == 409
    assert "几乎一样" in page
    assert "看过了，就标成“新生儿出生”" in page
    await operator.post("/understanding/label", None, key=key, sure=BABY)
    assert (await labelled())[-1][:2] == ("我要给孩子报名上小学一年级了", BABY)


async def test_skipping_leaves_a_sentence_out_until_it_is_undone(operator: Browser) -> None:
    await heard("啊啊呀呀呀")
    key = keys(await operator.get("/understanding"))[0]
    page = await operator.post("/understanding/skip", None, key=key)
    assert "已跳过" in page
    assert "没有要标注的话" in page
    page = await operator.post("/understanding/undo", None, what=f"skip:{key}")
    assert "啊啊呀呀呀" in page


async def test_a_sentence_is_written_by_hand_under_the_same_checks(operator: Browser) -> None:
    await operator.get("/understanding/labels")
    page = await operator.post("/understanding/write", None, text="我叫陈一民，娃要落户", other="新生儿出生")
    assert operator.status == 409
    assert "像有姓名" in page
    assert "请改成不带这些的说法" in page
    assert "跳过" not in page
    page = await operator.post("/understanding/write", None, text="要变更一下", other="企业")
    assert re.search(r'<option value="\w+">企业', page)
    page = await operator.post("/understanding/write", None, text="娃要落户，跑哪儿呀这是", other="新生儿出生")
    assert "1 句话记成了“新生儿出生”" in page
    assert "娃要落户，跑哪儿呀这是" in page
    assert (await labelled())[0][:2] == ("娃要落户，跑哪儿呀这是", BABY)


@pytest.mark.parametrize("login", ["reviewer", "supervisor", "admin"])
async def test_nobody_but_operators_sees_what_citizens_asked(browser: Browser, login: str) -> None:
    await heard("小本本咋弄")
    await browser.sign_in(login)
    for path in ("", "/why?key=x", "/demand", "/labels"):
        assert "小本本" not in await browser.get(f"/understanding{path}")
        onward = path == "" and login != "reviewer"  # who publishes is led to the versions
        assert (browser.status, browser.url.endswith("/versions")) == (200 if onward else 403, onward)
    for path in ("label", "skip", "undo", "write"):
        await browser.post(f"/understanding/{path}", None, key="x")
        onward = path == "" and login != "reviewer"  # who publishes is led to the versions
        assert (browser.status, browser.url.endswith("/versions")) == (200 if onward else 403, onward)
    assert await Heard.filter(state="new").count() == 1


async def test_programs_get_json_and_the_same_refusals(operator: Browser) -> None:
    await heard("小本本咋弄", 3)

    async def ask(method: str, path: str, **fields: Any) -> tuple[int, Any]:
        address = f"/console/understanding{path}"
        answer = await operator.client.request(method, address, headers=JSON, data=fields or None)
        return answer.status, await answer.json(content_type=None)

    status, told = await ask("GET", "")
    one = told["queue"][0]
    assert (status, one["text"], one["count"], one["reasons"]) == (200, "小本本咋弄", 3, ["unknown"])
    assert one["suggestions"][0] == {"intent": BABY, "title": "新生儿出生", "percent": 30, "taken": False}
    assert (await ask("POST", "/label", csrf=told["csrf"], key=one["key"], intent="nonsense"))[0] == 422
    status, done = await ask("POST", "/label", csrf=told["csrf"], key=one["key"], intent=BABY)
    assert status == 200
    assert done["done"].startswith("label:")
    assert (await ask("GET", "/labels"))[1]["labels"][0]["texts"] == ["小本本咋弄"]
    status, twice = await ask("POST", "/label", csrf=told["csrf"], key=one["key"], intent=BABY)
    assert (status, twice["done"]) == (200, done["done"]), "a button pressed twice is no mistake"
    status, again = await ask("POST", "/label", csrf=told["csrf"], key=one["key"], intent=SCHOOL)
    assert (status, "已经由" in again["refused"]["wrong"]) == (409, True)
    assert await ask("POST", "/undo", csrf=told["csrf"], what=done["done"]) == (
        200, {"done": "", "undone": "1", "in_files": 0, "learned": None})
    assert (await ask("POST", "/undo", csrf=told["csrf"], what=done["done"]))[0] == 409, "it is undone already"
    for nothing in (f"label:{uuid4()}", "skip:notakey", "nonsense"):
        assert (await ask("POST", "/undo", csrf=told["csrf"], what=nothing))[0] == 404
    assert (await ask("POST", "/label", csrf="wrong", key=one["key"], intent=BABY))[1]["code"] == "form_outdated"
    assert (await ask("GET", "/demand"))[1]["demand"] == []


async def program(operator: Browser) -> tuple[str, Callable[..., Awaitable[tuple[int, Any]]]]:
    """The secret of forms, and a way of sending one and getting JSON."""

    async def send(path: str, **fields: Any) -> tuple[int, Any]:
        answer = await operator.client.post(f"/console/understanding{path}", headers=JSON, data=fields)
        return answer.status, await answer.json(content_type=None)

    told = await operator.client.get("/console/understanding", headers=JSON)
    return (await told.json())["csrf"], send


@pytest.mark.everywhere
async def test_two_who_label_at_once_do_not_contradict_each_other(operator: Browser) -> None:
    await heard("小本本咋弄")
    csrf, send = await program(operator)
    key = keys(await operator.get("/understanding"))[0]
    done = await asyncio.gather(*(send("/label", csrf=csrf, key=key, intent=intent) for intent in (BABY, SCHOOL)))
    assert sorted(status for status, _ in done) == [200, 409]
    done = await asyncio.gather(*(send("/write", csrf=csrf, text="崽崽该背书包啦走哪个衙门", other=intent)
                                  for intent in (BABY, SCHOOL)))
    assert sorted(status for status, _ in done) == [200, 409]
    assert len(await labelled()) == 2


async def test_a_program_that_writes_is_told_why_not(operator: Browser) -> None:
    csrf, send = await program(operator)
    status, told = await send("/write", csrf=csrf, text="我叫陈一民，娃要落户", other=BABY)
    assert (status, told["refused"]["may"]) == (409, False)
    assert told["refused"]["remarks"][0]["kind"] == "personal"
    assert told["refused"]["remarks"][0]["do"]
    assert (await send("/write", csrf=csrf, text="要变更一下", other="企业"))[1]["refused"]["named"]


async def test_a_wish_that_names_somebody_is_refused(operator: Browser) -> None:
    await heard("护照咋办啊")
    key = keys(await operator.get("/understanding"))[0]
    wish = {"intent": "out_of_scope.other_service", "wish": "办护照 13912345678 张伟"}
    page = await operator.post("/understanding/label", None, key=key, **wish)
    assert operator.status == 409
    assert "像有姓名、号码或地址" in page
    assert await labelled() == []


async def test_an_undo_says_what_stays_in_the_files(operator: Browser) -> None:
    await operator.get("/understanding/labels")
    await operator.post("/understanding/write", None, text="崽崽该背书包啦走哪个衙门", other=SCHOOL)
    await Label.all().update(exported_at=now())
    page = await operator.get("/understanding/labels")
    token = re.search(r'name="what" value="(label:[\w-]+)"', page)
    assert token
    page = await operator.post("/understanding/undo", None, what=token[1], **{"from": "labels"})
    assert "1 句已经写进学习资料的文件" in page
    assert await labelled() == []
    page = await operator.post("/understanding/undo", None, what=token[1], **{"from": "labels"})
    assert (operator.url, "已经撤销过了" in page) == ("/console/understanding/labels", True)


@pytest.fixture
async def explaining(desk: ConsoleDesk, understander: Understander) -> Any:
    server = TestServer(make_alone(replace(desk, recogniser=understander)))
    async with TestClient(server) as client:
        yield client


async def test_it_is_explained_why_a_sentence_was_read_so(explaining: Any) -> None:
    operator = Browser(explaining)
    await heard("孩子刚出生要办什么证")
    await operator.sign_in("operator")
    page = await operator.get("/understanding")
    path = re.search(r'/console(/understanding/why\?key=\w+)"', page)
    assert path
    page = await operator.get(path[1])
    assert "最像的例句" in page
    assert "新生儿出生" in page
    part = await operator.get(path[1], headers={"HX-Request": "true"})
    assert "<html" not in part
    assert "最像的例句" in part
    await operator.get("/understanding/why?key=nothing")
    assert operator.status == 404
