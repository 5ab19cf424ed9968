"""Performing effects: what a step asked for is done here, and what came of it goes back as an event."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from uuid import UUID

from tortoise.transactions import in_transaction

from bot.case_effects import CaseEffects
from bot.case_sights import day
from bot.desks import Table
from bot.dialogue.events import (
    Consented,
    Done,
    DraftFound,
    DraftOpened,
    DraftsFound,
    Event,
    Failed,
    HandedOver,
    LinkMade,
    PlaceWanted,
    Prefilled,
)
from bot.dialogue.outcome import (
    AskOther,
    Discard,
    Effect,
    FindDrafts,
    GiveConsent,
    HandOver,
    LoadDraft,
    OpenDraft,
    Prefill,
    SaveDraft,
    SwitchLarge,
    Unbind,
)
from bot.dialogue.sights import DraftSight
from bot.looking_up import look_up
from bot.models import Citizen, Session
from bot.parts import Parts
from bot.wechat.users import unbind_all
from core.audit import record
from core.clock import in_china
from core.errors import NotFound, YijianshiError
from forms.drafts import StoredDraft
from forms.filling.retrying import news


class Effects:
    """Performs effects for one turn, on one table."""

    def __init__(self, parts: Parts, table: Table) -> None:
        self._parts, self._table = parts, table
        self._cases = CaseEffects(parts, table)

    async def perform(self, effect: Effect) -> Event | None:
        """Do it. What fails in a way the citizen should know of comes back as `Failed`.

        A draft that was saved elsewhere in between raises `NotNow` (``reason=stale``): the turn is made again.
        """
        handler = self._handlers.get(type(effect))
        try:
            return await (handler(self, effect) if handler else self._cases.perform(effect))
        except YijianshiError as problem:
            if problem.details.get("reason") == "stale" and isinstance(effect, SaveDraft | GiveConsent):
                raise
            return Failed(_wording(problem, self._parts), problem.retryable)

    async def _open(self, effect: OpenDraft) -> Event:
        table, forms = self._table, self._parts.forms
        code = self._parts.catalogue[effect.one_thing].form
        found = [one for one in await forms.open_of(table.citizen_id, code) if one.state == "open"]
        if found and not effect.anew:
            table.hold(found[0])
            if found[0].draft.consent is not None:
                return DraftFound(_sight(found[0], effect.one_thing))
            return DraftOpened(found[0].id, effect.one_thing)
        places, login = self._parts.places, table.login
        region = effect.chosen or places.settled(effect.one_thing, effect.said)
        if not region:
            return PlaceWanted(effect.one_thing, effect.anew, login.id_number[:6] if login else "")
        for one in found:
            await forms.withdraw(one.id, table.citizen_id)
        table.hold(await forms.create(table.citizen_id, self._parts.engine.start(code, region, login)))
        told = region if places.several and not effect.chosen else ""
        return DraftOpened(table.draft_id, effect.one_thing, place=told)

    async def _load(self, effect: LoadDraft) -> Event:
        try:
            held = await self._parts.forms.get(effect.draft, self._table.citizen_id)
        except NotFound:
            return Failed("resume.gone")
        if held.state != "open":
            return Failed("not_submitted.closed")
        self._table.hold(held)
        return DraftOpened(held.id, self._one_thing(held), fresh=False)

    async def _find(self, effect: FindDrafts) -> Event:
        held = await self._parts.forms.open_of(self._table.citizen_id)
        sights = (_sight(one, self._one_thing(one)) for one in held if one.state == "open")
        return DraftsFound(tuple(sights), effect.one_thing)

    async def _save(self, effect: SaveDraft) -> Event | None:
        await self._table.save(effect.draft)
        return None

    async def _discard(self, effect: Discard) -> Event | None:
        await self._parts.forms.withdraw(effect.draft, self._table.citizen_id)
        self._table.clear()
        return None if effect.quiet else Done("discarded")

    async def _consent(self, effect: GiveConsent) -> Event:
        table = self._table
        consent = table.consent(self._parts.engine, given=effect.given)
        details = {"consent": consent.id, "sources": consent.sources, "purpose": consent.purpose}
        what = "consent.given" if effect.given else "consent.refused"
        async with in_transaction():
            await table.save(table.draft.model_copy(update={"consent": consent}))
            await record(table.actor, what, f"draft:{table.draft_id}", details=details)
        return Consented(effect.given)

    async def _prefill(self, effect: Prefill) -> Event:
        before = self._table.draft.facts
        await look_up(self._parts, self._table)
        return Prefilled(news(before, self._table.draft.facts))

    async def _ask_other(self, effect: AskOther) -> Event:
        parts, table = self._parts, self._table
        draft_id = effect.draft or table.draft_id
        made = await parts.confirmations.ask(draft_id, table.citizen_id, effect.key)
        draft = (await parts.forms.get(draft_id, table.citizen_id)).draft
        matter = parts.engine.bank.definition(draft.one_thing).title
        until = day(in_china(made.expires_at).date(), parts.wording)
        return LinkMade(made.title, made.name, f"{parts.url}/confirm/{made.token}", until, matter)

    async def _hand_over(self, effect: HandOver) -> Event | None:
        await record(self._table.actor, "talk.person" if effect.to_person else "talk.bot", self._table.subject)
        return HandedOver(effect.urgent) if effect.to_person else None

    async def _unbind(self, effect: Unbind) -> Event:
        return Done("unbound" if await unbind_all(self._table.citizen_id) else "not_bound")

    async def _large(self, effect: SwitchLarge) -> Event | None:
        kind, _, key = self._table.owner.partition(":")
        model = Citizen if kind == "citizen" else Session
        await model.filter(id=UUID(key)).update(elder=effect.on)
        return None

    def _one_thing(self, held: StoredDraft) -> str:
        """The catalogue's code for a draft's form."""
        entries = self._parts.catalogue.entries
        return next((code for code, entry in entries.items() if entry.form == held.draft.one_thing),
                    held.draft.one_thing)

    _handlers: dict[type, Callable[..., Awaitable[Event | None]]] = {  # noqa: RUF012  # never changed
        OpenDraft: _open, LoadDraft: _load, FindDrafts: _find, SaveDraft: _save, Discard: _discard,
        GiveConsent: _consent, Prefill: _prefill, HandOver: _hand_over, SwitchLarge: _large,
        AskOther: _ask_other, Unbind: _unbind,
    }


def _sight(held: StoredDraft, one_thing: str) -> DraftSight:
    return DraftSight(held.id, one_thing, held.updated_at)


def _wording(problem: YijianshiError, parts: Parts) -> str:
    reason = f"error.{problem.details.get('reason')}"
    return reason if parts.wording.has(reason) else problem.wording
