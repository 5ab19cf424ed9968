"""States and legal moves of cases and legs, and the one way to make a move.

A move is one guarded ``UPDATE ... WHERE id AND state = from`` together with its line in the timeline and its line in
the audit log, all in one transaction: two who press the same button find that one of them was first.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tortoise.expressions import F
from tortoise.transactions import in_transaction

from cases.models import Case, Leg
from cases.timeline.events import Said, say
from core import audit
from core.clock import now
from core.errors import NotNow

CASE_MOVES: dict[str, frozenset[str]] = {
    "draft": frozenset({"submitted"}),
    "submitted": frozenset({"in_review", "withdrawn"}),
    "in_review": frozenset({"approved", "returned", "rejected", "withdrawn"}),
    "returned": frozenset({"resubmitted", "withdrawn"}),
    "resubmitted": frozenset({"in_review", "withdrawn"}),
    "approved": frozenset({"dispatched", "withdrawn"}),
    "dispatched": frozenset({"completed", "withdrawn"}),
    "completed": frozenset(),
    "rejected": frozenset(),
    "withdrawn": frozenset(),
}
"""``draft`` stands before the case has a row; writing the row is the move to ``submitted``."""

LEG_MOVES: dict[str, frozenset[str]] = {
    "waiting": frozenset({"ready", "dropped", "withdrawn"}),
    "ready": frozenset({"sending", "dropped", "withdrawn"}),
    "sending": frozenset({"sent", "failed", "withdrawn"}),
    "sent": frozenset({"accepted", "correction_asked", "completed", "rejected", "withdrawn"}),
    "accepted": frozenset({"completed", "correction_asked", "rejected", "withdrawn"}),
    "correction_asked": frozenset({"ready", "accepted", "completed", "rejected", "withdrawn"}),
    "failed": frozenset({"ready", "sent", "dropped", "withdrawn"}),
    "completed": frozenset(),
    "rejected": frozenset(),
    "dropped": frozenset(),
    "withdrawn": frozenset(),
}
"""``dropped``: it cannot go on, because a result it needs was refused or a person gave it up; the citizen is told."""

CASE_OPEN = tuple(state for state, moves in CASE_MOVES.items() if moves and state != "draft")
CASE_ENDED = tuple(state for state, moves in CASE_MOVES.items() if not moves)
LEG_OPEN = tuple(state for state, moves in LEG_MOVES.items() if moves)
LEG_ENDED = tuple(state for state, moves in LEG_MOVES.items() if not moves)


async def hold(case_id: UUID) -> None:
    """Take the case's lock for the rest of this transaction; call it first, before any read."""
    if not await Case.filter(id=case_id).update(revision=F("revision") + 1):
        raise NotNow("the case is gone", case=str(case_id))


async def move(model: type[Case] | type[Leg], id_: UUID, from_: str, to: str, said: Said, **columns: Any) -> None:
    """Move one case or leg, set ``columns`` with it, and write its line. Raises `NotNow`: illegal, or lost."""
    table, name = (CASE_MOVES, "case") if model is Case else (LEG_MOVES, "leg")
    if to not in table.get(from_, frozenset()):
        raise NotNow(f"a {name} does not move from {from_} to {to}", state=from_, to=to)
    moment = now()
    if to in CASE_ENDED + LEG_ENDED:
        columns.setdefault("ended_at", moment)
    async with in_transaction():
        if not await model.filter(id=id_, state=from_).update(state=to, updated_at=moment, **columns):
            raise NotNow(f"the {name} is not {from_} any more", state=from_, to=to)
        case_id, leg_id = (id_, None) if model is Case else (await _case_of(id_), id_)
        await say(case_id, said, leg_id=leg_id, from_state=from_, to_state=to)
        await audit.record(said.actor, f"{name}.{to}", f"{name}:{id_}", details={"from": from_, "what": said.what})


async def _case_of(leg_id: UUID) -> UUID:
    return (await Leg.get(id=leg_id).only("id", "case_id")).case_id
