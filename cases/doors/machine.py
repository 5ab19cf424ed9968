"""The side of the door for the machine: jobs, the platform's events, the sweep, the proof."""

from __future__ import annotations

from uuid import UUID

from cases.delivery import platform_events, sending
from cases.doors.base import CaseDoor, uuid_of
from cases.models import Case
from cases.timeline.events import Notice, read_notice, told
from cases.upkeep import privacy
from cases.upkeep import reconcile as reconciling
from cases.upkeep import sweep as sweeping
from cases.upkeep.reconcile import Report
from integrations.platforms.base import PlatformEvent


class MachineDoor(CaseDoor):
    """Deliver, take events, tell, sweep, reconcile."""

    async def take_event(self, event: PlatformEvent, nonce: str | None = None) -> None:
        """An event the platform pushed; returns when it is stored."""
        await platform_events.take_event(self.tools, event, nonce)
        case = await Case.get(legs__number=event.leg_number)
        await self._after(case.id)

    async def deliver(self, leg_id: str | UUID) -> int:
        """The job ``deliver``: try a leg's due rows now."""
        return await sending.deliver_leg(self.tools, uuid_of(leg_id))

    async def pull(self, leg_id: str | UUID) -> int:
        """The job ``pull``: ask the platform for a leg's events."""
        count = await platform_events.pull(self.tools, uuid_of(leg_id))
        case = await Case.get(legs__id=uuid_of(leg_id))
        await self._after(case.id)
        return count

    async def deliver_due(self, limit: int = 100) -> int:
        """Try what is due, every department on its own."""
        return await sending.deliver_due(self.tools, limit)

    async def sweep(self) -> None:
        """Make up for whatever was lost; run it every few seconds in one process or in many."""
        await sweeping.sweep(self.tools)

    async def forget(self, days: int) -> int:
        """Empty cases that ended long ago; see `cases.upkeep.privacy.forget`."""
        return await privacy.forget(self.tools, days)

    async def reconcile(self) -> Report:
        """Prove where every case is."""
        return await reconciling.reconcile(self.tools.policy)

    async def notice(self, event_id: int) -> Notice:
        """What the job ``notify`` has to tell."""
        return await read_notice(event_id)

    async def told(self, event_id: int) -> None:
        """The citizen was told."""
        await told(event_id)
