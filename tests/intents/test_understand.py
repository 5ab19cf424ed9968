"""What the recogniser says of words that are no request at all."""

from __future__ import annotations

import pytest

from intents.understand import Understander


@pytest.mark.parametrize("text", ["陈一民", "自己取", "不知道", "随我", "证", "可以的你查吧"])
async def test_a_name_or_a_short_answer_is_no_complaint(understander: Understander, text: str) -> None:
    assert (await understander.hear(text)).band != "out_of_scope"


@pytest.mark.parametrize(("text", "kind"), [
    ("你们态度太差了", "complaint"), ("这个系统真垃圾", "complaint"), ("护照怎么办", "other_service"),
    ("今天天气怎么样", "chitchat"), ("驾照换证", "other_service"),
])
async def test_what_is_beyond_us_is_still_heard(understander: Understander, text: str, kind: str) -> None:
    assert (await understander.hear(text)).out_kind == kind
