import pytest

from intents.clauses import asks_all, clauses, goes_on, joined, wished


def test_two_matters_are_parted() -> None:
    assert clauses("我要退休，另外我儿媳刚生了孩子要上户口") == ["我要退休", "另外我儿媳刚生了孩子要上户口"]
    assert clauses("我想退休还有我家房子要过户") == ["我想退休", "还有我家房子要过户"]


@pytest.mark.parametrize("text", ["开饭店", "", "怎么办"])
def test_one_matter_stays_whole(text: str) -> None:
    assert clauses(text) == [text]


def test_what_is_denied_or_done_is_no_matter() -> None:
    assert clauses("不是要注销，我是要开饭店") == ["我是要开饭店"]
    assert clauses("过户办好了，现在要给孩子报名") == ["现在要给孩子报名"]
    assert clauses("还没有领证") == ["还没有领证"]


def test_a_part_that_only_tells_asks_nothing() -> None:
    assert wished("另外社保卡怎么补")
    assert not wished("我在厂里干了十年")
    assert joined("还有社保卡也丢了")
    assert not joined("社保卡也丢了")


def test_a_long_story_has_so_many_parts_and_no_more() -> None:
    assert len(clauses("，".join(["我想问一件事情"] * 200))) == 8


def test_what_is_wanted_too_stays_with_its_name() -> None:
    assert clauses("我要过户，施工许可也要弄") == ["我要过户", "施工许可也要弄"]
    assert joined("煤气也要重新开")
    assert not joined("我也知道")


def test_one_question_may_be_about_all_that_was_told() -> None:
    assert asks_all("都怎么弄")
    assert asks_all("两边的证怎么办")
    assert not asks_all("怎么办")


def test_what_comes_after_something_else_makes_that_a_matter() -> None:
    assert goes_on("改完要开合规证明")
    assert not goes_on("改完了")
