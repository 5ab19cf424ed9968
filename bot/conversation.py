"""Conversations: one message at a time, each taken once, its reply and the new state written together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from bot.blocks import Block
from bot.carrying import GREETING, messages_of, renamed
from bot.desks import Table
from bot.dialogue.drafting import Drafted
from bot.dialogue.entering import parked
from bot.dialogue.events import Event, SignedIn
from bot.dialogue.stages import Confirming, Login
from bot.dialogue.state import State
from bot.handing_over import keep_in_step
from bot.models import Citizen, Conversation
from bot.noting import learned
from bot.parts import Hears, Parts
from bot.places import places_of
from bot.render.basics import text as words
from bot.render.matter import all_block
from bot.talk_store import (
    conversation,
    conversation_of,
    state_of,
)
from bot.talks import Talks, reply_of
from bot.turns import Turn, bottom, clean, offered
from bot.wording.wording import Wording
from cases.service import CaseService
from core.errors import NotNow
from core.kv import KV
from core.rows import find
from core.settings import Settings
from forms.audited import AuditedSource
from forms.confirmation.confirmations import Confirmations
from forms.engine import Engine
from forms.service import FormService
from intents.catalogue import Catalogue
from intents.recording import Recorder

TRIES = 3
"""Times a turn is made again when the draft was saved elsewhere in between."""


@dataclass(frozen=True)
class Exchange:
    """What came of one message: number and blocks of the reply, and the state of the talk."""

    seq: int
    blocks: tuple[Block, ...]
    state: State


class Conversations(Talks):
    """The talk with citizens, on every channel."""

    def __init__(
        self, *, understander: Hears, catalogue: Catalogue, engine: Engine, forms: FormService, cases: CaseService,
        sources: AuditedSource, confirmations: Confirmations, kv: KV, settings: Settings, say: Wording,
        recorder: Recorder | None = None,
    ) -> None:
        self.parts = Parts(
            engine=engine, catalogue=catalogue, hears=understander, forms=forms, cases=cases, sources=sources, kv=kv,
            confirmations=confirmations, url=settings.url, wording=say, prefill_budget=settings.prefill_budget,
            places=places_of(settings, engine.bank, catalogue.entries),
        )
        super().__init__(kv)
        self._recorder = recorder

    async def of(self, owner: str) -> Conversation:
        """The conversation of ``citizen:<id>`` or ``guest:<session id>``; a new one begins with a greeting."""
        row = await conversation_of(owner)
        if row.seq == 0:
            async with self._alone(row.id):
                row = await conversation(row.id)
                if row.seq == 0:
                    blocks = await self._greeting(row)
                    await self._write(row, State(offered=offered(blocks)), [reply_of(blocks)])
                    row = await conversation(row.id)
        return row

    async def turn(
        self, conversation_id: str | UUID, *, text: str | None = None, action: str | None = None,
        client_id: str | None = None, channel: str = "web",
    ) -> tuple[int, tuple[Block, ...]]:
        """Take words or a button; returns the reply's number and blocks, the same ones for the same ``client_id``."""
        done = await self.exchange(conversation_id, text=text, action=action, client_id=client_id, channel=channel)
        return done.seq, done.blocks

    async def exchange(
        self, conversation_id: str | UUID, *, text: str | None = None, action: str | None = None,
        client_id: str | None = None, channel: str = "web", lead: Iterable[Block] = (),
    ) -> Exchange:
        """Like `turn`, with the state that the talk is in afterwards. ``lead`` stands before an answer there is."""
        async with self._alone(conversation_id):
            row = await conversation(conversation_id)
            before = await self._before(row, client_id)
            if before is not None:
                return Exchange(before.seq, before.blocks, state_of(row))
            turn = await self._turn(row, text=text, action=action)
            said = clean(text or "")[:2000] or (action or "")[:400]
            mine: dict[str, object] = {"role": "citizen", "text": said, "client_id": client_id}
            turn.blocks[:0] = lead if turn.blocks else ()
            # to what is said to a person the bot answers nothing, and an empty message would be read out as one
            reply = [reply_of(turn.blocks, answers=row.seq + 1)] if turn.blocks else []
            lesson = learned(turn, channel)
            state = lesson.state
            last = await self._write(row, state, [mine, *reply])
            if self._recorder is not None:
                self._recorder.put(*lesson.entries)
            await keep_in_step(row, state, "" if action else said, turn.region, self._doing(state))
            return Exchange(last, tuple(turn.blocks), state)

    def _doing(self, state: State) -> str:
        """Title of what is being done, for whoever is asked to help."""
        entry = self.parts.catalogue.entries.get(getattr(bottom(state), "one_thing", ""))
        return entry.title if entry else ""

    async def happen(self, owner: str, event: Event, key: str, *, event_id: int = 0) -> int:
        """Something happened: say so and go on. ``key`` names the event, so that it is told once."""
        row = await conversation_of(owner)
        async with self._alone(row.id):
            row = await conversation(row.id)
            before = await self._before(row, key)
            if before is not None:
                return before.seq
            turn = await self._turn(row, event=event)
            said = [reply_of(turn.blocks, client_id=key)] if turn.blocks else []
            last = await self._write(row, turn.close(), said)
        await self._spread(owner, event_id)
        return last

    async def signed_in(self, guest_owner: str, citizen_id: str) -> Conversation:
        """A guest signed in: what they were about, and what was said about it, goes on in their own conversation."""
        guest, mine = await conversation_of(guest_owner), await self.of(f"citizen:{citizen_id}")
        begun = state_of(guest)
        async with self._alone(mine.id):
            row = await conversation(mine.id)
            state = _carried(begun, state_of(row))
            if state is not None:
                turn = await self._turn(row, event=SignedIn(), state=state)
                before = await messages_of(guest)
                await self._write(row, turn.close(), [*before, reply_of(turn.blocks)])
        return await conversation(mine.id)

    async def moved(self, guest_owner: str, owner: str) -> None:
        """A guest is known by another name now, that of their WeChat: what they were talking about goes on there."""
        guest = await conversation_of(guest_owner)
        async with self._alone(guest.id):
            guest = await conversation(guest.id)
            if guest.seq <= GREETING or await renamed(guest, owner):
                return
            mine, before = await self.of(owner), await messages_of(guest, live=True)
            async with self._alone(mine.id):
                await self._write(await conversation(mine.id), state_of(guest), [*before])

    async def _turn(
        self, row: Conversation, *, text: str | None = None, action: str | None = None, event: Event | None = None,
        state: State | None = None,
    ) -> Turn:
        """One turn, made again when the form page saved the draft in between."""
        for attempt in range(TRIES):
            turn = Turn(self.parts, Table(self.parts, row, await _person(row)), state or state_of(row))
            try:
                await turn.prepare()
                if event is not None:
                    await turn.take(event)
                elif action:
                    await turn.press(action)
                else:
                    await turn.say(text or "")
                return turn
            except NotNow as problem:
                if problem.details.get("reason") != "stale" or attempt == TRIES - 1:
                    raise
        raise NotNow(reason="stale")

    async def _greeting(self, row: Conversation) -> list[Block]:
        desk = Table(self.parts, row, await _person(row)).desk()
        return [words(desk.say("greet.hello")), all_block(desk, desk.say("greet.what"))]


def _carried(begun: State, mine: State) -> State | None:
    """The citizen's own state with what they began as a guest in front; None when there is nothing to carry."""
    if not isinstance(begun.stage, Login | Confirming):
        return None
    if isinstance(mine.stage, Drafted) and mine.stage.one_thing == getattr(begun.stage, "one_thing", ""):
        return mine
    return parked(mine).model_copy(update={"stage": begun.stage, "later": begun.later, "told": begun.told,
                                           "noted": begun.noted})


async def _person(row: Conversation) -> Citizen | None:
    kind, _, key = row.owner.partition(":")
    return await find(Citizen, id=UUID(key), deleted_at=None) if kind == "citizen" else None
