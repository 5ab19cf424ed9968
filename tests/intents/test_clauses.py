import pytest

from intents.clauses import clauses, without_denied


def test_two_matters_are_parted() -> None:
    assert clauses("我要退休，另外我儿媳刚生了孩子要上户口") == ["我要退休", "我儿媳刚生了孩子要上户口"]


@pytest.mark.parametrize("text", ["开饭店", "我媳妇刚生了，要办啥手续"])
def test_one_matter_stays_whole(text: str) -> None:
    assert clauses(text) == [text]


def test_what_is_denied_is_left_out() -> None:
    assert "注销" not in without_denied("不是要注销，我是要开饭店")
    assert without_denied("还没有领证") == "还没有领证"
