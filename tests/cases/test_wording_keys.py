"""Everything cases say has a key, and the keys are all there are."""

from __future__ import annotations

import re
from pathlib import Path

import cases
from cases.review.resolving import WAYS
from cases.wording_keys import EVENTS, KEYS, NOT_NOW, NOT_SUBMITTED, STAFF_EVENTS, TASK_KINDS

_CODE = "\n".join(path.read_text() for path in Path(cases.__file__).parent.rglob("*.py"))


def test_every_line_of_the_timeline_has_a_key() -> None:
    said = set(re.findall(r'Said\(\s*[\w.()]+, "(\w+)"', _CODE))
    assert len(said) > 25
    assert said <= {*EVENTS, *STAFF_EVENTS}


def test_every_refusal_has_a_key() -> None:
    assert set(re.findall(r'NotNow\(reason="(\w+)"', _CODE)) == {*NOT_NOW, *NOT_SUBMITTED}


def test_every_kind_of_task_has_a_key_and_ways_to_end() -> None:
    opened = set(re.findall(r'open_task\("(\w+)"', _CODE))
    assert opened <= set(TASK_KINDS)
    assert set(WAYS) | {"review"} == set(TASK_KINDS)


def test_no_key_stands_twice() -> None:
    assert len(KEYS) == len(set(KEYS))
