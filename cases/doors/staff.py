"""The side of the door for staff: review, notes, tasks, talks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from cases import tasks
from cases.actors import Demand, Staff
from cases.doors.base import CaseDoor, uuid_of
from cases.models import Task
from cases.review import deciding, resolving, viewing
from cases.review.views import StaffView
from cases.talks import talking, unanswered


class StaffDoor(CaseDoor):
    """Decide on cases and tasks. Raises what `deciding`, `resolving` and `cases.tasks` raise."""

    async def queue(self, staff: Staff, **filters: Any) -> tuple[list[viewing.QueueRow], int]:
        """Cases by urgency; see `cases.review.viewing.queue`."""
        return await viewing.queue(staff, **filters)

    async def staff_view(self, case_id: str | UUID, staff: Staff) -> StaffView:
        """A case for those who decide on it."""
        case = await deciding.case_for((await self.case(case_id)).id, staff)
        return await viewing.staff_view(self.tools, case, staff)

    async def open_review(self, case_id: str | UUID, staff: Staff) -> None:
        """Begin to review."""
        await deciding.open_review(self.tools, await self._id(case_id), staff)
        await self._after(await self._id(case_id))

    async def approve(self, case_id: str | UUID, staff: Staff, note: str = "") -> None:
        """Approve and dispatch."""
        await deciding.approve(self.tools, await self._id(case_id), staff, note)
        await self._after(await self._id(case_id))

    async def return_(self, case_id: str | UUID, staff: Staff, demands: Sequence[Demand]) -> None:
        """Send back with the one notice."""
        await deciding.return_(self.tools, await self._id(case_id), staff, demands)
        await self._after(await self._id(case_id))

    async def reject(self, case_id: str | UUID, staff: Staff, reason: str, remedy: str) -> None:
        """Refuse, with reason and remedy."""
        await deciding.reject(self.tools, await self._id(case_id), staff, reason, remedy)
        await self._after(await self._id(case_id))

    async def note(self, case_id: str | UUID, staff: Staff, words: str) -> None:
        """A note among colleagues."""
        await deciding.note(await self._id(case_id), staff, words)

    async def assign(self, case_id: str | UUID, staff: Staff, to: str) -> None:
        """Give a case to a colleague."""
        await deciding.assign(await self._id(case_id), staff, to)

    async def reveal(self, case_id: str | UUID, staff: Staff, path: str, why: str) -> str:
        """One value unmasked; audited."""
        return await deciding.reveal(self.tools, await self._id(case_id), staff, path, why)

    async def tasks(self, staff: Staff) -> list[Task]:
        """The person's queue, most urgent first."""
        return await tasks.tasks_of(staff)

    async def claim_task(self, task_id: str | UUID, staff: Staff) -> Task:
        """Take a task."""
        return await tasks.claim(uuid_of(task_id), staff)

    async def say_to(self, task_id: str | UUID, staff: Staff, words: str) -> None:
        """A person answers in a talk that they took over."""
        await talking.say_to(self.tools, uuid_of(task_id), staff, words)

    async def release_talks(self, staff: Staff) -> int:
        """Somebody signs out: the talks they took wait for a colleague."""
        return await unanswered.release_talks(staff)

    async def resolve_task(
        self, task_id: str | UUID, staff: Staff, how: str, note: str = "", *, number: str = "",
        demands: Sequence[Demand] = (),
    ) -> None:
        """End a task in one of the ways of its kind: `cases.review.resolving.WAYS`."""
        await resolving.resolve(self.tools, uuid_of(task_id), staff, how, note, number=number, demands=demands)
        task = await Task.get(id=uuid_of(task_id))
        if task.case_id:
            await self._after(task.case_id)
