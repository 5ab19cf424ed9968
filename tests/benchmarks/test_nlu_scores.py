"""The numbers by which recognisers are compared."""

from __future__ import annotations

import pytest

from benchmarks.nlu import scores
from benchmarks.nlu.tasks import OUTSIDE, examples, few

SURE, HALF, UNSURE = [("a", 0.9), ("b", 0.1)], [("b", 0.5), ("a", 0.4)], [("a", 0.2), ("b", 0.1)]


def test_shares_of_a_reading() -> None:
    told = scores.of(["a", "a", "b", OUTSIDE], [SURE, HALF, HALF, UNSURE])
    assert (told.right, told.among_three) == (pytest.approx(2 / 3), 1.0)
    assert (told.auroc, told.refused, told.accepted) == (1.0, 1.0, 0.0)


def test_kinds_out_of_scope_are_no_answer_of_ours() -> None:
    told = scores.of(["a", OUTSIDE], [[("out_of_scope.x", 0.6), ("a", 0.4)], [("out_of_scope.x", 0.9), ("a", 0.1)]])
    assert (told.right, told.auroc) == (1.0, 1.0)


@pytest.mark.parametrize(("known", "beyond", "area"), [
    ([0.9, 0.8], [0.1, 0.2], 1.0), ([0.1], [0.9], 0.0), ([0.5], [0.5], 0.5), ([0.9, 0.3], [0.5], 0.5),
])
def test_the_area_under_the_curve(known: list[float], beyond: list[float], area: float) -> None:
    assert scores.auroc(known, beyond) == pytest.approx(area)


def test_a_threshold_is_picked_where_it_is_right_most_often() -> None:
    tune, read = [("", "a"), ("", OUTSIDE), ("", OUTSIDE)], [SURE, UNSURE, UNSURE]
    found = scores.by_threshold(tune, read, [("", "a"), ("", "b"), ("", OUTSIDE)], [SURE, HALF, UNSURE])
    assert found[:2] == (0.5, 1.0)


def test_nothing_is_refused_where_refusing_only_loses() -> None:
    tune = [("", "a"), ("", "a")]
    assert scores.by_threshold(tune, [SURE, UNSURE], tune, [SURE, UNSURE])[:2] == (1.0, 0.0)


def test_as_much_is_refused_as_leaves_so_many_right() -> None:
    """92 of 100 must stay right: the eight that are least sure may go, and what is outside goes with them."""
    tune = [("", "a")] * 100 + [("", OUTSIDE)]
    read = [[("a", 1 - place / 1000)] for place in range(100)] + [[("a", 0.905)]]
    *_, right, refused = scores.by_threshold(tune, read, tune, read)
    assert (right, refused) == (0.92, 1.0)
    wrong = [[("b", 1.0)]] * 100 + [[("a", 0.1)]]
    assert scores.by_threshold(tune, wrong, tune, wrong)[2:] == (0.0, 0.0)


def test_few_are_dealt_the_same_every_time() -> None:
    pairs = [(f"{label}{number}", label) for label in "ab" for number in range(9)]
    assert few(pairs, 3) == few(pairs, 3)
    assert {label: len(texts) for label, texts in examples(few(pairs, 3)).by_intent.items()} == {"a": 3, "b": 3}
