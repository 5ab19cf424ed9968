"""Working on drafts for a client: the same engine as the talk, one answer at a time, never over a newer revision."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import uuid4

from tortoise.transactions import in_transaction

from bot.amounts import entries_in
from bot.dialogue.desk import Desk
from bot.looking_up import purpose_of
from bot.web.changes import Change
from bot.web.paper_view import draft_view
from bot.web.shapes import DraftOut
from bot.web.sight import Sight
from cases.corrections.notice import Entry
from cases.following.views import CaseView
from core.audit import record
from core.clock import now
from core.errors import NotNow
from forms.draft import Consent, Draft, MaterialAnswer
from forms.drafts import StoredDraft

if TYPE_CHECKING:
    from bot.house import House


class Papers:
    """The drafts of one citizen."""

    def __init__(self, house: House, citizen_id: str) -> None:
        self._house, self._citizen = house, citizen_id

    async def get(self, draft_id: str) -> StoredDraft:
        """One draft of theirs. Raises `NotFound`, also for somebody else's."""
        return await self._house.forms.get(draft_id, self._citizen)

    async def view(self, held: StoredDraft) -> DraftOut:
        """The draft as the form page shows it."""
        house = self._house
        case = await self._case(held) if held.state in ("correcting", "submitted") else None
        notice = case.correction if case else None
        allowed = frozenset(notice.allowed if notice else ()) if held.state == "correcting" else None
        demands = _demands(notice.entries) if notice and allowed is not None else {}
        files = await house.forms.files.list_of(held.id, self._citizen)
        return draft_view(Sight(house.engine, house.say, held, files, case.number if case else "", allowed, demands,
                                links=await house.confirmations.links(held.id), places=house.places))

    async def change(self, draft_id: str, revision: int, about: str, change: Change) -> StoredDraft:
        """Make one change to the revision the client saw, then look up what it opened.

        Raises `InvalidAnswer`, and `NotNow`: ``stale``, ``closed``, ``not_reopened`` (and ``about``).
        """
        held = await self.get(draft_id)
        if held.revision != revision:
            raise NotNow(reason="stale", revision=held.revision)
        await self.may(held, about)
        return await self._saved(held, change(held.draft), about)

    async def consent(self, draft_id: str, revision: int | None, *, given: bool) -> StoredDraft:
        """Record consent to what the draft wants to look up, as it was shown, and look it up; a no after a yes takes
        the consent back, and what was looked up goes.

        Raises `NotNow`: ``stale`` when the draft is not at the ``revision`` that was shown, for its wants may be
        others; ``closed`` when it was signed, for a case is withdrawn as a whole.
        """
        held = await self.get(draft_id)
        if revision not in (None, held.revision):
            raise NotNow(reason="stale", revision=held.revision)
        before = held.draft.consent
        taken_back = before is not None and before.given and not given
        if taken_back and held.state != "open":
            raise NotNow(reason="closed", state=held.state)
        wanted = self._house.engine.consent(held.draft)
        consent = Consent(
            id=uuid4().hex, given=given, purpose=wanted.purpose, sources=[code for code, _ in wanted.sources],
            items=list(wanted.items), text=wanted.text, at=now(),
        )
        details = {"consent": consent.id, "sources": consent.sources, "purpose": consent.purpose}
        what = "consent.given" if given else "consent.withdrawn" if taken_back else "consent.refused"
        kept = self._house.engine.let_go(held.draft) if taken_back else held.draft
        draft = kept.model_copy(update={"consent": consent})
        async with in_transaction():
            saved = await self._house.forms.save(held.id, self._citizen, draft, held.revision, ["consent"])
            await record(f"citizen:{self._citizen}", what, f"draft:{held.id}", details=details)
        return await self._filled(saved)

    async def move(self, draft_id: str) -> StoredDraft:
        """Bring a draft to the present content. One that was signed stays on the content it was signed under."""
        held = await self.get(draft_id)
        if held.state != "open":
            raise NotNow(reason="closed", state=held.state)
        return await self._saved(held, self._house.engine.move(held.draft).draft, "version")

    async def relocate(self, held: StoredDraft, revision: int, region: str) -> StoredDraft:
        """Have a draft handled in another region. Raises `NotNow`: ``stale``, ``closed`` once it was signed."""
        if held.revision != revision:
            raise NotNow(reason="stale", revision=held.revision)
        if held.state != "open":
            raise NotNow(reason="closed", state=held.state)
        return await self._saved(held, self._house.engine.relocate(held.draft, region).draft, "region")

    async def files_changed(self, draft_id: str, slot: str) -> StoredDraft:
        """Make the draft say which files lie in a slot now; tried again when it was saved elsewhere meanwhile."""
        for _ in range(3):
            held = await self.get(draft_id)
            listed = await self._house.forms.files.list_of(draft_id, self._citizen)
            files = [one.id for one in listed if one.slot == slot]
            try:
                return await self._saved(held, self._holding(held.draft, slot, files), f"material:{slot}")
            except NotNow as problem:
                if problem.details.get("reason") != "stale":
                    raise
        raise NotNow(reason="stale")

    def _holding(self, draft: Draft, slot: str, files: list[str]) -> Draft:
        if files:
            return self._house.engine.provide(draft, slot, MaterialAnswer(way="upload", at=now(), files=files))
        rest = {key: given for key, given in draft.materials.items() if key != slot}
        return draft.model_copy(update={"materials": rest})

    async def may(self, held: StoredDraft, about: str) -> None:
        """Raise `NotNow` (``closed``, ``not_reopened``) unless this place of the draft may be changed now."""
        if held.state == "open":
            return
        if held.state != "correcting":
            raise NotNow(reason="closed", state=held.state)
        case = await self._case(held)
        notice = case.correction if case else None
        allowed = frozenset(notice.allowed) if notice else frozenset()
        if not Sight(self._house.engine, self._house.say, held, allowed=allowed).open(about):
            raise NotNow(reason="not_reopened", about=about)

    async def _saved(self, held: StoredDraft, draft: Draft, about: str) -> StoredDraft:
        saved = await self._house.forms.save(held.id, self._citizen, draft, held.revision, [about])
        return await self._filled(saved)

    async def _filled(self, held: StoredDraft) -> StoredDraft:
        """What an answer opened is looked up at once, where there is consent and nothing was signed yet."""
        house, draft = self._house, held.draft
        if held.state != "open" or not (draft.consent and draft.consent.given) or not house.engine.to_look_up(draft):
            return held
        filled = await house.sources.prefill(
            house.engine, draft, purpose_of(held), house.settings.prefill_budget, actor=f"citizen:{self._citizen}"
        )
        try:
            return await house.forms.save(held.id, self._citizen, filled, held.revision, ["prefill"])
        except NotNow:  # saved elsewhere meanwhile: whoever did it looks up too
            return await self.get(held.id)

    async def _case(self, held: StoredDraft) -> CaseView | None:
        cases = self._house.cases
        for case in await cases.cases_of(self._citizen):
            if str(case.draft_id) == held.id:
                return await cases.view(case)
        return None


def desk_of(house: House, draft: Draft) -> Desk:
    """A desk with a draft on it, for what is shown of it."""
    return Desk(say=house.say, matters=entries_in(house.catalogue.entries, house.engine.bank, draft.region),
                engine=house.engine, draft=draft, places=house.places)


def _demands(entries: Iterable[Entry]) -> dict[str, str]:
    """What a notice says of each place; two may ask something of the same."""
    found: dict[str, str] = {}
    for one in entries:
        found[one.about] = f"{found[one.about]}；{one.says}" if one.about in found else one.says
    return found
