"""A citizen asks for a person, and gets an answer from one."""

from __future__ import annotations

from typing import Any

import pytest

from bot.house import House
from cases.actors import Staff
from cases.models import Task
from core.errors import NotNow
from tests.bot.web.conftest import Person

STAFF = Staff(id="s1", name="周审核", role="reviewer", department="", region="330106")


async def waiting() -> list[Task]:
    return await Task.filter(kind="talk", state="open")


async def test_what_was_said_waits_in_the_queue_and_the_answer_comes_back(signed: Person, house: House) -> None:
    await signed.say("我媳妇刚生了")
    await signed.say("人工")
    await signed.say("请问派出所周六上班吗")
    task, = await waiting()
    assert (task.region, task.state) == ("330106", "open")
    assert str(task.says).splitlines()[-2:] == ["人工", "请问派出所周六上班吗"]
    assert "我媳妇刚生了" in str(task.says)
    before = (await signed.get("/api/v1/messages?after=0"))["messages"][-1]["seq"]
    await house.cases.resolve_task(task.id, STAFF, "reply", "周六上午上班，九点到十二点。")
    await house.conversations.reply(str(task.id))
    await house.conversations.reply(str(task.id))
    told = (await signed.get(f"/api/v1/messages?after={before}"))["messages"]
    assert [one["role"] for one in told] == ["staff"]
    assert "周六上午上班" in told[0]["blocks"][0]["plain"]
    assert (await Task.get(id=task.id)).resolution == "replied"
    await signed.say("谢谢，那周日呢")
    assert [str(one.says) for one in await waiting()] == ["谢谢，那周日呢"]


async def test_going_on_alone_leaves_nothing_in_the_queue(signed: Person) -> None:
    await signed.say("人工")
    await signed.say("不等了，我自己办")
    assert await waiting() == []
    assert [one.says async for one in Task.filter(kind="talk")] == [None]


async def test_a_reply_needs_words_and_is_nudged_until_it_is_told(
    signed: Person, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, dict[str, Any]]] = []

    async def ask(name: str, **arguments: Any) -> None:
        asked.append((name, arguments))

    monkeypatch.setattr(house.cases.tools.jobs, "ask", ask)
    await signed.say("人工")
    task, = await waiting()
    with pytest.raises(NotNow):
        await house.cases.resolve_task(task.id, STAFF, "reply", " ")
    await house.cases.resolve_task(task.id, STAFF, "reply", "请带户口本。")
    await house.cases.sweep()
    assert asked.count(("reply", {"task_id": str(task.id)})) == 2
    await house.conversations.reply(str(task.id))
    asked.clear()
    await house.cases.sweep()
    assert "reply" not in [name for name, _ in asked]


async def test_forgetting_a_citizen_empties_what_they_said_to_a_person(signed: Person) -> None:
    await signed.say("人工")
    await signed.ask("DELETE", "/api/v1/me")
    assert [(one.state, one.says) async for one in Task.filter(kind="talk")] == [("cancelled", None)]


async def test_a_person_answers_as_often_as_needed_and_gives_the_talk_back(signed: Person, house: House) -> None:
    await signed.say("人工")
    task, = await waiting()
    with pytest.raises(NotNow):
        await house.cases.say_to(task.id, STAFF, "我还没接")
    await house.cases.claim_task(task.id, STAFF)
    before = (await signed.get("/api/v1/messages?after=0"))["messages"][-1]["seq"]
    for words in ("您好，请讲。", "周六上午上班。"):
        await house.cases.say_to(task.id, STAFF, words)
        said = await Task.filter(kind="talk", resolution="reply").order_by("-created_at").first()
        await house.conversations.reply(str(said.id))
    await signed.say("那周日呢")
    told = (await signed.get(f"/api/v1/messages?after={before}"))["messages"]
    assert [one["blocks"][0]["plain"] for one in told if one["role"] == "staff"] == [
        "工作人员：您好，请讲。", "工作人员：周六上午上班。"]
    held = await Task.get(id=task.id)
    assert held.state == "claimed"
    assert str(held.says).splitlines()[-3:] == ["» 您好，请讲。", "» 周六上午上班。", "那周日呢"]
    await house.cases.resolve_task(task.id, STAFF, "back")
    await house.conversations.reply(str(task.id))
    await house.conversations.reply(str(task.id))
    last = (await signed.get(f"/api/v1/messages?after={told[-1]['seq']}"))["messages"]
    assert [one["role"] for one in last] == ["bot"]
    assert "接着由我来帮您" in last[0]["blocks"][0]["plain"]
    await signed.say("我要退休")
    assert await waiting() == []
