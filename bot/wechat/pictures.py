"""A picture sent into the talk goes to the material that is being asked for; when none is, the case that still
waits for a paper is shown, with the way to hand it in: which paper a picture is, is not guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.drafting import Drafted
from bot.dialogue.stages import WithPerson
from bot.models import Conversation
from bot.talk_store import conversation, state_of
from bot.turns import bottom
from core.errors import OutsideError
from integrations.channels.wechat.base import WechatApi

if TYPE_CHECKING:
    from bot.house import House

ENDINGS = {"image/jpeg": "jpg", "image/png": "png"}


async def picture(house: House, api: WechatApi, row: Conversation, media_id: str) -> str:
    """The button that says it was uploaded, or the wording key of why not. Raises what is wrong with the file."""
    state = state_of(await conversation(row.id))
    if isinstance(state.stage, WithPerson):
        return "wechat.no_pictures"
    stage = bottom(state)
    slot = getattr(stage, "key", "") if getattr(stage, "what", "") == "material" else ""
    if not isinstance(stage, Drafted) or not slot:
        return await _waiting(house, row.owner.partition(":")[2]) or "wechat.no_slot"
    held = await house.forms.get(stage.draft, row.owner.partition(":")[2])
    found = next((one for one in house.engine.merged(held.draft).slots if one.key == slot), None)
    if found is None:
        return "wechat.no_slot"
    try:
        mime, content = await api.media(media_id)
    except OutsideError:
        return "wechat.picture_failed"
    name = f"{found.material}.{ENDINGS.get(mime, 'jpg')}"
    await house.forms.files.add(held.id, held.citizen_id, slot, found.material, name, mime, content)
    return f"act:uploaded:{slot}"


async def _waiting(house: House, citizen_id: str) -> str:
    """The button to hand in the paper that is owed longest; empty when none is."""
    for case in reversed(await house.cases.cases_of(citizen_id)):
        for one in (await house.cases.view(case)).owed:
            if not one.late:
                return f"act:bring:{case.number}/{one.slot}"
    return ""
