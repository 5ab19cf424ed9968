"""The citizen's answer to the one notice: checked against what it reopened, then back to whoever asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tortoise.transactions import in_transaction

from cases.clocks import resume
from cases.corrections.notice import CorrectionChange, Entry, actor_of, entries_of, may_change, open_notice
from cases.legs.graph import advance, legs_of, queue_supplement
from cases.legs.plan import plan_in
from cases.legs.planning import Freezer, gates_of, refresh, rewrite_legs
from cases.lifecycle import hold, move
from cases.models import Case, Correction, Leg
from cases.outstanding.owed import settle
from cases.submission.submit import refuse_blocked, to_look_at
from cases.tasks import close_tasks, open_task
from cases.timeline.events import Said, about_leg, say
from cases.tools import Tools
from core.clock import now
from core.errors import NotNow
from forms.draft import Draft
from forms.drafts import StoredDraft
from forms.merging.merged import Finding


async def answer(tools: Tools, case: Case, replies: Mapping[str, str], unchanged: str = "") -> Correction:
    """Take the corrected draft back. ``replies`` (about to words) answer entries the citizen does not change;
    ``unchanged`` are the words for those of which nothing is said.

    Raises `NotNow` with ``reason``: ``no_notice``, ``not_reopened`` (and ``about``), ``unanswered`` (and ``missing``),
    ``missing``, ``findings`` or ``stale``.
    """
    notice = await open_notice(case.id)
    if notice is None:
        raise NotNow(reason="no_notice")
    held = await tools.forms.get(str(case.draft_id), case.citizen_id)
    changes = _changes(tools, case, held.draft)
    _only_reopened(notice, held.draft, changes)
    entries = _replied(notice, changes, replies, unchanged)
    findings = _checked(tools, held.draft)
    async with in_transaction():
        await hold(case.id)
        await _close(tools, case, notice, held, entries, changes)
        await _renew(tools, await Case.get(id=case.id), held.draft, changes, findings)
    return await Correction.get(id=notice.id)


async def write_changes(tools: Tools, case: Case, changes: Mapping[str, object]) -> None:
    """Put what was typed into the reopened draft; only places of the notice. Raises `InvalidAnswer`, `NotNow`."""
    notice = await open_notice(case.id)
    if notice is None:
        raise NotNow(reason="no_notice")
    held = await tools.forms.get(str(case.draft_id), case.citizen_id)
    draft = held.draft
    for path, typed in changes.items():
        if not may_change(notice, path):
            raise NotNow(reason="not_reopened", about=path)
        draft = tools.engine.put(draft, path, typed)
    await tools.forms.save(held.id, case.citizen_id, draft, held.revision, changes)


def _changes(tools: Tools, case: Case, new: Draft) -> list[CorrectionChange]:
    old = Draft.model_validate(case.snapshot)
    return [
        CorrectionChange(about=c.about, title=c.title, before=str(c.before), after=str(c.after))
        for c in tools.engine.differences(old, new)
    ]


def _only_reopened(notice: Correction, new: Draft, changes: Sequence[CorrectionChange]) -> None:
    for change in changes:
        if not may_change(notice, change.about) and not _by_itself(new, change.about):
            raise NotNow(reason="not_reopened", about=change.about)


def _by_itself(new: Draft, about: str) -> bool:
    """Whether this follows from other answers, so that it may change with what was reopened."""
    kind, _, key = about.partition(":")
    if kind == "material":
        return key in new.materials and new.materials[key].way in ("generated", "licence", "verified")
    if kind == "situation":
        return key in new.situations and new.situations[key].origin == "decided"
    return about in new.values and new.values[about].origin in ("derived", "default", "source", "result")


def _replied(
    notice: Correction, changes: Sequence[CorrectionChange], replies: Mapping[str, str], unchanged: str
) -> list[Entry]:
    changed, entries = {change.about for change in changes}, entries_of(notice)
    said = {e.about: replies.get(e.about, "") or ("" if e.about in changed else unchanged) for e in entries}
    missing = [e.about for e in entries if e.source != "finding" and e.about not in changed and not said[e.about]]
    if missing:
        raise NotNow(reason="unanswered", missing=missing)
    return [entry.model_copy(update={"reply": said[entry.about]}) for entry in entries]


def _checked(tools: Tools, draft: Draft) -> tuple[Finding, ...]:
    missing = [question.key for question in tools.engine.questions(draft) if not question.optional]
    if missing:
        raise NotNow(reason="missing", missing=missing)
    # A case keeps the content it was signed under: that newer content came since stops nobody from correcting.
    findings = tuple(finding for finding in tools.engine.review(draft) if finding.rule != "version")
    refuse_blocked(findings)
    return findings


async def _close(
    tools: Tools, case: Case, notice: Correction, held: StoredDraft, entries: Sequence[Entry],
    changes: Sequence[CorrectionChange],
) -> None:
    await tools.forms.move(held.id, "correcting", "submitted", actor_of(case))
    if (await tools.forms.get(held.id)).revision != held.revision:
        raise NotNow(reason="stale")
    fresh = await Correction.get(id=notice.id)
    if fresh.state != "open" or len(fresh.entries) != len(entries):
        raise NotNow(reason="stale")
    await Correction.filter(id=notice.id).update(
        state="answered", open_for=None, answered_at=now(), entries=[entry.model_dump() for entry in entries],
        changes=[change.model_dump() for change in changes],
    )


async def _renew(
    tools: Tools, case: Case, draft: Draft, changes: Sequence[CorrectionChange], findings: tuple[Finding, ...]
) -> None:
    version = case.data_version + 1
    await Case.filter(id=case.id).update(
        snapshot=draft.model_dump(mode="json"), data_version=version, checks=to_look_at(findings),
        findings=[finding.model_dump(mode="json") for finding in findings],
    )
    await resume(case.id, None, "correction")
    params = {"count": len(changes)}
    if case.state == "returned":
        await move(Case, case.id, "returned", "resubmitted", Said(actor_of(case), "resubmitted", params, tell=True))
        await open_task("review", case, None, reason="resubmitted", days=tools.policy.review_days)
        await rewrite_legs(tools, case, draft, findings)
    else:
        await _refresh(tools, case, draft)
        await say(case.id, Said(actor_of(case), "corrected", params, tell=True))
    await _to_departments(tools, await Case.get(id=case.id), {change.about for change in changes}, version)
    await settle(await Case.get(id=case.id))
    await gates_again(tools, case, findings)


async def _refresh(tools: Tools, case: Case, draft: Draft) -> None:
    frozen, views = Freezer(tools, draft), {view.code: view for view in tools.engine.legs(draft)}
    for leg in await Leg.filter(case_id=case.id, state__in=["waiting", "correction_asked"]):
        if leg.code in views:
            await refresh(leg, views[leg.code], frozen)


async def _to_departments(tools: Tools, case: Case, changed: set[str], version: int) -> None:
    for leg in await legs_of(case):
        if leg.state == "correction_asked":
            await resume(case.id, leg.id, "correction")
            await queue_supplement(case, leg, version, actor_of(case))
        elif leg.state in ("sending", "sent", "accepted", "failed") and changed & _places(leg):
            # It has the data of before and did not ask: a person tells the department.
            await open_task("changed", case, leg, reason="data_changed", days=tools.policy.task_days)
            await say(case.id, Said("system", "leg_changed", about_leg(leg), public=False), leg_id=leg.id)


def _places(leg: Leg) -> set[str]:
    plan = plan_in(leg)
    return set(plan.needs) | {f"material:{material.key}" for material in plan.materials}


async def gates_again(tools: Tools, case: Case, findings: tuple[Finding, ...]) -> None:
    """A correction may open a gate, or close one before its leg has started."""
    gates = gates_of(findings)
    for leg in await Leg.filter(case_id=case.id, state="waiting"):
        gate = gates.get(leg.item)
        if (gate.rule if gate else "") == leg.hold:
            continue
        await Leg.filter(id=leg.id).update(hold=gate.rule if gate else "", says=gate.says if gate else None)
        await close_tasks(case.id, kind="gate", leg_id=leg.id, resolution="corrected")
    if case.state == "dispatched":
        await advance(tools, case)
