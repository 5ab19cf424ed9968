"""Others who confirm for themselves, once a case stands: what is shown, what departments get, what a late one opens."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from tortoise.transactions import in_transaction

from cases.actors import SYSTEM
from cases.corrections.answers import gates_again
from cases.following.views import ConfirmationView
from cases.legs.plan import Plan, plan_in
from cases.lifecycle import CASE_OPEN, hold
from cases.models import Case, Leg
from cases.submission.submit import to_look_at
from cases.timeline.events import Said, about_leg, say
from cases.tools import Tools
from core.masking import mask_name
from forms.confirmation.confirmer import Confirmer
from forms.confirmation.confirming import fingerprint
from forms.draft import Confirmed, Draft
from forms.merging.merged import Finding
from forms.models import ConfirmationRow
from integrations.platforms.base import PackageConfirmation

ABOUT = "confirmation:"


async def confirmations_of(tools: Tools, case: Case) -> tuple[ConfirmationView, ...]:
    """What others decided, and whom a part still waits for."""
    draft = Draft.model_validate(case.snapshot)
    asked = {who.key: who for who in tools.engine.confirmations(draft)} if draft.login is not None else {}
    rows = await _rows(draft)
    decided = [_decided(key, given, rows[given.id])
               for key, given in draft.confirmations.items() if given.id in rows]
    known = {view.key for view in decided if view.state == "confirmed"}
    waiting = [_waiting(who) for who in asked.values() if who.key not in known and who.state != "unsure"]
    fresh = {view.key for view in waiting}
    return (*(view for view in decided if view.key not in fresh), *waiting)


async def _rows(draft: Draft) -> dict[str, ConfirmationRow]:
    ids = [UUID(given.id) for given in draft.confirmations.values()]
    return {str(row.id): row for row in await ConfirmationRow.filter(id__in=ids)} if ids else {}


def _decided(key: str, given: Confirmed, row: ConfirmationRow) -> ConfirmationView:
    return ConfirmationView(
        key=key, code=key.partition(":")[0], title=row.title, name=mask_name(row.name), says=row.text,
        state=given.decision, at=given.at, level=given.level, version=given.version, reason=given.reason,
    )


def _waiting(who: Confirmer) -> ConfirmationView:
    state = who.state if who.state in ("declined", "paper") else "open"
    return ConfirmationView(
        key=who.key, code=who.code, title=who.title, name=mask_name(who.name), says=who.says, state=state, at=who.at,
        level=who.level, version=who.version, reason=who.reason,
    )


def named_in(plan: Plan, draft: Draft, key: str) -> bool:
    """Whether a part of the form names the person of a confirmation: by the paths they were told apart with."""
    place = key.partition(":")[2]
    given = draft.confirmations.get(key)
    seen = [path for path in given.seen if path.startswith(f"{place}.")] if given else []
    needs = set(plan.needs)
    return any(path in needs for path in seen) if seen else any(path.startswith(f"{place}.") for path in needs)


async def for_package(case: Case, leg: Leg) -> tuple[PackageConfirmation, ...]:
    """What a department gets: confirmations of those whom its own part names."""
    draft, plan = Draft.model_validate(case.snapshot), plan_in(leg)
    rows = await _rows(draft)
    return tuple(_packed(draft, key, given, rows[given.id]) for key, given in draft.confirmations.items()
                 if given.decision == "confirmed" and given.id in rows and named_in(plan, draft, key))


def _packed(draft: Draft, key: str, given: Confirmed, row: ConfirmationRow) -> PackageConfirmation:
    return PackageConfirmation(
        code=key.partition(":")[0], title=row.title, name=row.name, id_number=_id_number(draft, given),
        says=row.text, version=given.version, level=given.level, at=given.at,
    )


def _id_number(draft: Draft, given: Confirmed) -> str:
    found = (str(value.value) for path, value in draft.values.items()
             if path in given.seen and fingerprint(value.value) == given.who)
    return next(found, "")


async def confirmed(tools: Tools, draft_id: str) -> None:
    """Somebody decided after the case was submitted: the case says so, and parts that waited for it go on."""
    case = await Case.get_or_none(draft_id=UUID(draft_id), state__in=CASE_OPEN)
    if case is None:
        return
    held = await tools.forms.get(draft_id)
    async with in_transaction():
        await hold(case.id)
        case = await Case.get(id=case.id)
        draft = Draft.model_validate(case.snapshot)
        if draft.confirmations == held.draft.confirmations:
            return
        draft = draft.model_copy(update={"confirmations": held.draft.confirmations})
        findings = tuple(finding for finding in tools.engine.review(draft) if finding.rule != "version")
        kept = (*_without_others(case), *(one for one in findings if one.about.startswith(ABOUT)))
        await Case.filter(id=case.id).update(
            snapshot=draft.model_dump(mode="json"), checks=to_look_at(kept),
            findings=[finding.model_dump(mode="json") for finding in kept],
        )
        waited = {leg.id for leg in await Leg.filter(case_id=case.id, state="waiting").exclude(hold="")}
        await gates_again(tools, await Case.get(id=case.id), findings)
        for leg in await Leg.filter(case_id=case.id, id__in=list(waited), hold="") if waited else ():
            await say(case.id, Said(SYSTEM, "leg_released", about_leg(leg), tell=True), leg_id=leg.id)


def _without_others(case: Case) -> Iterator[Finding]:
    for data in case.findings or []:
        if not data["about"].startswith(ABOUT):
            yield Finding.model_validate(data)
