"""What every side of the door to cases needs: the tools, finding a case, the nudges that a change deserves."""

from __future__ import annotations

from uuid import UUID

from cases.actors import citizen
from cases.models import Case, Outbox
from cases.numbers import is_case_number
from cases.policy import Policy
from cases.timeline import bundling
from cases.timeline.events import nudge_notices
from cases.tools import Paper, Recheck, Tools
from core import audit
from core.clock import now
from core.errors import NotFound
from core.jobs import Jobs
from core.kv import KV
from core.settings import Settings
from forms.service import FormService
from integrations.platforms.base import Platform


def policy_from(settings: Settings) -> Policy:
    """The policy of a deployment."""
    return Policy(
        regions=settings.regions,
        pauses=settings.delivery_pauses, give_up_hours=settings.delivery_give_up_hours,
        claim_seconds=max(60.0, settings.platform_timeout * 3),
        # The demo province works a month in minutes, and loses callbacks when told to.
        silent_seconds=20.0 if settings.demo and not settings.platform_url else 300.0,
        gather_seconds=min(5.0 if settings.demo and not settings.platform_url else 1e9, settings.notice_minutes * 60),
        talk_minutes=settings.talk_minutes, talk_idle_hours=settings.talk_idle_hours,
    )


class CaseDoor:
    """Holds the tools. Each call of its sides ends with the nudges that its change deserves; the sweep makes up for
    lost ones."""

    def __init__(
        self, engine: Paper, forms: FormService, platform: Platform, kv: KV, jobs: Jobs, settings: Settings,
        recheck: Recheck | None = None, policy: Policy | None = None,
    ) -> None:
        self.tools = Tools(
            engine=engine, forms=forms, platform=platform, kv=kv, jobs=jobs, policy=policy or policy_from(settings),
            callback_url=f"{settings.url}/api/v1/platform/callback", files_url=f"{settings.url}/api/v1/platform/files",
            recheck=recheck,
        )

    async def case(self, number_or_id: str | UUID, citizen_id: str | None = None) -> Case:
        """A case by its number or id; with ``citizen_id`` only their own. Raises `NotFound`."""
        case = await _found(number_or_id)
        if case is None:
            raise NotFound()
        if citizen_id is not None and case.citizen_id != citizen_id:
            await audit.record(citizen(citizen_id), "case.read", f"case:{case.id}", outcome="refused")
            raise NotFound()  # of somebody else's number nobody learns that it exists
        return case

    async def _after(self, case_id: UUID) -> None:
        """The nudges: tell the citizen, deliver what became due."""
        policy = self.tools.policy
        await nudge_notices(self.tools.jobs, policy.notice_pauses, bundling.due(policy.gather_seconds), case_id)
        rows = Outbox.filter(case_id=case_id, state="due", next_at__lte=now(), leg_id__not_isnull=True)
        for leg_id in await rows.values_list("leg_id", flat=True):
            await self.tools.jobs.ask("deliver", leg_id=str(leg_id))

    async def _id(self, case_id: str | UUID) -> UUID:
        return (await self.case(case_id)).id


def uuid_of(text: str | UUID) -> UUID:
    """The id that is meant. Raises `NotFound` for what can be none."""
    try:
        return text if isinstance(text, UUID) else UUID(text)
    except ValueError as problem:
        raise NotFound() from problem


async def _found(text: str | UUID) -> Case | None:
    """By number or by id. What cannot be either, however long or odd, is simply not found."""
    if is_case_number(str(text)):
        return await Case.get_or_none(number=str(text))
    try:
        return await Case.get_or_none(id=uuid_of(text))
    except NotFound:
        return None
