import pytest

from nlu.pinyin import sound, split, syllables, without_pinyin


def test_homophones_and_pinyin_sound_alike() -> None:
    assert syllables("退休") == syllables("退修") == syllables("tuixiu")
    assert syllables("诊所") == ["zen", "suo"]
    assert sound("龙") == sound("侬")


@pytest.mark.parametrize(("letters", "cut"), [
    ("shebaoka", ("she", "bao", "ka")), ("xian", ("xian",)), ("hukou", ("hu", "kou")), ("lvyou", ("lv", "you")),
    ("hello", ()), ("sb", ()), ("qwrt", ()),
])
def test_letters_are_cut_into_the_fewest_syllables(letters: str, cut: tuple[str, ...]) -> None:
    assert split(letters) == cut


def test_what_is_no_pinyin_is_spelled_and_numbers_are_one() -> None:
    assert syllables("交15年sb")[1:] == ["#", "nian", "~s", "~b"]
    assert syllables("123 456") == ["#", "#"]


def test_pinyin_letters_are_taken_out_and_others_left() -> None:
    assert without_pinyin("我要ban户口") == "我要 户口"
    assert without_pinyin("ktv许可") == "ktv许可"
