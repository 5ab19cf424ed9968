"""The one door to cases. Each call ends with the nudges that its change deserves; the sweep makes up for lost ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from cases import (
    answers,
    bundling,
    confirming,
    delivery,
    owed,
    platform_events,
    privacy,
    ratings,
    resolving,
    review,
    staff_viewing,
    talking,
    tasks,
    unanswered,
    viewing,
    withdrawing,
)
from cases import reconcile as reconciling
from cases import submit as submitting
from cases import sweep as sweeping
from cases.actors import Demand, Staff, citizen
from cases.events import Notice, nudge_notices, read_notice, told
from cases.models import Case, Correction, Outbox, Rating, Task
from cases.numbers import is_case_number
from cases.policy import Policy
from cases.reconcile import Report
from cases.tools import Paper, Recheck, Tools
from cases.views import CaseView, StaffView
from core import audit
from core.clock import now
from core.errors import NotFound
from core.jobs import Jobs
from core.kv import KV
from core.settings import Settings
from forms.service import FormService
from integrations.platforms.base import Platform, PlatformEvent


def policy_from(settings: Settings) -> Policy:
    """The policy of a deployment."""
    return Policy(
        pauses=settings.delivery_pauses, give_up_hours=settings.delivery_give_up_hours,
        claim_seconds=max(60.0, settings.platform_timeout * 3),
        # The demo province works a month in minutes, and loses callbacks when told to.
        silent_seconds=20.0 if settings.demo and not settings.platform_url else 300.0,
        gather_seconds=min(5.0 if settings.demo and not settings.platform_url else 1e9, settings.notice_minutes * 60),
        talk_minutes=settings.talk_minutes, talk_idle_hours=settings.talk_idle_hours,
    )


class CaseService:
    """Submit, follow, review, correct, deliver, rate. See the modules of this package for what each call raises."""

    def __init__(
        self, engine: Paper, forms: FormService, platform: Platform, kv: KV, jobs: Jobs, settings: Settings,
        recheck: Recheck | None = None, policy: Policy | None = None,
    ) -> None:
        self.tools = Tools(
            engine=engine, forms=forms, platform=platform, kv=kv, jobs=jobs, policy=policy or policy_from(settings),
            callback_url=f"{settings.url}/api/v1/platform/callback", files_url=f"{settings.url}/api/v1/platform/files",
            recheck=recheck,
        )

    # For citizens

    async def submit(self, draft_id: str, citizen_id: str, signed_name: str) -> Case:
        """Turn a draft into a case, once; see `cases.submit.submit`."""
        case = await submitting.submit(self.tools, draft_id, citizen_id, signed_name)
        await self._after(case.id)
        return case

    async def case(self, number_or_id: str | UUID, citizen_id: str | None = None) -> Case:
        """A case by its number or id; with ``citizen_id`` only their own. Raises `NotFound`."""
        case = await _found(number_or_id)
        if case is None:
            raise NotFound()
        if citizen_id is not None and case.citizen_id != citizen_id:
            await audit.record(citizen(citizen_id), "case.read", f"case:{case.id}", outcome="refused")
            raise NotFound()  # of somebody else's number nobody learns that it exists
        return case

    async def cases_of(self, citizen_id: str) -> list[Case]:
        """A citizen's cases, last submitted first."""
        return await Case.filter(citizen_id=citizen_id).order_by("-submitted_at")

    async def view(self, case: Case | str | UUID, citizen_id: str | None = None) -> CaseView:
        """The progress of a case in codes for wording."""
        fresh = await self._fresh(case, citizen_id)
        others = await confirming.confirmations_of(self.tools, fresh)
        papers = await owed.owed_views(self.tools, fresh)
        return (await viewing.view(fresh)).model_copy(update={"confirmations": others, "owed": papers})

    async def confirmed(self, draft_id: str) -> None:
        """Somebody else confirmed or declined; nothing to do for a draft that is no case."""
        await confirming.confirmed(self.tools, draft_id)
        case = await Case.get_or_none(draft_id=UUID(draft_id))
        if case is not None:
            await self._after(case.id)

    async def answer_correction(
        self, case_id: str | UUID, citizen_id: str, replies: Mapping[str, str] | None = None, unchanged: str = ""
    ) -> Correction:
        """Hand in the case's own draft, corrected: `FormService.save` takes it while the notice is open.

        ``unchanged`` are the words for demands whose place was left as it was and of which nothing is said.
        """
        case = await self.case(case_id, citizen_id)
        notice = await answers.answer(self.tools, case, replies or {}, unchanged)
        await self._after(case.id)
        return notice

    async def correct(
        self, case_id: str | UUID, citizen_id: str, changes: Mapping[str, object],
        replies: Mapping[str, str] | None = None,
    ) -> Correction:
        """Write ``changes`` (path to what was typed) into the reopened draft and hand it in. Raises `InvalidAnswer`."""
        case = await self.case(case_id, citizen_id)
        await answers.write_changes(self.tools, case, changes)
        return await self.answer_correction(case.id, citizen_id, replies)

    async def bring(self, case_id: str | UUID, citizen_id: str, slot: str, files: Sequence[owed.Given]) -> bool:
        """Hand in a paper that was to come later; see `cases.owed.bring`."""
        case = await self.case(case_id, citizen_id)
        taken = await owed.bring(self.tools, case, slot, files)
        await self._after(case.id)
        return taken

    async def withdraw(self, case_id: str | UUID, citizen_id: str, reason: str = "") -> None:
        """Withdraw an open case."""
        case = await self.case(case_id, citizen_id)
        await withdrawing.withdraw(self.tools, case, reason)
        await self._after(case.id)

    async def rate(
        self, case_id: str | UUID, citizen_id: str, stars: int, words: str = "", tags: Sequence[str] = ()
    ) -> Rating:
        """Rate an ended case from 1 to 5, once."""
        case = await self.case(case_id, citizen_id)
        rating = await ratings.rate(self.tools, case, stars, words, tags)
        await self._after(case.id)
        return rating

    async def export(self, citizen_id: str) -> list[dict[str, Any]]:
        """Everything held about a citizen's cases."""
        return await privacy.export(citizen_id)

    async def erase(self, citizen_id: str) -> int:
        """Forget the personal data of a citizen's ended cases. `FormService.erase` after it takes their drafts too."""
        return await privacy.erase(self.tools, citizen_id)

    # For staff

    async def queue(self, staff: Staff, **filters: Any) -> tuple[list[staff_viewing.QueueRow], int]:
        """Cases by urgency; see `cases.staff_viewing.queue`."""
        return await staff_viewing.queue(staff, **filters)

    async def staff_view(self, case_id: str | UUID, staff: Staff) -> StaffView:
        """A case for those who decide on it."""
        case = await review.case_for((await self.case(case_id)).id, staff)
        return await staff_viewing.staff_view(self.tools, case, staff)

    async def open_review(self, case_id: str | UUID, staff: Staff) -> None:
        """Begin to review."""
        await review.open_review(self.tools, await self._id(case_id), staff)
        await self._after(await self._id(case_id))

    async def approve(self, case_id: str | UUID, staff: Staff, note: str = "") -> None:
        """Approve and dispatch."""
        await review.approve(self.tools, await self._id(case_id), staff, note)
        await self._after(await self._id(case_id))

    async def return_(self, case_id: str | UUID, staff: Staff, demands: Sequence[Demand]) -> None:
        """Send back with the one notice."""
        await review.return_(self.tools, await self._id(case_id), staff, demands)
        await self._after(await self._id(case_id))

    async def reject(self, case_id: str | UUID, staff: Staff, reason: str, remedy: str) -> None:
        """Refuse, with reason and remedy."""
        await review.reject(self.tools, await self._id(case_id), staff, reason, remedy)
        await self._after(await self._id(case_id))

    async def note(self, case_id: str | UUID, staff: Staff, words: str) -> None:
        """A note among colleagues."""
        await review.note(await self._id(case_id), staff, words)

    async def assign(self, case_id: str | UUID, staff: Staff, to: str) -> None:
        """Give a case to a colleague."""
        await review.assign(await self._id(case_id), staff, to)

    async def reveal(self, case_id: str | UUID, staff: Staff, path: str, why: str) -> str:
        """One value unmasked; audited."""
        return await review.reveal(self.tools, await self._id(case_id), staff, path, why)

    async def tasks(self, staff: Staff) -> list[Task]:
        """The person's queue, most urgent first."""
        return await tasks.tasks_of(staff)

    async def claim_task(self, task_id: str | UUID, staff: Staff) -> Task:
        """Take a task."""
        return await tasks.claim(_uuid(task_id), staff)

    async def say_to(self, task_id: str | UUID, staff: Staff, words: str) -> None:
        """A person answers in a talk that they took over."""
        await talking.say_to(self.tools, _uuid(task_id), staff, words)

    async def release_talks(self, staff: Staff) -> int:
        """Somebody signs out: the talks they took wait for a colleague."""
        return await unanswered.release_talks(staff)

    async def resolve_task(
        self, task_id: str | UUID, staff: Staff, how: str, note: str = "", *, number: str = "",
        demands: Sequence[Demand] = (),
    ) -> None:
        """End a task in one of the ways of its kind: `cases.resolving.WAYS`."""
        await resolving.resolve(self.tools, _uuid(task_id), staff, how, note, number=number, demands=demands)
        task = await Task.get(id=_uuid(task_id))
        if task.case_id:
            await self._after(task.case_id)

    # For the machine

    async def take_event(self, event: PlatformEvent, nonce: str | None = None) -> None:
        """An event the platform pushed; returns when it is stored."""
        await platform_events.take_event(self.tools, event, nonce)
        case = await Case.get(legs__number=event.leg_number)
        await self._after(case.id)

    async def deliver(self, leg_id: str | UUID) -> int:
        """The job ``deliver``: try a leg's due rows now."""
        return await delivery.deliver_leg(self.tools, _uuid(leg_id))

    async def pull(self, leg_id: str | UUID) -> int:
        """The job ``pull``: ask the platform for a leg's events."""
        count = await platform_events.pull(self.tools, _uuid(leg_id))
        case = await Case.get(legs__id=_uuid(leg_id))
        await self._after(case.id)
        return count

    async def deliver_due(self, limit: int = 100) -> int:
        """Try what is due, every department on its own."""
        return await delivery.deliver_due(self.tools, limit)

    async def sweep(self) -> None:
        """Make up for whatever was lost; run it every few seconds in one process or in many."""
        await sweeping.sweep(self.tools)

    async def reconcile(self) -> Report:
        """Prove where every case is."""
        return await reconciling.reconcile(self.tools.policy)

    async def notice(self, event_id: int) -> Notice:
        """What the job ``notify`` has to tell."""
        return await read_notice(event_id)

    async def told(self, event_id: int) -> None:
        """The citizen was told."""
        await told(event_id)

    async def _after(self, case_id: UUID) -> None:
        """The nudges: tell the citizen, deliver what became due."""
        policy = self.tools.policy
        await nudge_notices(self.tools.jobs, policy.notice_pauses, bundling.due(policy.gather_seconds), case_id)
        rows = Outbox.filter(case_id=case_id, state="due", next_at__lte=now(), leg_id__not_isnull=True)
        for leg_id in await rows.values_list("leg_id", flat=True):
            await self.tools.jobs.ask("deliver", leg_id=str(leg_id))

    async def _id(self, case_id: str | UUID) -> UUID:
        return (await self.case(case_id)).id

    async def _fresh(self, case: Case | str | UUID, citizen_id: str | None) -> Case:
        return await self.case(case.id if isinstance(case, Case) else case, citizen_id)


def _uuid(text: str | UUID) -> UUID:
    try:
        return text if isinstance(text, UUID) else UUID(text)
    except ValueError as problem:
        raise NotFound() from problem


async def _found(text: str | UUID) -> Case | None:
    """By number or by id. What cannot be either, however long or odd, is simply not found."""
    if is_case_number(str(text)):
        return await Case.get_or_none(number=str(text))
    try:
        return await Case.get_or_none(id=_uuid(text))
    except NotFound:
        return None
