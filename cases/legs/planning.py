"""The rows of a case's legs: written at submission, and again where a correction changes what they carry."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from cases import numbers
from cases.legs.plan import key_of, plan_of
from cases.models import Case, Leg, Outbox
from cases.tools import Tools
from core.clock import now
from forms.draft import Draft
from forms.merging.merged import Finding, MergedForm
from forms.merging.merged import Leg as LegView


def gates_of(findings: Sequence[Finding]) -> dict[str, Finding]:
    """Item code to the finding that holds it."""
    return {finding.gates: finding for finding in findings if finding.level == "gate" and finding.gates}


class Freezer:
    """Makes plans of one draft's legs."""

    def __init__(self, tools: Tools, draft: Draft) -> None:
        self.form = tools.engine.merged(draft)
        self._title = partial(tools.engine.title, draft)

    def plan(self, view: LegView) -> dict[str, Any]:
        """A leg's plan as JSON."""
        return plan_of(view, self.form, self._title).model_dump(mode="json")


async def write_legs(tools: Tools, case: Case, draft: Draft, findings: Sequence[Finding]) -> list[Leg]:
    """Write the legs of a new case, each with its outbox row."""
    frozen, gates = Freezer(tools, draft), gates_of(findings)
    views = enumerate(tools.engine.legs(draft), start=1)
    return await _write([_leg(case, view, frozen, position, gates.get(view.item.code)) for position, view in views])


async def rewrite_legs(tools: Tools, case: Case, draft: Draft, findings: Sequence[Finding]) -> None:
    """Bring the legs of a case that was not dispatched yet in line with a corrected draft."""
    frozen, gates = Freezer(tools, draft), gates_of(findings)
    views = {view.code: view for view in tools.engine.legs(draft)}
    rows = {leg.code: leg for leg in await Leg.filter(case_id=case.id).order_by("position")}
    for code, leg in rows.items():
        if code not in views:
            await leg.delete()
    for code, view in views.items():
        if code in rows:
            await refresh(rows[code], view, frozen)
    new = enumerate((views[code] for code in views if code not in rows),
                    start=1 + max((leg.position for leg in rows.values()), default=0))
    await _write([_leg(case, view, frozen, position, gates.get(view.item.code)) for position, view in new])


async def refresh(leg: Leg, view: LegView, frozen: Freezer) -> None:
    """Store the plan of a leg anew: a corrected answer may change what it needs."""
    plan = frozen.plan(view)
    await Leg.filter(id=leg.id).update(plan=plan, promised_days=view.limit.promised, updated_at=now())


def _leg(case: Case, view: LegView, frozen: Freezer, position: int, gate: Finding | None) -> Leg:
    return Leg(
        case_id=case.id, number=numbers.leg_number(case.number, position), code=view.code, item=view.item.code,
        title=_title(view, frozen.form), department=view.item.department, region=case.region, position=position,
        state="waiting", hold=gate.rule if gate else "", says=gate.says if gate else None,
        plan=frozen.plan(view), promised_days=view.limit.promised, updated_at=now(),
    )


async def _write(legs: list[Leg]) -> list[Leg]:
    """Store new legs and their outbox rows: two statements, however many there are."""
    if legs:
        await Leg.bulk_create(legs)
        await Outbox.bulk_create([
            Outbox(case_id=leg.case_id, leg_id=leg.id, kind="submit", key=key_of(leg.number, 1),
                   department=leg.department, state="held")
            for leg in legs
        ])
    return legs


def _title(view: LegView, form: MergedForm) -> str:
    """The item's title, with whose it is when the case has several of it: 社会保障卡申领（宝宝2）."""
    several = sum(leg.item.code == view.item.code for leg in form.legs) > 1
    if not several or not view.index:
        return view.item.title
    whose = next((section.title for section in form.sections if section.index == view.index
                  and any(need.startswith(f"{section.subject}[{view.index}].") for need in view.needs)), view.index)
    return f"{view.item.title}（{whose}）"
