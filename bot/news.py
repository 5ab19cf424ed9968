"""News: what happens by itself, by a job, is told in the talk once."""

from __future__ import annotations

from uuid import UUID

from bot.case_sights import case_sight
from bot.conversation import Conversations
from bot.dialogue.events import CaseMoved, Event, HandedBack, Move, NobodyYet, OtherDecided
from bot.render.basics import text as words
from cases.talks import waiting
from cases.timeline import bundling
from core.masking import mask_name
from forms.drafts import EDITABLE

_OF_A_PERSON: dict[str, Event] = {
    "back": HandedBack(), "nobody": HandedBack(nobody=True), "nobody_yet": NobodyYet(),
}


class News:
    """Changes of cases, decisions of others and answers of staff, for the talks they belong to."""

    def __init__(self, conversations: Conversations) -> None:
        self._talks, self._parts = conversations, conversations.parts

    async def case_moved(self, event_id: int) -> None:
        """Tell a citizen what happened to their case, once, with what else waits to be told."""
        cases = self._parts.cases
        notices = await bundling.bundle(event_id)
        if not notices:
            return
        first = notices[0]
        carrier = first.told_with or first.event_id
        sight = case_sight(await cases.view(first.case_id), self._parts.wording)
        moves = (Move(one.what, tuple((name, str(value)) for name, value in one.params.items())) for one in notices)
        moved = CaseMoved(tuple(moves), sight)
        await self._talks.happen(f"citizen:{first.citizen_id}", moved, f"event:{carrier}", event_id=carrier)
        await cases.told(carrier)

    async def confirmed(self, confirmation_id: str) -> None:
        """Somebody else confirmed or declined: their case goes on, and whoever asked is told."""
        parts = self._parts
        row = await parts.confirmations.to_tell(confirmation_id)
        if row is None:
            return
        held = await parts.forms.get(str(row.draft_id))
        await parts.cases.confirmed(held.id)
        event = OtherDecided(
            draft=held.id, title=row.title, name=mask_name(row.name), confirmed=row.state == "confirmed",
            matter=parts.engine.bank.definition(row.one_thing).title, reason=row.reason or "",
            open=held.state in EDITABLE,
        )
        await self._talks.happen(f"citizen:{held.citizen_id}", event, f"confirmation:{confirmation_id}")
        await parts.confirmations.told(confirmation_id)

    async def reply(self, task_id: str) -> None:
        """Put a person's answer into the talk; say that nobody has come; give the talk back."""
        found = await waiting.untold(UUID(task_id))
        if found is None:
            return
        if found.what in _OF_A_PERSON:
            await self._talks.happen(found.owner, _OF_A_PERSON[found.what], f"{found.what}:{task_id}")
        else:
            said = words(self._parts.wording("person.says", words=found.words))
            await self._talks.say_once(found.owner, [said], task_id, role="staff")
        await waiting.reply_told(UUID(task_id))
