"""Names of people, however they are said: one table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.entities import find_entities

NAMES = [
    ("我姓陈叫小满", "陈小满"), ("姓陈，叫小满", "陈小满"), ("姓陈名小满", "陈小满"), ("孩子叫小满，姓陈", "陈小满"),
    ("孩子跟他妈姓李，叫小满", "李小满"), ("孩子跟他妈姓李，叫李小满", "李小满"), ("大名陈小满小名满满", "陈小满"),
    ("大名陈小满，小名满满", "陈小满"), ("单名一个满字，姓陈", "陈满"), ("姓陈，单名一个满字", "陈满"),
    ("名字陈小满", "陈小满"),
    ("陈小满，耳东陈", "陈小满"), ("叫陈小满，小学的小，圆满的满", "陈小满"), ("耳东陈，大小的小，满月的满", "陈小满"),
    ("陈小满，耳东陈，大小的小，圆满的满", "陈小满"), ("李小红，身份证330106199504080421", "李小红"),
    ("李小红 13800000102", "李小红"), ("陈小满（女）", "陈小满"), ("陈小满 女 2026年3月5日", "陈小满"),
    ("是李小红", "李小红"),
    ("李小红是我媳妇", "李小红"), ("叫陈小满，曾用名李红", "陈小满"), ("叫欧阳若水", "欧阳若水"),
    ("姓欧阳，叫若水", "欧阳若水"),
    ("叫陈李小满", "陈李小满"), ("我叫陈小满，不是陈小曼", "陈小满"), ("房东王大锤13900000000", "王大锤"),
    ("叫陈𬍛", "陈𬍛"), ("叫王㛃", "王㛃"), ("我叫李𬍛㛃，电话13800001234", "李𬍛㛃"),
    ("叫买买提·艾力电话13800001234", "买买提·艾力"), ("我老公买买提·艾力，13800001234", "买买提·艾力"),
    ("户主：阿卜杜拉•艾合买提", "阿卜杜拉·艾合买提"), ("叫阿依古丽", "阿依古丽"), ("叫阿卜杜热合曼", "阿卜杜热合曼"),
    ("我叫扎西顿珠，藏族", "扎西顿珠"), ("叫扎西", "扎西"), ("叫Anna", "Anna"),
    ("我的名字是 Nguyen Thi Lan，越南人", "Nguyen Thi Lan"),
]
NONE = [
    "不是陈小满", "小名叫满满", "小名叫张满", "曾用名李红", "陈小满，弓长张", "我姓陈", "姓什么", "叫阿姨来", "叫努力",
    "名字还没起",
    "名字应该怎么填", "名字可以改吗", "方便13800001234联系", "高兴，电话13800001234", "黄河路，电话13800001234",
    "他说的都是我的人", "孩子叫小满", "单位电话13800001234", "要APP", "叫APP",
]
PIECES = st.sampled_from([
    "姓", "陈", "，", "叫", "小满", "耳东陈", "大小的小", "单名一个", "字", "的", "·", "买买提", "𬍛", "㛃", "是我媳妇",
    "小名", "大名",
    "阿", "扎西", "Nguyen", " ", "13800001234", "身份证", "跟他妈姓", "户口跟他妈", "\u0000", "（女）", "李小红",
])


def names(text: str) -> list[str]:
    return [one.value for one in find_entities(text) if one.kind == "name"]


@pytest.mark.parametrize(("said", "name"), NAMES)
def test_names(said: str, name: str) -> None:
    assert names(said) == [name]


@pytest.mark.parametrize("said", NONE)
def test_no_names(said: str) -> None:
    assert names(said) == []


def test_how_a_name_is_spelt_is_nothing_else() -> None:
    assert [one.kind for one in find_entities("耳东陈，大小的小，满月的满")] == ["name"]


@given(st.lists(PIECES, max_size=30).map("".join))
def test_what_is_found_is_what_is_written(text: str) -> None:
    before = 0
    for one in find_entities(text):
        assert one.text == text[one.start:one.end]
        assert one.value
        assert before <= one.start < one.end <= len(text)
        assert len(one.value) <= len(text)
        before = one.end


LONG = ["姓陈叫", "耳东陈，大小的小，", "买买提·", "叫陈", "跟他妈姓", "李小红是我", "的小", "孩子他", "A "]


@pytest.mark.parametrize("piece", LONG)
def test_a_long_row_of_one_thing_is_read_to_its_end(piece: str) -> None:
    assert all(one.end <= 1000 for one in find_entities(piece * 5000))
