"""Everybody else of a story that is played in one process: who must confirm, a reviewer, the departments."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

from bot.house import House
from cases.actors import Demand, Staff
from cases.models import Case, Leg
from core.errors import NotFound
from core.jobs import LocalBroker
from forms.confirmation.confirmations import Confirmations
from forms.draft import Login
from forms.engine import Engine
from forms.service import FormService
from integrations.platforms.demo.province import Province

Act = Callable[[str], Awaitable[None]]
"""What somebody does in a citizen's matter."""
PHONE = "55555555-5555-5555-5555-555555555555"
"""Citizen id of whoever confirms."""
REVIEWER = Staff("stand-in", "terminal")
MONTH = 30 * 24 * 3600.0
ROUNDS = 6
"""Months of office work after which a story stands where it stands: longer than any chain of one-things."""


async def others_confirm(confirmations: Confirmations, engine: Engine, forms: FormService, draft_id: str) -> int:
    """Each person a draft waits for signs in on a phone of their own and confirms; returns how many did."""
    held = await forms.get(draft_id)
    missing = [who for who in engine.confirmations(held.draft) if who.state in ("open", "stale")]
    for who in missing:
        link = await confirmations.ask(draft_id, held.citizen_id, who.key)
        login = Login(name=who.name, id_number=who.id_number, level=3)
        read = await confirmations.read(link.token, PHONE, login)
        await confirmations.decide(link.token, PHONE, login, "confirmed", read.seen)
    return len(missing)


class StandIns:
    """What can be asked of them, by the name it has under ``terminal.do``. Each raises what the act itself raises."""

    def __init__(self, house: House, province: Province) -> None:
        self._house, self._province = house, province
        acts = {"family": self.family, "approve": self.approve, "send_back": self.send_back, "offices": self.offices}
        self.acts: dict[str, Act] = {name: self._whole(act) for name, act in acts.items()}

    def _whole(self, act: Act) -> Act:
        """An act with all that follows from it: whoever is to be told has been told when it is over."""
        async def do(citizen: str) -> None:
            await act(citizen)
            if isinstance(self._house.jobs.broker, LocalBroker):
                await self._house.jobs.broker.idle()

        return do

    async def family(self, citizen: str) -> None:
        """Whoever else the citizen's drafts wait for confirms."""
        house = self._house
        for held in await house.forms.open_of(citizen):
            await others_confirm(house.confirmations, house.engine, house.forms, held.id)

    async def approve(self, citizen: str) -> None:
        """A reviewer approves the case, and it goes out to the departments."""
        case = await self._case(citizen)
        await self._house.cases.open_review(case.id, REVIEWER)
        await self._house.cases.approve(case.id, REVIEWER)

    async def send_back(self, citizen: str) -> None:
        """A reviewer asks for one correction, of something the citizen has typed."""
        case = await self._case(citizen)
        await self._house.cases.open_review(case.id, REVIEWER)
        draft = (await self._house.forms.get(str(case.draft_id))).draft
        typed = (path for path, value in draft.values.items() if value.origin == "citizen")
        about = next(typed, "") or next(iter(draft.values))
        says = self._house.say("terminal.please_look")
        await self._house.cases.return_(case.id, REVIEWER, [Demand(about, says)])

    async def offices(self, citizen: str) -> None:
        """Months go by in the departments, until the case is over or waits for the citizen."""
        for _ in range(ROUNDS):
            await self._house.cases.deliver_due()
            await asyncio.to_thread(self._province.advance, MONTH)
            case = await self._case(citizen)
            legs = await Leg.filter(case_id=case.id, next_pull_at__not_isnull=True).values_list("id", flat=True)
            for leg in legs:
                await self._house.cases.pull(UUID(str(leg)))
            if not legs:
                break

    async def _case(self, citizen: str) -> Case:
        """The citizen's newest case. Raises `NotFound`."""
        found = await self._house.cases.cases_of(citizen)
        if not found:
            raise NotFound()
        return found[0]
