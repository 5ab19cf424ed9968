"""What asks in a message, and what only tells."""

from __future__ import annotations

import pytest

from nlu.scope import ASKED, DENIED, DONE, asked, parts, told


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


@pytest.mark.parametrize("text", [
    "不要注销", "我不要社保卡", "不是退休", "别给我推退休的", "我不想退休", "不想注销公司了", "不要给我办退休",
    "不是要办社保卡", "不用报名了", "我没生孩子",
    "不是注销也不是变更", "没想注销", "不需要办残疾证", "我不办退休", "不开饭店", "社保卡不用办了",
])
def test_what_is_only_refused_asks_for_nothing(text: str) -> None:
    assert told(text) == DENIED
    assert asked(text) == ""
    assert [part.weight for part in parts(text)] == [ASKED], "engines read it as it was written"


@pytest.mark.parametrize("text", [
    "社保卡办好了", "公司已经注销了", "退休我已经办完了", "我已经退休了", "低保办下来了", "过户办完了",
])
def test_what_is_done_is_told_from_what_is_asked(text: str) -> None:
    assert told(text) == DONE


@pytest.mark.parametrize("text", [
    "公司不要了", "残疾证我不想要了,注销", "孩子户口还没上", "身份证没带能办退休吗", "是不是要注销", "不办会怎样",
    "不要公司了", "不想要残疾证了",
    "不开了要注销", "店不开了", "不开店了", "没社保卡", "还没办退休", "不用去现场办社保卡", "不会办退休",
    "不动产登记", "别人的房子过户给我", "不要注销?",
    "不是本地户口孩子上学", "不办退休行吗", "我社保卡已经丢了", "爸爸已经去世了", "孩子已经出生了",
    "帮我把社保卡办了", "毕业了", "",
    "没说要注销,就是搬个地方",
])
def test_giving_up_lacking_and_asking_are_requests(text: str) -> None:
    assert told(text) == ASKED
