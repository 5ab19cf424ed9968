"""How like a sentence is to what was taught: the nearest of either side, and never itself where it is held out."""

from __future__ import annotations

import numpy as np
import pytest

from nlu.engines.local.likeness import Likeness, best_of_ours, held_out
from nlu.engines.local.meaning import meaning

OURS = ("想开个饭馆", "孩子出生上户口", "退休手续怎么办")
OTHERS = ("今天天气怎么样", "帮我订机票")
LABELS = np.array(["eat", "newborn", "retire", "out_of_scope.chitchat", "out_of_scope.other_service"])
MEANT = np.stack([meaning(text) for text in OURS + OTHERS])


@pytest.fixture(scope="module")
def likeness() -> Likeness:
    return Likeness.of(MEANT, LABELS.tolist())


def test_an_example_is_most_like_itself(likeness: Likeness) -> None:
    for text, label in zip(OURS, LABELS, strict=False):
        assert likeness.to(meaning(text), label).ours == pytest.approx(1.0, abs=2e-3)
    for text in OTHERS:
        assert likeness.to(meaning(text), "eat").others == pytest.approx(1.0, abs=2e-3)


@pytest.mark.parametrize(("text", "best", "ours"), [
    ("开家餐厅", "eat", True), ("娃生了落户口", "newborn", True), ("明天天气热吗", "retire", False),
])
def test_other_words_for_the_same_lie_on_its_side(likeness: Likeness, text: str, best: str, ours: bool) -> None:
    found = likeness.to(meaning(text), best)
    assert (found.ours > found.others) == ours


def test_a_side_without_examples_is_like_nothing() -> None:
    ours = Likeness.of(MEANT[:3], LABELS[:3].tolist())
    assert ours.to(meaning("天气"), "eat").others == 0.0
    assert ours.to(meaning("退休"), "unheard").ours == 0.0


def test_what_is_held_out_is_compared_with_the_other_folds_alone() -> None:
    twice, labels = np.repeat(MEANT, 2, axis=0), np.repeat(LABELS, 2)
    apart = held_out(twice, labels, labels.tolist(), np.array([0, 1] * len(MEANT)))
    together = held_out(MEANT, LABELS, LABELS.tolist(), np.arange(len(MEANT)))
    assert apart[:6, 0] == pytest.approx(1.0, abs=2e-3)
    assert together[:3, 0].tolist() == [0.0] * 3


def test_words_that_nobody_knows_are_like_nothing(likeness: Likeness) -> None:
    assert likeness.to(meaning("🙂"), "eat") == (0.0, 0.0)


def test_the_best_of_ours_is_never_what_is_none_of_ours() -> None:
    margins = np.array([[0.1, 0.9, 0.2], [0.3, 0.9, 0.2]])
    assert best_of_ours(["eat", "out_of_scope.chitchat", "retire"], margins) == ["retire", "eat"]
    assert best_of_ours(["out_of_scope.chitchat"], margins[:, :1]) == ["", ""]
