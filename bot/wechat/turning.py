"""What a push comes to: who sent it, what it means, and the words that answer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from bot.blocks import Block
from bot.models import WechatUser
from bot.render.basics import text
from bot.wechat import grants, meaning
from bot.wechat.delivering import client_id, skip
from bot.wechat.parts import Part
from bot.wechat.pictures import picture
from bot.wechat.telling import Packed, Telling
from bot.wechat.users import forget, owner, unbind, user_of
from bot.wechat.voices import voice
from core.clock import now
from core.errors import TooMany, YijianshiError
from integrations.channels.wechat.accounts import Account
from integrations.channels.wechat.base import WechatApi, WechatPerson
from integrations.channels.wechat.push import Push

if TYPE_CHECKING:
    from bot.house import House

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Found:
    """The messages that answer a push; none is nothing to show. ``packed`` when they come out of the talk, where they
    count as told."""

    parts: tuple[Part, ...] = ()
    packed: Packed | None = None


class Turning:
    """Of one account."""

    def __init__(self, house: House, account: Account, api: WechatApi, telling: Telling) -> None:
        self._house, self._account, self._api, self._telling = house, account, api, telling

    async def found(self, push: Push, *, again: bool) -> Found:
        """What answers a push, whatever goes wrong. ``again``: a process that took it before did not come to an end."""
        try:
            return await self._taken(push, again)
        except TooMany:
            return self._says("wechat.busy")
        except YijianshiError as problem:
            log.warning("wechat.refused", account=self._account.name, code=problem.code)
            return Found((Part(self._house.say.first(problem.wording, "wechat.failed")),))
        except Exception:  # the frame around everything: silence would read as a fault of the account
            log.exception("wechat.failed", account=self._account.name)
            return self._says("wechat.failed")

    async def _taken(self, push: Push, again: bool) -> Found:
        user = await user_of(self._account.app_id, WechatPerson(push.openid))
        if push.acted:
            await WechatUser.filter(id=user.id).update(follows=True, seen_at=now(), blocked_at=None)
            await self._telling.ledger.acted(str(user.id), push.acted)
        if push.kind == "event" and await self._comes_or_goes(push, user):
            return Found()
        found = meaning.meaning_of(push, self._house.catalogue.entries.keys())
        if found == meaning.Meaning():
            return Found()
        if found.says:
            return self._says(found.says)
        return await self._talked(push, user, found, again)

    async def _comes_or_goes(self, push: Push, user: WechatUser) -> bool:
        """Leaving, and taking back what was allowed; True when nothing is left to say."""
        if push.event == meaning.LEAVES:
            await unbind(user.id)
            await WechatUser.filter(id=user.id).update(follows=False)
        if push.event == meaning.REVOKES:
            await forget(user)
        if push.event == meaning.SENT and not push.status.startswith("success"):
            log.warning("wechat.template_failed", account=self._account.name, status=push.status)
            if "user block" in push.status:
                await grants.block(user.id)
        if push.grants:
            await grants.remember(user.id, push.grants)
        return push.event in (meaning.LEAVES, meaning.REVOKES)

    async def _talked(self, push: Push, user: WechatUser, found: meaning.Meaning, again: bool) -> Found:
        house, talker = self._house, owner(user)
        await house.kv.limit(f"person:{talker}", house.settings.rate_per_person)
        row = await house.conversations.of(talker)
        if user.told_in != row.id and not found.greets:
            await skip(user, row.id, row.seq)  # whoever comes with a wish need not read a greeting first
        action, words = found.action, found.text
        lead: tuple[Block, ...] = ()
        if found.voice:
            heard = await voice(house, self._api, found.voice, str(push.raw.get("Format") or ""))
            if heard.says:
                return self._says(heard.says)
            words, lead = heard.words, (text(house.say("wechat.heard", words=heard.words)),)
        if found.media_id:
            action = await picture(house, self._api, row, found.media_id)
            if not action.startswith("act:"):
                return self._says(action)
        answered: Sequence[Block] = ()
        if action or words:
            done = await house.conversations.exchange(
                row.id, text=None if action else words, action=action or None,
                client_id=client_id(self._account.name, push.key), channel="wechat", lead=lead,
            )
            await user.refresh_from_db()
            if owner(user) != talker:  # they had themselves unbound: what was said of it stands in no talk of theirs
                return Found(self._telling.packed(user, done.blocks))
            answered = done.blocks if again else ()
        return await self._told(push, user, answered)

    async def _told(self, push: Push, user: WechatUser, answered: Sequence[Block]) -> Found:
        """What they were not told; what was ``answered`` when it counts as told by whoever came to no end."""
        await user.refresh_from_db()
        packed = await self._telling.pack(user)
        if packed is not None:
            return Found(packed.parts, packed)
        if answered:
            return Found(self._telling.packed(user, answered))
        return self._says("wechat.hello_again") if push.event == meaning.FOLLOWS else Found()

    def _says(self, key: str) -> Found:
        return Found((Part(self._house.say(key)),))
