"""Retirement months against published examples, and the functions that content names."""

from __future__ import annotations

import inspect
from datetime import date, datetime

import pytest

from forms.checks import CHECKS
from forms.filling import derive
from forms.values import retiring


@pytest.mark.parametrize(("age", "birth", "month", "delay"), [
    (60, "1964-12", "2024-12", 0), (60, "1965-01", "2025-02", 1), (60, "1965-04", "2025-05", 1),
    (60, "1965-05", "2025-07", 2), (60, "1970-03", "2031-07", 16), (60, "1976-08", "2039-07", 35),
    (60, "1976-09", "2039-09", 36), (60, "1990-01", "2053-01", 36),
    (55, "1969-12", "2024-12", 0), (55, "1970-01", "2025-02", 1), (55, "1970-03", "2025-04", 1),
    (55, "1981-08", "2039-07", 35), (55, "1981-09", "2039-09", 36),
    (50, "1974-12", "2024-12", 0), (50, "1975-01", "2025-02", 1), (50, "1975-03", "2025-05", 2),
    (50, "1984-10", "2039-09", 59), (50, "1984-11", "2039-11", 60),
])
def test_the_month_of_retirement(age, birth, month, delay):
    assert retiring.delay(f"{birth}-15", age) == delay
    assert retiring.month(f"{birth}-15", age) == month


@pytest.mark.parametrize(("year", "months"), [
    (2026, 180), (2029, 180), (2030, 186), (2031, 192), (2035, 216), (2039, 240), (2045, 240)
])
def test_the_least_months_of_contributions(year, months):
    assert retiring.least_months(f"{year}-06") == months


def test_functions_that_content_names():
    call = derive.call
    assert call("retirement_month", {"birth_date": "1970-03-01", "original_age": 60, "delayed": "no"}) == "2030-03"
    assert call("retirement_month", {"birth_date": "1970-03-01"}) is None
    assert call("surname_origin", {"name": "欧阳乐", "mother": "李晓兰", "father": "欧阳一民"}) == "father"
    assert call("surname_origin", {"name": "李乐", "mother": "李晓兰", "father": "陈一民"}) == "mother"
    assert call("surname_origin", {"name": "王乐", "mother": "李晓兰"}) == "other"
    assert call("same_of", {"values": ["01", "01"]}) == "01"
    assert call("same_of", {"values": ["01", "08"]}) is None
    assert call("relation_to_head", {"sex": "2", "relation": "02"}) == "30"
    assert call("relation_to_head", {"sex": "1", "relation": "30"}) == "43"
    assert call("relation_to_head", {"sex": "1", "relation": "99"}) is None
    assert call("year_choice", {"date": "2026-10-05", "from_month": 10, "before": "this", "after": "both"}) == "both"
    assert call("birth_date_of_id", {"id_number": "11010519491231002X"}) == "1949-12-31"
    assert call("sex_of_id", {"id_number": "11010519491231002X"}) == "2"
    assert call("add_months", {"date": "2026-11-30", "months": 3}) == "2027-02"


TODAY = {"today": date(2026, 3, 18), "now": datetime(2026, 3, 18, 9, 30)}  # noqa: DTZ001 - a Chinese wall clock


@pytest.mark.parametrize(("name", "given", "well"), [
    ("han_name", {"value": "阿依·古丽"}, True), ("han_name", {"value": "李Le"}, False),
    ("name_length", {"value": "李"}, False), ("name_length", {"value": "阿卜杜拉·买买提江"}, True),
    ("not_after_today", {"value": "2026-03-18T23:00"}, True), ("not_after_today", {"value": "2026-04"}, False),
    ("not_after_now", {"value": "2026-03-18T09:31"}, False), ("not_after_now", {"value": "2026-03-18"}, True),
    ("within_days", {"value": "2026-02-16", "days": 30}, True),
    ("within_days", {"value": "2026-02-15", "days": 30}, False),
    ("at_least_days_ago", {"value": "2026-02-15", "days": 30}, True),
    ("at_least_days_ago", {"value": "2026-02-16 08:30", "days": 30}, True),
    ("at_least_days_ago", {"value": "2026-02-17", "days": 30}, False),
    ("months_between", {"start": "2026-03-20", "end": "2026-06", "at_least": 3}, True),
    ("months_between", {"start": "2026-04", "end": "2026-03-01", "at_most": -2}, False),
    ("pension_months_enough", {"months": [150, 42], "month": "2031-07"}, True),
    ("pension_months_enough", {"months": [150, 41], "month": "2031-07"}, False),
    ("pension_months_enough", {"months": [120], "month": "2031-07", "base": 120, "step_from": 2032}, True),
    ("last_at_most", {"value": "4×0.8×0.3", "at_most": 1}, True),
    ("last_at_most", {"value": "4x0.8x1.2 米", "at_most": 1}, False),
    ("last_at_most", {"value": "不知道", "at_most": 1}, False),
    ("sex_of_id", {"value": "11010519491231002X", "sex": "1"}, False),
    ("birth_of_id", {"value": "11010519491231002X", "birth_date": "1949-12-31"}, True),
    ("one_of_surnames", {"value": "欧阳乐", "of": ["欧阳一民"]}, True),
    ("one_of_surnames", {"value": "欧乐", "of": ["欧阳一民"]}, False),
    ("all_different", {"value": [1, 2, 1]}, False), ("between", {"value": 3, "at_least": 3, "at_most": 4}, True),
    ("ratio_at_least", {"part": 10, "whole": 60, "at_least": 0.2}, False),
    ("luhn", {"value": "6222021234567890128"}, True),
    ("pattern", {"value": "A123456789", "pattern": "[A-Z][0-9]{9}"}, True),
    ("sum_is", {"value": [33.3, 66.7], "total": 100}, True),
    ("not_before", {"value": "2026-03-01", "other": "2026-03-02"}, False),
    ("one_of", {"value": "1", "of": ["2", 1]}, True),
])
def test_checks(name, given, well):
    wanted = inspect.signature(CHECKS[name]).parameters
    assert CHECKS[name](**{k: v for k, v in (TODAY | given).items() if k in wanted}) is well
