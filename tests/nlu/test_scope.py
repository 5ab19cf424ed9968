"""What asks in a message, and what only tells."""

from __future__ import annotations

import pytest

from nlu.scope import asked, parts


@pytest.mark.parametrize(("text", "heart"), [
    ("过户完了,现在要报名", "现在要报名"),
    ("二手房过户完了现在孩子要报名上小学", "现在孩子要报名上小学"),
    ("不是注销是变更", "是变更"),
    ("公司不注销,只换个法人", "只换个法人"),
    ("社保卡刚办好,接下来想开家公司", "接下来想开家公司"),
    ("饭店的证都办齐了,就差天然气", "就差天然气"),
    ("店也装修好了,员工也招了,就是饭店的证还没有", "就是饭店的证还没有"),
    ("水电都通到红线了,现在要办施工许可", "现在要办施工许可"),
])
def test_background_is_told_from_what_is_asked(text: str, heart: str) -> None:
    assert asked(text) == heart


@pytest.mark.parametrize("text", ["退休手续办好了没", "公司不要了", "我媳妇刚生了", "还没有领证", "怎么不给我办"])
def test_what_stands_alone_or_last_is_asked(text: str) -> None:
    assert asked(text) == text


@pytest.mark.parametrize("text", ["", ",,,", "😀", "x" * 3000])
def test_no_text_is_too_odd(text: str) -> None:
    assert "".join(part.text for part in parts(text)).replace(" ", "") == text.strip(",")
