"""The table of states, and the guarded move."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.lifecycle import CASE_ENDED, CASE_MOVES, LEG_ENDED, LEG_MOVES, move
from cases.models import Case, CaseEvent
from cases.timeline.events import Said
from core.errors import NotNow
from core.models import AuditEvent

pytestmark = pytest.mark.everywhere
TABLES = {"case": (CASE_MOVES, "draft"), "leg": (LEG_MOVES, "waiting")}


@pytest.mark.parametrize("name", TABLES)
def test_every_state_is_reachable_and_reaches_an_end(name: str) -> None:
    table, first = TABLES[name]
    assert _reach(table, first) == set(table)
    ends = {state for state, moves in table.items() if not moves}
    assert ends
    for state in table:
        assert _reach(table, state) & ends
    assert {to for moves in table.values() for to in moves} <= set(table)


def _reach(table: dict[str, frozenset[str]], first: str) -> set[str]:
    seen, todo = set(), [first]
    while todo:
        state = todo.pop()
        if state not in seen:
            seen.add(state)
            todo += table[state]
    return seen


@pytest.mark.parametrize("state", [s for s, moves in CASE_MOVES.items() if moves and s != "draft"])
def test_any_open_case_can_be_withdrawn(state: str) -> None:
    assert "withdrawn" in CASE_MOVES[state]


@given(st.sampled_from(sorted(LEG_MOVES)), st.lists(st.integers(0, 10), max_size=30))
def test_no_walk_leaves_an_end(first: str, choices: list[int]) -> None:
    state = first
    for choice in choices:
        moves = sorted(LEG_MOVES[state])
        if not moves:
            assert state in LEG_ENDED
            return
        state = moves[choice % len(moves)]


async def test_a_move_writes_its_line_and_its_audit(case: Case) -> None:
    await move(Case, case.id, "submitted", "in_review", Said("staff:r1", "review_opened"))
    event = await CaseEvent.get(case_id=case.id, what="review_opened")
    assert (event.from_state, event.to_state, event.actor) == ("submitted", "in_review", "staff:r1")
    assert await AuditEvent.exists(action="case.in_review", subject=f"case:{case.id}")


async def test_illegal_moves_and_lost_races_are_refused(case: Case) -> None:
    with pytest.raises(NotNow):
        await move(Case, case.id, "submitted", "completed", Said("system", "x"))
    with pytest.raises(NotNow):
        await move(Case, case.id, "in_review", "approved", Said("system", "x"))
    assert not await CaseEvent.exists(what="x")


async def test_of_two_who_press_one_button_one_is_first(case: Case) -> None:
    said = Said("staff:r1", "review_opened")
    done = await asyncio.gather(
        *(move(Case, case.id, "submitted", "in_review", said) for _ in range(4)), return_exceptions=True
    )
    assert sum(result is None for result in done) == 1
    assert sum(isinstance(result, NotNow) for result in done) == 3
    assert await CaseEvent.filter(case_id=case.id, what="review_opened").count() == 1


def test_ends_have_no_exits() -> None:
    assert {"completed", "rejected", "withdrawn"} == set(CASE_ENDED)
    assert {"completed", "rejected", "dropped", "withdrawn"} == set(LEG_ENDED)
