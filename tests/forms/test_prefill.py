from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from core import clock
from forms.draft import Draft
from forms.engine import Engine
from forms.filling import retrying
from forms.filling.breaker import LATE_DETAIL, Breakers
from forms.filling.lookups import PlannedLookup
from forms.filling.prefill import prefill
from forms.filling.recheck import recheck
from forms.filling.source_report import source_reports
from integrations.sources.base import Answer, Query
from tests.forms.a_wedding import ME, PURPOSE, WIFE, Exchange, a_draft, an_engine


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return an_engine(tmp_path)


@pytest.fixture
def exchange() -> Exchange:
    return Exchange()


async def test_keys_open_sources_that_open_further_sources(engine: Engine, exchange: Exchange) -> None:
    draft = await prefill(engine, a_draft(engine), exchange.ask, PURPOSE, 5)
    assert draft.values["wife.name"].value == "李晓兰"
    assert draft.values["wife.birth_date"].value == "1992-05-08"
    assert draft.values["wife.birth_date"].source == "population"
    assert {question.key for question in engine.questions(draft)} == set()


async def test_each_source_is_asked_once_about_each_person(engine: Engine, exchange: Exchange) -> None:
    draft = await prefill(engine, a_draft(engine), exchange.ask, PURPOSE, 5)
    asked = [(query.source, query.key["id_number"]) for query in exchange.asked]
    assert sorted(asked) == [("marriage", ME), ("population", ME), ("population", WIFE)]
    mine = next(query for query in exchange.asked if query.key["id_number"] == ME and query.source == "population")
    assert set(mine.attributes) == {"birth_date", "status"}
    assert draft.facts["alive"].records == [{"status": "正常"}]
    await prefill(engine, draft, exchange.ask, PURPOSE, 5)
    assert len(exchange.asked) == 3


async def test_what_can_be_asked_is_asked_at_once(engine: Engine, exchange: Exchange) -> None:
    exchange.seconds = {"marriage": 0.05, "population": 0.05}
    await prefill(engine, a_draft(engine), exchange.ask, PURPOSE, 5)
    assert exchange.most_at_once == 2


async def test_nothing_more_than_asked_for_is_kept(engine: Engine, exchange: Exchange) -> None:
    draft = await prefill(engine, a_draft(engine), exchange.ask, PURPOSE, 5)
    assert "secret" not in draft.model_dump_json()


async def test_nothing_is_asked_without_consent(engine: Engine, exchange: Exchange) -> None:
    for draft in (a_draft(engine, given=False), a_draft(engine).model_copy(update={"consent": None})):
        assert await prefill(engine, draft, exchange.ask, PURPOSE, 5) is draft
    assert exchange.asked == []


async def test_a_slow_source_costs_the_budget_and_no_more(engine: Engine, exchange: Exchange) -> None:
    exchange.seconds = {"marriage": 30}
    heard: list[tuple[str, str]] = []

    async def listen(query: Query, answer: Answer, _planned: tuple[PlannedLookup, ...]) -> None:
        heard.append((query.source, answer.detail or answer.outcome))

    started = time.monotonic()
    draft = await prefill(engine, a_draft(engine), exchange.ask, PURPOSE, 0.5, listen)
    assert time.monotonic() - started < 20
    assert draft.facts["wed"].outcome == "source_down"
    assert draft.values["me.birth_date"].value == "1990-03-07"
    assert sorted(heard) == [("marriage", LATE_DETAIL), ("population", "got")]
    assert len(asyncio.all_tasks()) == 1
    assert exchange.at_once == 0


async def test_a_source_that_spends_the_budget_is_left_alone_and_a_citizen_who_leaves_harms_none(
    engine: Engine, exchange: Exchange
) -> None:
    exchange.seconds = {"marriage": 30}
    breakers = Breakers(failures=1)
    leaving = asyncio.ensure_future(prefill(engine, a_draft(engine), breakers.around(exchange.ask), PURPOSE, 30))
    while "marriage" not in breakers.states():
        await asyncio.sleep(0)
    leaving.cancel()
    with suppress(asyncio.CancelledError):
        await leaving
    assert breakers.states()["marriage"] == "closed"
    await prefill(engine, a_draft(engine), breakers.around(exchange.ask), PURPOSE, 0.05)
    assert breakers.states()["marriage"] == "open"


