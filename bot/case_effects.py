"""Effects on cases: submit, follow, correct, withdraw, rate."""

from __future__ import annotations

from bot.case_sights import case_sight
from bot.desks import Table
from bot.dialogue.events import CasesFound, CorrectionOpened, Done, Event, Failed, NotSubmitted, Submitted
from bot.dialogue.outcome import Effect, FindCases, OpenCorrection, Rate, Submit, Withdraw
from bot.dialogue.sights import CaseSight
from bot.parts import Parts
from cases.models import Case
from core.errors import NotFound, NotNow
from forms.merging.merged import Finding

LATEST = 3
"""Cases that are told of when none is named."""


class CaseEffects:
    """Performs the effects that concern cases."""

    def __init__(self, parts: Parts, table: Table) -> None:
        self._parts, self._table = parts, table

    async def perform(self, effect: Effect) -> Event | None:
        """Do it. Errors of the house pass through."""
        match effect:
            case Submit():
                return await self._submit(effect)
            case FindCases():
                return await self._find(effect.number)
            case OpenCorrection():
                return await self._correction(effect.case)
            case Withdraw():
                await self._parts.cases.withdraw(effect.case, self._table.citizen_id)
                return Done("withdrawn", effect.case)
            case Rate():
                return await self._rate(effect)
            case _:
                return None

    async def _submit(self, effect: Submit) -> Event:
        cases, citizen = self._parts.cases, self._table.citizen_id
        try:
            if effect.case:
                case = await cases.case(effect.case, citizen)
                await cases.answer_correction(case.id, citizen, dict(effect.replies), effect.unchanged)
            else:
                case = await cases.submit(self._table.draft_id, citizen, effect.signed)
        except NotNow as problem:
            return self._refused(problem)
        return Submitted(await self._sight(case), again=bool(effect.case))

    def _refused(self, problem: NotNow) -> Event:
        found = problem.details.get("findings")
        findings = tuple(one for one in found if isinstance(one, Finding)) if isinstance(found, list | tuple) else ()
        return NotSubmitted(str(problem.details.get("reason", "")), findings)

    async def _find(self, number: str) -> Event:
        if not number:
            mine = await self._parts.cases.numbers_of(self._table.citizen_id, LATEST)
            return CasesFound(tuple([await self._sight(one) for one in mine]))
        try:
            return CasesFound((await self._sight(number),), number)
        except NotFound:  # someone else's number looks like one that does not exist
            return CasesFound((), number)

    async def _correction(self, number: str) -> Event:
        try:
            sight = await self._sight(number)
        except NotFound:
            return CasesFound((), number)
        if not sight.demands:
            return Failed("not_submitted.no_notice")
        await self._table.load(sight.draft)
        return CorrectionOpened(sight)

    async def _rate(self, effect: Rate) -> Event:
        await self._parts.cases.rate(effect.case, self._table.citizen_id, effect.stars, effect.words, effect.tags)
        return Done("rated", effect.case)

    async def _sight(self, case: Case | str) -> CaseSight:
        """A case of this citizen, by its number or as it was read. Raises `NotFound`."""
        return case_sight(await self._parts.cases.view(case, self._table.citizen_id), self._parts.wording)
