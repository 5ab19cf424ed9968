"""Between a talk and the people who answer it: what a citizen said to them goes to the queue, answers come back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.dialogue.stages import WithPerson
from bot.dialogue.state import State
from bot.models import Conversation, Message
from cases.talks import waiting

BEFORE = 6
"""Messages of the citizen that are handed over with the wish for a person."""


async def keep_in_step(
    row: Conversation, state: State, said: str, region: Callable[[], Awaitable[str]], doing: str = ""
) -> None:
    """After a turn: hand over what was said to a person, or take the talk back out of the queue.

    ``row`` is the conversation as it was before the turn; ``said`` is empty when a button was pressed, ``doing`` is
    the title of what is being done. ``region`` finds out whose queue it is; it is asked only when somebody waits.
    """
    if isinstance(state.stage, WithPerson):
        if row.with_person and not said:
            return
        lately = [said] if row.with_person else await _lately(row, doing)
        await waiting.wait_for_person(row.owner, await region(), lately)
    elif row.with_person:
        await waiting.no_longer_waits(row.owner)


async def _lately(row: Conversation, doing: str) -> list[str]:
    rows = await Message.filter(conversation_id=row.id, role="citizen").order_by("-seq").limit(BEFORE)
    said = [str(one.text) for one in reversed(rows) if one.text and not str(one.text).startswith("act:")]
    return [*said, *([f"{waiting.ABOUT}{doing}"] if doing else [])]
