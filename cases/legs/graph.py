"""The graph of legs: who may start, who cannot go on, and when the whole case has ended."""

from __future__ import annotations

from collections.abc import Sequence

from cases.actors import SYSTEM
from cases.corrections.notice import cancel_notice
from cases.legs.plan import key_of, plan_in
from cases.lifecycle import LEG_ENDED, move
from cases.models import Case, Leg, Outbox
from cases.outstanding.owed import settle
from cases.tasks import close_tasks, open_task
from cases.timeline.events import Said, about_leg, say
from cases.tools import Tools
from core.clock import now


async def legs_of(case: Case) -> list[Leg]:
    """The legs of a case in their order."""
    return await Leg.filter(case_id=case.id).order_by("position")


async def advance(tools: Tools, case: Case) -> None:
    """Start what can start, drop what cannot go on, end the case when all has ended.

    Call it inside a transaction that holds the case: two legs that complete at once then see one another.
    """
    legs = await legs_of(case)
    while await _one_round(tools, case, legs):
        legs = await legs_of(case)
    if legs and all(leg.state in LEG_ENDED for leg in legs):
        await _end(tools, case, legs)


async def _one_round(tools: Tools, case: Case, legs: Sequence[Leg]) -> bool:
    by_code, moved = {leg.code: leg for leg in legs}, False
    for leg in legs:
        if leg.state != "waiting":
            continue
        before = [by_code[code] for code in plan_in(leg).waits_for if code in by_code]
        lost = next((b for b in before if b.state in LEG_ENDED and b.state != "completed"), None)
        if lost:
            await drop(case, leg, "leg_dropped", because=lost.title)
            moved = True
        elif leg.hold:
            await hold_back(tools, case, leg)
        elif all(b.state == "completed" for b in before):
            await start(case, leg)
            moved = True
    return moved


async def start(case: Case, leg: Leg) -> None:
    """Let a leg go to its department."""
    said = Said(SYSTEM, "leg_ready", about_leg(leg), public=False)
    await move(Leg, leg.id, leg.state, "ready", said)
    await Outbox.filter(leg_id=leg.id, state="held").update(state="due", next_at=now(), since=now())


async def hold_back(tools: Tools, case: Case, leg: Leg) -> None:
    """A gate holds this leg: a person looks, the citizen is told, the others go on."""
    if await open_task("gate", case, leg, reason=leg.hold, says=leg.says or "", days=tools.policy.task_days):
        said = Said(SYSTEM, "leg_held", about_leg(leg, says=leg.says or ""), tell=True)
        await say(case.id, said, leg_id=leg.id)


async def drop(case: Case, leg: Leg, what: str, actor: str = SYSTEM, **params: str) -> None:
    """A leg that cannot go on ends, and the citizen is told why and what it means."""
    said = Said(actor, what, about_leg(leg, **params), tell=True)
    await move(Leg, leg.id, leg.state, "dropped", said, next_pull_at=None)
    await cancel_rows(leg)
    await close_tasks(case.id, leg_id=leg.id)
    await settle(case)


async def cancel_rows(leg: Leg) -> None:
    """Nothing more is sent for this leg."""
    waiting = Outbox.filter(leg_id=leg.id, kind__in=["submit", "supplement"])
    await waiting.filter(state__in=["held", "due", "claimed", "person"]).update(
        state="cancelled", next_at=None, claimed_until=None, package=None
    )


async def queue_supplement(case: Case, leg: Leg, version: int, actor: str) -> None:
    """Send the corrected data back to the department: a new version with a key of its own.

    A paper that came meanwhile goes along with it.
    """
    await Outbox.filter(leg_id=leg.id, kind="paper", state="due").update(state="cancelled", next_at=None)
    said = Said(actor, "leg_ready", about_leg(leg), public=False)
    await move(Leg, leg.id, leg.state, "ready", said, data_version=version)
    await Outbox.create(
        case_id=case.id, leg_id=leg.id, kind="supplement", key=key_of(leg.number, version), data_version=version,
        department=leg.department, state="due", next_at=now(), since=now(),
    )


async def _end(tools: Tools, case: Case, legs: Sequence[Leg]) -> None:
    done = [leg for leg in legs if leg.state == "completed"]
    outcome = "full" if len(done) == len(legs) else "partial" if done else "none"
    lost = "、".join(leg.title for leg in legs if leg.state != "completed")
    params = {"done": len(done), "of": len(legs), "not_done": lost}
    said = Said(SYSTEM, f"completed_{outcome}", params, tell=True)
    await move(Case, case.id, "dispatched", "completed", said, outcome=outcome)
    await cancel_notice(tools, case)
