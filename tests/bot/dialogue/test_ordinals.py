"""Which of the choices is meant."""

from __future__ import annotations

import pytest

from bot.dialogue.ordinals import every, place, places
from tests.bot.talk import begun


@pytest.mark.parametrize(("said", "count", "which"), [
    ("2", 3, 2), ("二", 3, 2), ("第二个", 3, 2), ("选2", 3, 2), ("我选第三个吧", 3, 3), ("2号", 3, 2),
    ("要第一个", 3, 1),
    ("最后一个", 4, 4), ("最下面那个", 4, 4), ("头一个", 4, 1), ("最上面的", 4, 1), ("后面那个", 2, 2),
    ("前面那个", 2, 1),
    ("前者", 2, 1), ("下面那个", 2, 2), ("倒数第二个", 4, 3), ("B", 3, 2), ("选c", 3, 3),
    ("后面那个", 3, None), ("第五个", 3, None), ("一个", 3, None), ("两个", 3, None),
    ("要一个", 3, None), ("0", 3, None),
    ("陈小满", 3, None), ("一般", 3, None), ("", 3, None),
])
def test_place(said: str, count: int, which: int | None) -> None:
    assert place(said, count) == which


def test_several_in_a_row_and_all_of_them() -> None:
    assert places("前两个", 3) == [1, 2]
    assert places("要后两个吧", 3) == [2, 3]
    assert places("前五个", 3) == []
    assert every("两个都要")
    assert not every("两个")


@pytest.mark.parametrize(("words", "chosen"), [
    ("前两个", ["vaccine", "chip"]), ("两个都要", ["vaccine", "chip"]), ("都要吧", ["vaccine", "chip"]),
    ("第一个和第二个", ["vaccine", "chip"]), ("第二个", ["chip"]), ("1、2", ["vaccine", "chip"]), ("都不要", ["none"]),
])
def test_several_are_chosen_by_number(words: str, chosen: list[str]) -> None:
    talk = begun()
    talk.say("家里")
    talk.say(words)
    assert talk.draft.situations["extras"].value == chosen
