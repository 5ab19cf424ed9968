"""What each event of the platform does to a leg. Called in order, once each, while the case is held."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from cases.actors import PLATFORM
from cases.clocks import due, pause, resume
from cases.corrections.notice import Entry, ask, forget_leg
from cases.legs.graph import advance, cancel_rows
from cases.lifecycle import LEG_ENDED, LEG_MOVES, move
from cases.models import Case, Leg
from cases.outstanding.owed import settle
from cases.tasks import close_tasks
from cases.timeline.events import Said, about_leg, say
from cases.tools import Tools
from core.clock import in_china
from integrations.platforms.base import PlatformEvent

Apply = Callable[[Tools, Case, Leg, PlatformEvent], Awaitable[None]]
_ENDS = {"not_accepted": "rejected", "denied": "rejected", "correction_timeout": "rejected", "voided": "withdrawn",
         "withdrawn": "withdrawn"}


async def apply(tools: Tools, case: Case, leg: Leg, event: PlatformEvent) -> None:
    """Let one event act. After the end of a leg, or of the case, it is only written down."""
    if leg.state in LEG_ENDED:
        await _after_the_end(tools, case, leg, event)
        return
    await _ACTS.get(event.kind, _mention)(tools, case, leg, event)


def _said(leg: Leg, event: PlatformEvent, *, tell: bool = False, **more: Any) -> Said:
    params = about_leg(leg, says=event.says, by=event.by, document=event.document, **more)
    return Said(PLATFORM, f"leg_{event.kind}", params, tell=tell, at=event.at)


async def _mention(tools: Tools, case: Case, leg: Leg, event: PlatformEvent) -> None:
    await Leg.filter(id=leg.id).update(phase=event.kind, says=event.says or leg.says)
    await say(case.id, _said(leg, event), leg_id=leg.id)


async def _after_the_end(tools: Tools, case: Case, leg: Leg, event: PlatformEvent) -> None:
    if leg.state == "completed" and event.kind in ("granted", "closed", "delivered"):
        results = _results(leg, event)
        await Leg.filter(id=leg.id).update(phase=event.kind, results=results)
        await say(case.id, _said(leg, event, tell=event.kind == "delivered" and _carried(results)), leg_id=leg.id)
    elif event.kind != "withdrawn":
        await say(case.id, Said(PLATFORM, "leg_late", about_leg(leg, kind=event.kind), public=False), leg_id=leg.id)


async def _accepted(tools: Tools, case: Case, leg: Leg, event: PlatformEvent) -> None:
    if leg.state == "accepted":
        await _mention(tools, case, leg, event)
        return
    day = in_china(event.at).date()
    promised = in_china(event.promised_until).date() if event.promised_until else due(day, leg.promised_days)[0]
    said = _said(leg, event, tell=True, due=promised.isoformat())
    columns = {"phase": "accepted", "clock_started_on": day, "due_on": promised}
    await move(Leg, leg.id, leg.state, "accepted", said, **columns)
    await forget_leg(tools, case, leg)
    await resume(case.id, leg.id, "correction")


async def _correction(tools: Tools, case: Case, leg: Leg, event: PlatformEvent) -> None:
    demands = event.demands or ()
    entries = [
        Entry(about=d.about, says=d.says, source="department", leg=leg.code, department=leg.department) for d in demands
    ] or [Entry(about="", says=event.says, source="department", leg=leg.code, department=leg.department)]
    await ask(tools, case, entries, PLATFORM, leg)
    await pause(case.id, leg.id, "correction", event.says)
    said = _said(leg, event, tell=True, count=len(entries))
    if leg.state == "correction_asked":
        await say(case.id, said, leg_id=leg.id)
    else:
        await move(Leg, leg.id, leg.state, "correction_asked", said, phase="correction_asked")


async def _suspended(tools: Tools, case: Case, leg: Leg, event: PlatformEvent) -> None:
    await pause(case.id, leg.id, "special", event.says)
    await Leg.filter(id=leg.id).update(phase="suspended", says=event.says)
    await say(case.id, _said(leg, event, tell=True), leg_id=leg.id)


async def _resumed(tools: Tools, case: Case, leg: Leg, event: PlatformEvent) -> None:
    await resume(case.id, leg.id, "special")
    await Leg.filter(id=leg.id).update(phase="reviewing")
    await say(case.id, _said(leg, event, tell=True), leg_id=leg.id)


async def _granted(tools: Tools, case: Case, leg: Leg, event: PlatformEvent) -> None:
    """Granted completes a leg when it brings what was issued; otherwise ``closed`` does."""
    if event.kind == "granted" and not event.results:
        await _mention(tools, case, leg, event)
        return
    results = _results(leg, event)
    titles = "、".join(result["title"] for result in results)
    said = Said(PLATFORM, "leg_completed", about_leg(leg, results=titles, says=event.says), tell=True, at=event.at)
    columns = {"phase": event.kind, "results": results, "says": event.says, "next_pull_at": None}
    await _end_leg(tools, case, leg, "completed", said, columns)


async def _ended(tools: Tools, case: Case, leg: Leg, event: PlatformEvent) -> None:
    columns = {"phase": event.kind, "says": event.says, "next_pull_at": None}
    await _end_leg(tools, case, leg, _ENDS[event.kind], _said(leg, event, tell=True), columns)


async def _end_leg(tools: Tools, case: Case, leg: Leg, to: str, said: Said, columns: dict[str, Any]) -> None:
    await resume(case.id, leg.id)
    if to not in LEG_MOVES[leg.state]:
        await say(case.id, said, leg_id=leg.id)
        return
    await move(Leg, leg.id, leg.state, to, said, **columns)
    await cancel_rows(leg)
    await close_tasks(case.id, leg_id=leg.id)
    await forget_leg(tools, case, leg)
    await settle(case)
    if case.state == "dispatched":
        await advance(tools, case)


def _carried(results: list[dict[str, Any]]) -> bool:
    """Whether something of it is brought on paper. What is electronic was there with the news that it is done."""
    return any(not (one.get("licence_number") or one.get("url") or one.get("value")) for one in results)


def _results(leg: Leg, event: PlatformEvent) -> list[dict[str, Any]]:
    known = {result["title"]: result for result in leg.results or []}
    return list((known | {result.title: asdict(result) for result in event.results}).values())


_ACTS: dict[str, Apply] = {
    "accepted": _accepted, "correction_asked": _correction, "suspended": _suspended, "resumed": _resumed,
    "granted": _granted, "closed": _granted, **dict.fromkeys(_ENDS, _ended),
}
