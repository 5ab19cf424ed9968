"""How like a sentence is to what was taught: the nearest of either side, and never itself where it is held out."""

from __future__ import annotations

import numpy as np
import pytest

from nlu.engines.local.likeness import Likeness, held_out
from nlu.engines.local.meaning import meaning

OURS = ("想开个饭馆", "孩子出生上户口", "退休手续怎么办")
OTHERS = ("今天天气怎么样", "帮我订机票")
MEANT = np.stack([meaning(text) for text in OURS + OTHERS])
INSIDE = np.array([True] * len(OURS) + [False] * len(OTHERS))


@pytest.fixture(scope="module")
def likeness() -> Likeness:
    return Likeness.of(MEANT, INSIDE)


def test_an_example_is_most_like_itself(likeness: Likeness) -> None:
    for text in OURS:
        assert likeness.to(meaning(text)).ours == pytest.approx(1.0, abs=2e-3)
    for text in OTHERS:
        assert likeness.to(meaning(text)).others == pytest.approx(1.0, abs=2e-3)


@pytest.mark.parametrize(("text", "ours"), [("开家餐厅", True), ("娃生了落户口", True), ("明天天气热吗", False)])
def test_other_words_for_the_same_lie_on_its_side(likeness: Likeness, text: str, ours: bool) -> None:
    found = likeness.to(meaning(text))
    assert (found.ours > found.others) == ours


def test_a_side_without_examples_is_like_nothing() -> None:
    assert Likeness.of(MEANT[:3], INSIDE[:3]).to(meaning("天气")).others == 0.0
    assert Likeness.of(MEANT[3:], INSIDE[3:]).to(meaning("退休")).ours == 0.0


def test_what_is_held_out_is_compared_with_the_other_folds_alone() -> None:
    twice, inside = np.concatenate((MEANT, MEANT)), np.concatenate((INSIDE, INSIDE))
    apart = held_out(twice, inside, np.repeat([0, 1], len(MEANT)))
    together = held_out(MEANT, INSIDE, np.arange(len(MEANT)))
    assert apart[INSIDE.nonzero()[0], 0] == pytest.approx(1.0, abs=2e-3)
    assert (together[INSIDE, 0] < 0.99).all()


def test_words_that_nobody_knows_are_like_nothing(likeness: Likeness) -> None:
    assert likeness.to(meaning("🙂")) == (0.0, 0.0)
