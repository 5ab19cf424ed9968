"""Pinyin and initials of known words become the characters they stand for; other letters stay."""

from __future__ import annotations

import pytest

from nlu.normalise import normalise
from nlu.spelling import spelled


@pytest.mark.parametrize(("typed", "meant"), [
    ("wo yao tuixiu", "我要退休"), ("kai fandian", "开饭店"), ("woyaokaibianlidian", "我要开便利店"),
    ("办yyzz要什么", "办营业执照要什么"), ("sbk丢了zm补", "社保卡丢了怎么补"), ("gs zx", "公司注销"),
    ("Fcz补办", "房产证补办"),
])
def test_letters_become_words(typed: str, meant: str) -> None:
    assert normalise(typed) == meant


@pytest.mark.parametrize("text", [
    "can you tell me", "hello", "开ktv", "wifi密码", "asdfghjkl", "a@zx.cn", "abc123zx", "see yyzz.cn", "",
])
def test_what_is_no_known_word_stays(text: str) -> None:
    assert spelled(text) == text
