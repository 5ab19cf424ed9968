"""From a signed draft to a case: one transaction for the case, its legs, their outbox rows and the reviewer's task.

Every leg gets its outbox row at once, in state ``held``; approval and results make rows due. So from the moment the
citizen reads 「已提交」 each leg stands in exactly one place, which `cases.upkeep.reconcile` proves.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from cases import numbers
from cases.actors import citizen
from cases.clocks import due
from cases.legs.planning import write_legs
from cases.models import Case
from cases.submission.follow_ups import open_follow_ups
from cases.tasks import open_task
from cases.timeline.events import Said, say
from cases.tools import Tools
from core import audit
from core.clock import in_china, now
from core.errors import InvalidAnswer, NotFound, NotNow
from forms.drafts import StoredDraft
from forms.merging.merged import Finding
from forms.service import as_id

_DRAWS = 8


async def submit(tools: Tools, draft_id: str, citizen_id: str, signed_name: str) -> Case:
    """Turn a draft into a case, once: a second call gives the same case.

    Raises `NotNow` with ``reason`` ``findings`` (and ``findings``), ``missing`` (and ``missing``), ``offline``,
    ``old_version``, ``region_closed``, ``stale`` or ``closed``; `InvalidAnswer` about ``signature``; `NotFound`, also
    for somebody else's.
    """
    known = await case_of_draft(draft_id, citizen_id)
    if known:
        return known
    held = await tools.forms.get(draft_id, citizen_id)
    if held.state != "open":
        known = await case_of_draft(draft_id, citizen_id)  # the other press of the same button was first
        if known:
            return known
        raise NotNow(reason="closed", state=held.state)
    findings = await _checked(tools, held, signed_name)
    for _ in range(_DRAWS):
        try:
            return await _write(tools, held, signed_name.strip(), findings)
        except (IntegrityError, NotNow) as problem:
            known = await case_of_draft(draft_id, citizen_id)
            if known:
                return known
            if isinstance(problem, NotNow):
                held = await _pledged_meanwhile(tools, held, problem)
    raise NotNow("no free case number was found")


async def _pledged_meanwhile(tools: Tools, held: StoredDraft, problem: NotNow) -> StoredDraft:
    """The draft read anew when it differs in its pledge only: signing on two channels at once writes that as well.

    Raises ``problem`` when anything else is why.
    """
    fresh = await tools.forms.get(held.id)
    same = held.draft.model_copy(update={"pledged": fresh.draft.pledged}) == fresh.draft
    if problem.details.get("reason") != "stale" or not same:
        raise problem
    return fresh


async def case_of_draft(draft_id: str, citizen_id: str) -> Case | None:
    """The case a draft became. Somebody else's raises `NotFound`."""
    case = await Case.get_or_none(draft_id=as_id(draft_id))
    if case is not None and case.citizen_id != citizen_id:
        raise NotFound(draft=draft_id)
    return case


async def _checked(tools: Tools, held: StoredDraft, signed_name: str) -> tuple[Finding, ...]:
    engine, draft = tools.engine, held.draft
    if draft.login and _plain(signed_name) != _plain(draft.login.name):
        raise InvalidAnswer("signature", "signature")
    if draft.version != engine.bank.version(draft.one_thing):
        raise NotNow(reason="old_version")
    if tools.policy.regions and draft.region not in tools.policy.regions:
        raise NotNow(reason="region_closed", region=draft.region)
    if engine.offline(draft):
        raise NotNow(reason="offline")
    missing = [question.key for question in engine.questions(draft) if not question.optional]
    if missing:
        raise NotNow(reason="missing", missing=missing)
    findings = await _reviewed(tools, held)
    refuse_blocked(findings)
    return findings


def _plain(name: str) -> str:
    return "".join(name.split())


async def _reviewed(tools: Tools, held: StoredDraft) -> tuple[Finding, ...]:
    """Pre-review, on what the sources say now. What they contradict, or cannot say, a person looks at."""
    if tools.recheck is None:
        return tools.engine.review(held.draft)
    checked = await tools.recheck(held)
    differ = [_for_person("recheck_differs", d.path) for d in checked.differences if d.new]
    down = [_for_person("recheck_down", source) for source in checked.unchecked]
    return (*tools.engine.review(checked.draft), *differ, *down)


def _for_person(rule: str, about: str) -> Finding:
    return Finding(rule=rule, level="manual", about=about, says=f"case.finding.{rule}")


def refuse_blocked(findings: Sequence[Finding]) -> None:
    """Raise `NotNow` when a finding blocks; its details name each, in plain words."""
    blocked = [finding.model_dump(mode="json") for finding in findings if finding.level == "block"]
    if blocked:
        raise NotNow(reason="findings", findings=blocked)


async def _write(tools: Tools, held: StoredDraft, signed_name: str, findings: tuple[Finding, ...]) -> Case:
    actor, moment = citizen(held.citizen_id), now()
    async with in_transaction():
        await tools.forms.move(held.id, "open", "submitted", actor)
        if (await tools.forms.get(held.id)).revision != held.revision:
            raise NotNow(reason="stale")
        case = await _case(tools, held, signed_name, findings, moment)
        legs = await write_legs(tools, case, held.draft, findings)
        departments = len({leg.department for leg in legs})
        said = Said(actor, "submitted", {"items": len(legs), "departments": departments}, tell=True, at=moment)
        await say(case.id, said, from_state="draft", to_state="submitted")
        await open_task("review", case, None, days=tools.policy.review_days)
        await open_follow_ups(tools, case, held.draft, legs)
        await audit.record(actor, "case.submitted", f"case:{case.id}", details={"number": case.number})
    return case


async def _case(
    tools: Tools, held: StoredDraft, signed_name: str, findings: tuple[Finding, ...], moment: datetime
) -> Case:
    draft, engine = held.draft, tools.engine
    definition, counted = engine.definition(draft), engine.numbers(draft)
    day = in_china(moment).date()
    days = definition.limit.promised or counted.promised_days
    return await Case.create(
        id=uuid4(), number=numbers.case_number(draft.region, day, draft.one_thing), draft_id=UUID(held.id),
        citizen_id=held.citizen_id, one_thing=draft.one_thing, title=definition.title, version=draft.version,
        region=draft.region, state="submitted", snapshot=draft.model_dump(mode="json"), signed_name=signed_name,
        findings=[finding.model_dump(mode="json") for finding in findings], checks=to_look_at(findings),
        numbers=counted.model_dump(mode="json"), promised_days=days, submitted_at=moment, updated_at=moment,
        due_on=due(day, days)[0],
    )


def to_look_at(findings: Sequence[Finding]) -> int:
    """How many findings a person must look at."""
    return sum(finding.level in ("manual", "gate") for finding in findings)
