from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from core.breaker import Breaker
from core.clock import now
from forms.filling.breaker import LATE_DETAIL, OPEN_DETAIL, Breakers
from integrations.sources.base import Answer, Outcome, Query
from tests.forms.a_wedding import PURPOSE


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(failures=3, pause=30, clock=clock)


def fail(breaker: Breaker, times: int) -> None:
    for _ in range(times):
        assert breaker.allows()
        breaker.failed()


def test_failures_in_a_row_open_it(breaker: Breaker) -> None:
    fail(breaker, 2)
    assert breaker.state == "closed"
    fail(breaker, 1)
    assert breaker.state == "open"
    assert not breaker.allows()


def test_a_success_in_between_starts_the_count_anew(breaker: Breaker) -> None:
    fail(breaker, 2)
    breaker.succeeded()
    fail(breaker, 2)
    assert breaker.state == "closed"


def test_after_the_pause_one_trial_is_let_through(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, 3)
    clock.seconds = 30
    assert breaker.state == "half_open"
    assert breaker.allows()
    assert not breaker.allows()
    breaker.succeeded()
    assert breaker.state == "closed"


def test_a_failed_trial_opens_it_for_another_pause(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, 3)
    clock.seconds = 30
    fail(breaker, 1)
    clock.seconds = 59
    assert not breaker.allows()
    clock.seconds = 60
    assert breaker.allows()


def test_a_trial_nobody_reports_lapses(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, 3)
    clock.seconds = 30
    assert breaker.allows()
    clock.seconds = 61
    assert breaker.allows()


def a_query(source: str) -> Query:
    return Query(source, {"id_number": "1"}, ("name",), PURPOSE)


async def test_one_source_down_leaves_the_others_alone(clock: Clock) -> None:
    asked: list[str] = []

    async def ask(query: Query) -> Answer:
        asked.append(query.source)
        outcome: Outcome = "source_down" if query.source == "marriage" else "nothing_found"
        return Answer(outcome, "q", now())

    breakers = Breakers(failures=2, pause=30, clock=clock)
    guarded = breakers.around(ask)
    for _ in range(4):
        last = await guarded(a_query("marriage"))
        assert (await guarded(a_query("population"))).outcome == "nothing_found"
    assert (last.outcome, last.detail) == ("source_down", OPEN_DETAIL)
    assert asked.count("marriage") == 2
    assert asked.count("population") == 4
    assert breakers.states() == {"marriage": "open", "population": "closed"}
    assert breakers.refused == {"marriage": 2}


@pytest.mark.parametrize("outcome", ["got", "nothing_found", "not_allowed"])
async def test_an_answer_of_any_kind_is_a_success(clock: Clock, outcome: Outcome) -> None:
    async def ask(_query: Query) -> Answer:
        return Answer(outcome, "q", now())

    breakers = Breakers(failures=1, pause=30, clock=clock)
    await breakers.around(ask)(a_query("marriage"))
    assert breakers.of("marriage").state == "closed"


@pytest.mark.parametrize(("why", "state"), [(LATE_DETAIL, "open"), (None, "closed")])
async def test_a_look_up_cut_off_by_the_budget_is_a_failure_and_one_nobody_waits_for_is_none(
    clock: Clock, why: str | None, state: str
) -> None:
    async def ask(_query: Query) -> Answer:
        async with asyncio.timeout(60):
            await asyncio.gather(asyncio.sleep(30))
        raise AssertionError

    breakers = Breakers(failures=1, pause=30, clock=clock)
    task = asyncio.ensure_future(breakers.around(ask)(a_query("marriage")))
    await asyncio.sleep(0)
    task.cancel(why)
    with suppress(asyncio.CancelledError):
        await task
    assert breakers.of("marriage").state == state


async def test_a_source_that_breaks_is_a_failure(clock: Clock) -> None:
    async def ask(_query: Query) -> Answer:
        raise ValueError

    breakers = Breakers(failures=1, pause=30, clock=clock)
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it is goes on to the frame around adapters
        await breakers.around(ask)(a_query("marriage"))
    assert breakers.of("marriage").state == "open"
