"""What is found in a message, by the table beside this file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.acts import hear_acts
from intents.understanding import Context
from nlu.entities import find_entities
from nlu.training_data import load_examples

TABLE = Path(__file__).with_name("values.tsv").read_text("utf-8")
ROWS = [line.split("\t") for line in TABLE.splitlines() if line and not line.startswith("#")]
UTTERANCES = Path(__file__).parents[2] / "intents" / "utterances"
NEVER_ASKED_FOR = ("person", "elder_on", "elder_off", "pause", "thanks", "wait", "noted")
PIECES = st.sampled_from([
    "叫", "我是", "陈小满", "·", "阿依古丽", "3月5号", "昨天", "年", "月", "一", "十", "路", "区", "号", "市一院",
    "医院", "13800001234", "33010619900101123X", "幺", "零", "万", "块", "平", "斤", "岁", "跟我",
    "姓", "媳妇", " ", "，", "。", "㎡", "：",
    "x", "８", "😀", "初", "\u0000",
])


@pytest.mark.parametrize(("said", "values"), ROWS, ids=[row[0] or "nothing" for row in ROWS])
def test_what_is_said_is_found(said: str, values: str) -> None:
    assert "; ".join(f"{one.kind}={one.value}" for one in find_entities(said)) == values


def test_requests_hold_no_names_and_steer_nothing() -> None:
    """What people ask for: nobody is named in it, and nobody wants a person or larger type."""
    asked = [said for said, intent in load_examples([UTTERANCES]).pairs() if not intent.startswith("out_of_scope")]
    named = [said for said in asked if any(one.kind == "name" for one in find_entities(said))]
    steering = [said for said in asked for act in hear_acts(said, Context()) if act.code in NEVER_ASKED_FOR]
    assert len(named) <= len(asked) / 500, named
    assert len(steering) <= len(asked) / 1000, steering


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=20).map("".join)))
def test_whatever_is_written_spans_lie_in_it_and_apart(text: str) -> None:
    before = 0
    for one in find_entities(text):
        assert one.text == text[one.start:one.end]
        assert before <= one.start < one.end
        assert one.value
        before = one.end
