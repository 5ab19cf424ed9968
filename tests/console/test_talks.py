"""The agent's chat page: take over, answer several times, choose an answer, give back."""

from __future__ import annotations

import pytest

from cases.models import Task
from cases.talks import wait_for_person


@pytest.fixture
async def task(service) -> Task:
    """Somebody waits."""
    await wait_for_person("citizen:c1", "330106", ["我媳妇刚生了", "※ 新生儿出生", "我的身份证 330106199307120316 行"])
    return await Task.get(kind="talk")


async def test_a_talk_is_taken_answered_and_given_back(reviewer, task: Task) -> None:
    await reviewer.get("/talks")
    for words in ("已经登录的人", "我的身份证", "等您回"):
        assert words in reviewer.text
    await reviewer.get(f"/talks/{task.id}")
    assert "我来答" in reviewer.text
    assert "正在办“新生儿出生”" in reviewer.text
    assert "330106199307120316" not in reviewer.text
    await reviewer.post(f"/talks/{task.id}/take")
    for words in ("您好，请讲。", "可以的。"):
        await reviewer.post(f"/talks/{task.id}/say", words=words)
        assert words in reviewer.text
    assert "等您回" not in reviewer.text
    assert "您最近答过" in reviewer.text
    await reviewer.get(f"/talks/{task.id}?use=0")
    assert ">可以的。</textarea>" in reviewer.text
    assert await Task.filter(kind="talk", resolution="reply").count() == 2
    await reviewer.post(f"/talks/{task.id}/back")
    assert "现在没有人在等" in reviewer.text
    assert (await Task.get(id=task.id)).resolution == "back"


async def test_who_did_not_take_it_cannot_answer(reviewer, task: Task) -> None:
    await reviewer.get(f"/talks/{task.id}")
    await reviewer.post(f"/talks/{task.id}/say", words="x")
    assert reviewer.status == 409
    assert await Task.filter(kind="talk").count() == 1
    await reviewer.post(f"/talks/{task.id}/back")
    assert reviewer.status == 409
    await reviewer.get("/talks/nothing")
    assert reviewer.status == 404


async def test_the_page_refreshes_in_parts(reviewer, task: Task) -> None:
    for part, holds, not_in in (("queue", 'id="queue"', 'id="lines"'), ("lines", 'id="lines"', 'id="queue"')):
        async with reviewer.client.get(
            f"/console/talks/{task.id}?part={part}", headers={"HX-Request": "true"}
        ) as answer:
            text = await answer.text()
        assert holds in text
        assert not_in not in text
        assert "<html" not in text
