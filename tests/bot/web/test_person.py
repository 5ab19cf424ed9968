"""A citizen asks for a person, and gets an answer from one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.house import House
from bot.news import News
from cases.actors import Staff
from cases.models import Task
from cases.talks.unanswered import look_after_talks
from core.clock import now, today
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
    assert str(task.says).splitlines()[-3:] == ["人工", "※ 新生儿出生", "请问派出所周六上班吗"]
    assert "我媳妇刚生了" in str(task.says)
    assert "※ 新生儿出生" in str(task.says)
    before = (await signed.get("/api/v1/messages?after=0"))["messages"][-1]["seq"]
    await house.cases.resolve_task(task.id, STAFF, "reply", "周六上午上班，九点到十二点。")
    await News(house.conversations).reply(str(task.id))
    await News(house.conversations).reply(str(task.id))
    told = (await signed.get(f"/api/v1/messages?after={before}"))["messages"]
    assert [one["role"] for one in told] == ["staff"]
    assert "周六上午上班" in told[0]["blocks"][0]["plain"]
    assert (await Task.get(id=task.id)).resolution == "replied"
    await signed.say("谢谢，那周日呢")
    assert [str(one.says) for one in await waiting()] == ["谢谢，那周日呢"]


async def test_while_a_person_has_the_word_the_bot_is_silent(signed: Person) -> None:
    await signed.say("我要退休")
    handed = await signed.say("人工")
    assert [one["type"] for one in handed["blocks"]] == ["hand_over"]
    for words in ("1", "我媳妇刚生了", "字" * 1500):
        assert (await signed.say(words, client_id=f"same-{len(words)}"))["blocks"] == []
    assert (await signed.say("1", client_id="same-1"))["blocks"] == []
    said = (await signed.get(f"/api/v1/messages?after={handed['seq']}"))["messages"]
    assert [one["role"] for one in said] == ["citizen"] * 3
    assert "机器人" not in str((await waiting())[0].says)
    pressed = await signed.press("act:progress")
    assert "工作人员在跟您说话" in pressed["blocks"][0]["plain"]
    assert "act:" not in str((await waiting())[0].says)
    assert (await signed.say("回到机器人"))["blocks"]
    assert await waiting() == []


@pytest.fixture
def told(house: House):
    """Everything that is to be told is told, and what was said after a number, to whom it was said."""
    async def tell(person: Person, after: int) -> list[str]:
        await look_after_talks(house.cases.tools.policy)
        async for task in Task.filter(kind="talk", state="done"):
            await News(house.conversations).reply(str(task.id))
        said = (await person.get(f"/api/v1/messages?after={after}"))["messages"]
        return [one["blocks"][0]["plain"] for one in said if one["role"] == "bot"]

    return tell


async def test_nobody_comes_and_the_citizen_is_told_once_for_each_wait(
    signed: Person, house: House, told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cases.talks.unanswered.at_work", lambda _: True)
    after = (await signed.say("人工"))["seq"]
    task, = await waiting()
    assert await told(signed, after) == []
    long_ago = {"waits_since": now() - timedelta(minutes=11)}
    await Task.filter(id=task.id).update(**long_ago)
    for _ in range(2):
        assert [words[:8] for words in await told(signed, after)] == ["对不起，工作人员"]
    await house.cases.claim_task(task.id, STAFF)
    assert len(await told(signed, after)) == 1
    await Task.filter(id=task.id).update(**long_ago)  # who took it went home
    assert len(await told(signed, after)) == 2
    assert [(one.state, one.assigned_to) for one in await waiting()] == [("open", "")]
    await Task.filter(id=task.id).update(due_on=today() - timedelta(days=1))
    last = (await told(signed, after))[-1]
    assert "12345" in last
    assert await waiting() == []
    assert (await signed.say("我要退休"))["blocks"]


async def test_at_night_nobody_is_told_that_nobody_comes(
    signed: Person, house: House, told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cases.talks.unanswered.at_work", lambda _: False)
    after = (await signed.say("人工"))["seq"]
    await Task.all().update(waits_since=now() - timedelta(hours=3))
    assert await told(signed, after) == []


async def test_who_signs_out_leaves_talks_to_others_and_a_forgotten_one_ends(
    signed: Person, house: House, told
) -> None:
    after = (await signed.say("人工"))["seq"]
    task, = await waiting()
    await house.cases.claim_task(task.id, STAFF)
    await house.cases.say_to(task.id, STAFF, "周六上午上班。")
    assert await house.cases.release_talks(STAFF) == 1
    assert [one.assigned_to for one in await waiting()] == [""]
    assert await told(signed, after) == []
    await Task.filter(resolution__in=["reply", "replied"]).update(created_at=now() - timedelta(hours=3))
    assert "接着由我来帮您" in (await told(signed, after))[0]
    assert await waiting() == []


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
    await News(house.conversations).reply(str(task.id))
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
        await News(house.conversations).reply(str(said.id))
    await signed.say("那周日呢")
    told = (await signed.get(f"/api/v1/messages?after={before}"))["messages"]
    assert [one["blocks"][0]["plain"] for one in told if one["role"] == "staff"] == [
        "工作人员：您好，请讲。", "工作人员：周六上午上班。"]
    held = await Task.get(id=task.id)
    assert held.state == "claimed"
    assert str(held.says).splitlines()[-3:] == ["» 您好，请讲。", "» 周六上午上班。", "那周日呢"]
    await house.cases.resolve_task(task.id, STAFF, "back")
    await News(house.conversations).reply(str(task.id))
    await News(house.conversations).reply(str(task.id))
    last = (await signed.get(f"/api/v1/messages?after={told[-1]['seq']}"))["messages"]
    assert [one["role"] for one in last] == ["bot"]
    assert "接着由我来帮您" in last[0]["blocks"][0]["plain"]
    await signed.say("我要退休")
    assert await waiting() == []
