import pytest

from nlu.normalise import LONGEST, clean, has_words, normalise
from tests.personal import NOT_PERSONAL, PERSONAL


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("我媳婦剛生了，要辦啥手續", "我媳妇刚生了,要办啥手续"),
        ("我不瞭解，想回覆一下", "我不了解,想回复一下"),
        ("ＡＢＣ　１２３", "abc 123"),
        ("上\u200b户\u200d口", "上户口"),
        ("嗯嗯，那个啥，想问下怎么退休", "怎么退休"),
        ("你好", "你好"),
        ("我 要 退 休", "我要退休"),
        ("哈哈哈哈哈哈哈哈", "哈哈"),
    ],
)
def test_two_spellings_become_one(typed: str, read: str) -> None:
    assert normalise(typed) == read


def test_personal_data_becomes_words() -> None:
    plain = normalise("我是330106199001011234，电话138 0000 1234，卡6222020000000000000")
    assert "证件号" in plain
    assert "手机号" in plain
    assert not any(char.isdigit() for char in plain)


@pytest.mark.parametrize(("said", "read"), PERSONAL)
def test_no_number_of_a_person_is_read(said: str, read: str) -> None:
    assert normalise(f"我要退休，{said}，怎么办") == normalise(f"我要退休,{read.lower()},怎么办")
    assert not any(char.isdigit() for char in normalise(said))


@pytest.mark.parametrize("said", NOT_PERSONAL)
def test_numbers_that_say_what_is_meant_are_read(said: str) -> None:
    assert normalise(said) == said


def test_control_characters_and_length_are_cut() -> None:
    assert clean("a\x00b\x1bc\u202ed") == "a b cd"
    assert len(clean("好" * 10_000)) == LONGEST


@pytest.mark.parametrize(("text", "words"), [("上户口", True), ("???", False), ("12345", False), ("tui xiu", True)])
def test_words_are_told_from_noise(text: str, words: bool) -> None:
    assert has_words(text) is words
