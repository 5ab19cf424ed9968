"""Whatever is typed is either read or refused with a reason; what was read reads the same again."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InvalidAnswer
from forms.content.element_schema import Element, ElementType, Option
from forms.values.canonical import read
from intents.catalogue import PACKAGED
from nlu.training_data import load_examples

TODAY = date(2026, 3, 18)
OPTIONS = (Option(value="1", label="男"), Option(value="2", label="女", aliases=("闺女",)))
PIECES = ["2026", "年", "3", "月", "5", "号", "昨天", "下午", "三点", "半", "斤", "两", "万", "十", "-", "/", ".", ":",
          "上周", "五", "前", "13800001234", "X", "李", "·", "<", "'", "\u202e", "\x00", "😀", "１", " ", "男", "女",
          "个月", "去年", "零", "廿", "99999999999天前"]
TYPED = st.one_of(st.text(max_size=30), st.lists(st.sampled_from(PIECES), max_size=8).map("".join))


@pytest.mark.parametrize(("kind", "title"), [("date", "签订日期"), ("datetime", "出生时间"), ("month", "退休月份")])
def test_what_people_ask_for_is_never_taken_for_a_day(kind, title):
    """「今天能办吗」, 「明天去扯证」: a day stands in them, and none of them is one."""
    element = Element(code="x", title=title, type=kind)
    requests = load_examples([PACKAGED / "utterances"]).pairs()
    asked = [said for said, _ in requests if re.search("[年月日号天晚早点周]", said)]
    taken = []
    for said in asked[::3]:
        with suppress(InvalidAnswer):
            taken.append((said, read(element, said, path="a.x", today=TODAY)))
    assert len(asked) > 1000
    assert taken == []


@pytest.mark.parametrize("kind", get_args(ElementType))
@settings(max_examples=150, deadline=None)
@given(raw=TYPED)
def test_read_or_refused(kind, raw):
    element = Element(code="x", title="某项", type=kind, unit="克" if kind == "number" else "")
    options = OPTIONS if kind.startswith("choice") else ()
    try:
        value = read(element, raw, path="a.x", today=TODAY, options=options)
    except InvalidAnswer:
        return
    if kind == "name":
        assert "<" not in value
    assert read(element, value, path="a.x", today=TODAY, options=options) == value
