"""Worked cases may say what sources hold otherwise."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from core import clock
from integrations.sources.base import Answer, Outcome, Purpose, Query
from integrations.sources.demo.told import Told

PURPOSE = Purpose("thing", "为您办理", ("first",), "d1", "c1", "o1")
MARRIED = {"status": "married", "spouse_name": "李晓兰"}


async def answered(outcome: Outcome, told: dict[str, Any], *records: dict[str, Any], asks: str = "status") -> Answer:
    async def ask(query: Query) -> Answer:
        return Answer(outcome, "q1", clock.now(), records)

    return await Told(ask, told).ask(Query("marriage", {"id_number": "1"}, (asks, "spouse_name"), PURPOSE))


async def test_what_nobody_says_otherwise_comes_back_as_it_is() -> None:
    answer = await answered("got", {"household": {"type": "集体户"}}, MARRIED)
    assert (answer.outcome, answer.records) == ("got", (MARRIED,))


async def test_attributes_are_changed_in_every_record() -> None:
    answer = await answered("got", {"marriage": {"status": "divorced"}}, MARRIED, MARRIED)
    assert [record["status"] for record in answer.records] == ["divorced", "divorced"]
    assert answer.records[0]["spouse_name"] == "李晓兰"


async def test_only_what_was_asked_for_comes_back() -> None:
    answer = await answered("got", {"marriage": {"certificate_number": "J1", "status": "divorced"}}, MARRIED)
    assert answer.records == ({"status": "divorced", "spouse_name": "李晓兰"},)


async def test_a_source_that_found_nothing_has_found_it() -> None:
    answer = await answered("nothing_found", {"marriage": {"status": "married"}})
    assert (answer.outcome, answer.records) == ("got", ({"status": "married"},))


async def test_a_source_may_find_nothing() -> None:
    answer = await answered("got", {"marriage": None}, MARRIED)
    assert (answer.outcome, answer.records) == ("nothing_found", ())


@pytest.mark.parametrize("outcome", ["source_down", "not_allowed"])
async def test_a_source_that_does_not_answer_says_nothing_otherwise(outcome: Outcome) -> None:
    assert (await answered(outcome, {"marriage": {"status": "married"}})).outcome == outcome


async def test_days_count_from_today() -> None:
    answer = await answered("got", {"marriage": {"registered_on": "{-3d}"}}, MARRIED, asks="registered_on")
    assert answer.records[0]["registered_on"] == (clock.today() - timedelta(days=3)).isoformat()
