"""The one door to cases: its side for citizens, on top of those for staff and for the machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from cases.corrections import answers
from cases.doors.machine import MachineDoor
from cases.doors.staff import StaffDoor
from cases.following import ratings, viewing, withdrawing
from cases.following.views import CaseView
from cases.models import Case, Correction, Rating
from cases.outstanding import bringing, confirming, owed
from cases.submission import submit as submitting
from cases.upkeep import privacy


class CaseService(StaffDoor, MachineDoor):
    """Submit, follow, review, correct, deliver, rate. See the modules of this package for what each call raises."""

    async def submit(self, draft_id: str, citizen_id: str, signed_name: str) -> Case:
        """Turn a draft into a case, once; see `cases.submission.submit.submit`."""
        case = await submitting.submit(self.tools, draft_id, citizen_id, signed_name)
        await self._after(case.id)
        return case

    async def cases_of(self, citizen_id: str) -> list[Case]:
        """A citizen's cases, last submitted first."""
        return await Case.filter(citizen_id=citizen_id).order_by("-submitted_at")

    async def numbers_of(self, citizen_id: str, most: int) -> list[str]:
        """Numbers of a citizen's last cases, last submitted first."""
        mine = Case.filter(citizen_id=citizen_id).order_by("-submitted_at").limit(most)
        return [str(number) for number in await mine.values_list("number", flat=True)]

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

    async def bring(self, case_id: str | UUID, citizen_id: str, slot: str, files: Sequence[bringing.Given]) -> bool:
        """Hand in a paper that was to come later; see `cases.outstanding.bringing.bring`."""
        case = await self.case(case_id, citizen_id)
        taken = await bringing.bring(self.tools, case, slot, files)
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

    async def _fresh(self, case: Case | str | UUID, citizen_id: str | None) -> Case:
        return await self.case(case.id if isinstance(case, Case) else case, citizen_id)
