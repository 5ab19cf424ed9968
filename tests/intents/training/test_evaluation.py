"""The measures, on answers whose figures can be counted by hand."""

from __future__ import annotations

import pytest

from intents.training.comparing import changes, moved
from intents.training.dealing import near_groups, parts
from intents.training.evaluation import measured
from intents.training.keys import key_of
from intents.training.reading import OUTSIDE, Answer
from nlu.training_data import Examples


def answer(truth: str, best: str, score: float, band: str = "act", text: str = "x") -> Answer:
    return Answer(text=text, truth=truth, best=best, three=(best, "third"), score=score, band=band)


ANSWERS = [
    *(answer("a", "a", 0.95) for _ in range(8)), answer("a", "b", 0.65), answer("a", "a", 0.35, "unknown"),
    *(answer("b", "b", 0.85) for _ in range(10)),
    answer(OUTSIDE, "a", 0.75), answer(OUTSIDE, "a", 0.15, "unknown"), answer(OUTSIDE, "b", 0.05, "out_of_scope"),
    answer(OUTSIDE, "b", 0.99),
]


def test_what_is_counted() -> None:
    report = measured(ANSWERS)
    assert report is not None
    assert (report.sentences, report.outside) == (24, 4)
    assert report.accuracy == pytest.approx((8 + 10 + 2) / 24)
    assert report.first == pytest.approx(19 / 20)
    assert report.refused == pytest.approx(1 / 20)
    a, b, out = (report.by_intent[name] for name in ("a", "b", OUTSIDE))
    assert (a.recall, a.precision) == (pytest.approx(0.8), pytest.approx(8 / 9))
    assert (b.recall, b.precision) == (1.0, pytest.approx(10 / 12))
    assert a.f1 == pytest.approx(2 * a.recall * a.precision / (a.recall + a.precision))
    assert (out.recall, out.precision) == (0.5, pytest.approx(2 / 3))
    assert set(report.confused) == {(OUTSIDE, "a", 1), (OUTSIDE, "b", 1), ("a", "b", 1), ("a", OUTSIDE, 1)}


def test_out_of_scope_is_accepted_at_the_confidence_that_keeps_nine_of_ten() -> None:
    report = measured(ANSWERS)
    assert report is not None
    assert report.threshold == 0.85  # 18 of the 20 that are ours stand at it or above
    assert report.accepted == pytest.approx(1 / 4)


def test_calibration_is_the_mean_distance_from_what_is_right() -> None:
    sure, half = [answer("a", "a", 0.9)] * 9 + [answer("a", "b", 0.9)], [answer("a", "a", 0.5), answer("a", "b", 0.5)]
    report = measured([*sure, *half])
    assert report is not None
    assert report.error == pytest.approx(0.0)
    report = measured([answer("a", "b", 0.8)] * 4)
    assert report is not None
    assert report.error == pytest.approx(0.8)
    assert [(one.right, one.wrong, one.count) for one in report.bins][8] == (0, 4, 4)


def test_nothing_known_is_no_report() -> None:
    assert measured([]) is None
    assert measured([answer("", "a", 0.5)]) is None


def test_answers_that_change_are_better_worse_or_other() -> None:
    before = [answer("a", "a", 0.9, text="1"), answer("a", "b", 0.9, text="2"), answer("", "a", 0.9, text="3"),
              answer("a", "a", 0.9, text="4")]
    after = [answer("a", "b", 0.9, text="1"), answer("a", "a", 0.9, text="2"), answer("", "b", 0.9, text="3"),
             answer("a", "a", 0.5, text="4")]
    assert [(one.text, one.turn) for one in changes(before, after, "golden")] == [
        ("1", "worse"), ("3", "other"), ("2", "better")]


def test_intents_that_fell_come_first() -> None:
    before, after = measured(ANSWERS), measured([*ANSWERS[:8], *(answer("b", "a", 0.9) for _ in range(10))])
    first = moved(before, after)[0]
    assert (first.intent, first.fell) == ("b", 1.0)


def test_what_reads_the_same_lies_in_one_part() -> None:
    texts = tuple(f"我要办{number}号退休" for number in range(9))
    dealt = parts(Examples({"retirement": (*texts, *(f"{text}！" for text in texts))}), 3)
    assert sorted(map(len, dealt)) == [6, 6, 6]
    keys = [{key_of(text) for text, _ in part} for part in dealt]
    assert not keys[0] & keys[1] | keys[1] & keys[2] | keys[0] & keys[2]


def test_what_is_nearly_the_same_lies_in_one_part() -> None:
    near = ("我想给孩子办理出生登记手续", "我要给孩子办理出生登记手续", "我要给孩子办出生登记手续",
            "要给孩子办出生登记手续")
    texts = (*near, "退休金怎么领", "办证", "办卡", "二手房过户", "公司注销", "开饭店")
    assert [group for group in near_groups(texts) if len(group) > 1] == [list(near)]
    dealt = parts(Examples({"a": texts, "b": near[:1]}), 3)
    assert [sum(intent == "a" for _, intent in part) for part in dealt] == [4, 3, 3]
    assert sum(any(text in near and intent == "a" for text, intent in part) for part in dealt) == 1