async def test_what_was_down_is_asked_again_by_itself_and_not_for_ever(
    engine: Engine, exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = clock.now()

    async def later(draft: Draft, *, seconds: float) -> Draft:
        monkeypatch.setattr(clock, "now", lambda: start + timedelta(seconds=seconds))
        return await prefill(engine, draft, exchange.ask, PURPOSE, 5)

    exchange.down = {"marriage"}
    draft = await later(a_draft(engine), seconds=0)
    assert not engine.to_look_up(draft)
    asked = []
    for seconds in (14, 16, 30, 80, 600, 700, 9999):
        draft = await later(draft, seconds=seconds)
        asked.append(exchange.count("marriage"))
    assert asked == [1, 2, 2, 3, 3, 4, 4]
    assert draft.facts["wed"].outcome == "source_down"


async def test_a_source_that_is_back_fills_what_was_left_and_is_news(
    engine: Engine, exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange.down = {"marriage"}
    before = await prefill(engine, a_draft(engine), exchange.ask, PURPOSE, 5)
    assert "wife.name" not in before.values
    typed = engine.put(before, "wife.name", "李小兰")
    exchange.down, back = set(), clock.now() + timedelta(seconds=20)
    monkeypatch.setattr(clock, "now", lambda: back)
    assert engine.to_look_up(typed)
    after = await prefill(engine, typed, exchange.ask, PURPOSE, 5)
    assert after.values["wife.birth_date"].value == "1992-05-08"
    assert after.values["wife.name"].value == "李小兰"
    assert after.tries == {}
    assert "wed" in retrying.news(before.facts, after.facts)
    assert "alive" not in retrying.news(before.facts, after.facts)
    assert not engine.to_look_up(after)


async def test_a_broken_asker_leaves_nothing_running(engine: Engine, exchange: Exchange) -> None:
    exchange.seconds = {"population": 30}

    async def broken(query: Query) -> Answer:
        if query.source == "marriage":
            raise RuntimeError("broken")
        return await exchange.ask(query)

    with pytest.raises(RuntimeError, match="broken"):
        await prefill(engine, a_draft(engine), broken, PURPOSE, 5)
    assert len(asyncio.all_tasks()) == 1


async def test_the_citizen_sees_what_each_source_said(engine: Engine, exchange: Exchange) -> None:
    del exchange.records["population", WIFE]
    draft = await prefill(engine, a_draft(engine), exchange.ask, PURPOSE, 5)
    reports = source_reports(draft, {"population": "人口信息"})
    told = [(report.source, report.title, report.outcome) for report in reports]
    assert ("marriage", "marriage", "got") in told
    assert ("population", "人口信息", "got") in told
    assert told[-1] == ("population", "人口信息", "nothing_found")
    assert next(r.paths for r in reports if r.source == "marriage") == ("wife.name", "wife.id_number")


async def test_unchanged_data_makes_no_difference(engine: Engine, exchange: Exchange) -> None:
    draft = await prefill(engine, a_draft(engine), exchange.ask, PURPOSE, 5)
    checked = await recheck(engine, draft, exchange.ask, PURPOSE, 5)
    assert (checked.differences, checked.unchecked) == ((), ())
    assert checked.draft == draft


async def test_data_that_changed_since_is_told(engine: Engine, exchange: Exchange) -> None:
    draft = await prefill(engine, a_draft(engine), exchange.ask, PURPOSE, 5)
    exchange.records["marriage", ME]["spouse_name"] = "李晓岚"
    (difference,) = (await recheck(engine, draft, exchange.ask, PURPOSE, 5)).differences
    assert (difference.path, difference.held, difference.fetched) == ("wife.name", "李晓兰", "李晓岚")
    assert difference.new


async def test_what_the_citizen_corrected_is_a_known_difference(engine: Engine, exchange: Exchange) -> None:
    draft = await prefill(engine, a_draft(engine), exchange.ask, PURPOSE, 5)
    draft = engine.put(draft, "wife.name", "李小兰")
    (difference,) = (await recheck(engine, draft, exchange.ask, PURPOSE, 5)).differences
    assert (difference.held, difference.fetched, difference.new) == ("李小兰", "李晓兰", False)


async def test_a_source_that_is_down_now_is_never_held_against_anybody(engine: Engine, exchange: Exchange) -> None:
    draft = await prefill(engine, a_draft(engine), exchange.ask, PURPOSE, 5)
    exchange.down = {"marriage", "population"}
    checked = await recheck(engine, draft, exchange.ask, PURPOSE, 5)
    assert checked.differences == ()
    assert checked.unchecked == ("marriage", "population")
    assert checked.draft == draft


async def test_a_source_that_was_down_is_heard_at_last(engine: Engine, exchange: Exchange) -> None:
    exchange.down = {"marriage"}
    draft = await prefill(engine, a_draft(engine), exchange.ask, PURPOSE, 5)
    draft = engine.put(engine.put(draft, "wife.name", "李小兰"), "wife.id_number", WIFE)
    exchange.down = set()
    checked = await recheck(engine, draft, exchange.ask, PURPOSE, 5)
    assert checked.draft.facts["wed"].outcome == "got"
    told = {difference.path: (difference.held, difference.fetched) for difference in checked.differences}
    assert told == {"wife.name": ("李小兰", "李晓兰")}


async def test_rechecking_asks_nothing_without_consent(engine: Engine, exchange: Exchange) -> None:
    draft = a_draft(engine, given=False)
    assert (await recheck(engine, draft, exchange.ask, PURPOSE, 5)).draft is draft
    assert exchange.asked == []
