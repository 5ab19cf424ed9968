"""Telling an account's user what they were not told yet: in parts, within WeChat's quota, and never twice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import structlog

from bot.blocks import Block
from bot.models import WechatUser
from bot.web.metrics import WECHAT_LEFT, WECHAT_SENT
from bot.wechat.delivering import Untold, told, untell, untold
from bot.wechat.pages import Pages
from bot.wechat.parts import Part, in_parts
from core.errors import OutsideError
from integrations.channels.wechat.accounts import Account
from integrations.channels.wechat.base import AddressDead, Unsure, WechatApi, WindowClosed
from integrations.channels.wechat.ledger import Ledger

if TYPE_CHECKING:
    from bot.house import House

log = structlog.get_logger(__name__)
MOST_PARTS = 2
"""Messages that one answer may take; the page shows the whole."""
AFTER = 0.4
"""Seconds to let the answer in the response arrive before what follows it."""


@dataclass(frozen=True)
class Packed:
    """What is told in a response: its messages, what they say, and where the cursor stood before."""

    parts: tuple[Part, ...]
    what: Untold
    before: tuple[UUID | None, int]


class Telling:
    """Of one account. ``page`` gives the address at which a path opens for its users."""

    def __init__(
        self, house: House, account: Account, api: WechatApi, ledger: Ledger, page: Callable[[str], str]
    ) -> None:
        self._house, self._account, self._api, self.page = house, account, api, page
        self.ledger = ledger

    async def pack(self, user: WechatUser) -> Packed | None:
        """What was not told yet, in messages; from now on it counts as told. None when there is nothing."""
        what, before = await untold(user, self._account.name), (user.told_in, user.told_seq)
        return Packed(self.packed(user, what.blocks), what, before) if what.blocks and await told(user, what) else None

    async def unpack(self, user: WechatUser, packed: Packed) -> None:
        """Nothing of it went into a response after all: it is told as what comes late."""
        await untell(user, packed.what, *packed.before)
        await user.refresh_from_db()
        await self.tell(user)

    def packed(self, user: WechatUser, blocks: Iterable[Block]) -> tuple[Part, ...]:
        """Blocks in as many messages as one answer may take."""
        return in_parts(blocks, self._house.say, self.pages(user), MOST_PARTS if self._account.certified else 1)

    def pages(self, user: WechatUser) -> Pages:
        """The mini-program knows who signed in; until then links stay on the page, which knows the chat."""
        return Pages(self.page, self._account.mini if user.citizen_id else "")

    async def tell(self, user: WechatUser, *, urgent: bool = True) -> bool:
        """By customer-service messages, if the window allows one; else it stays untold until they come again.

        What is not ``urgent`` leaves the last message that the window allows for what is.
        """
        if not self._account.certified or not user.follows:
            return False
        what, before = await untold(user, self._account.name), (user.told_in, user.told_seq)
        if not what.blocks or not await self._taken(user, urgent=urgent):
            return False
        if not await told(user, what):
            return False
        parts = self.packed(user, what.blocks)
        if await self._sent(user, parts[0]):
            return await self.send(user, parts[1:])
        await untell(user, what, *before)
        return False

    async def waits(self, user: WechatUser) -> bool:
        """Whether there is something that they were not told."""
        return bool((await untold(user, self._account.name)).blocks)

    async def send(self, user: WechatUser, parts: Sequence[Part]) -> bool:
        """One after another, as many as the quota has; the last one that goes says where the rest is."""
        for part in parts:
            if not await self._taken(user):
                log.info("wechat.no_quota", account=self._account.name)
                return False
            if not await self._sent(user, part):
                return False
        return True

    async def send_after(self, user: WechatUser, parts: Sequence[Part]) -> None:
        """Behind the answer that is on its way in a response."""
        await asyncio.sleep(AFTER)
        await self.send(user, parts)

    async def _taken(self, user: WechatUser, *, urgent: bool = False) -> bool:
        """One message of the quota, which is counted."""
        taken = await self.ledger.take(str(user.id), urgent=urgent)
        if taken:
            WECHAT_LEFT.labels(self._account.name).observe(await self.ledger.left(str(user.id)))
        return taken

    async def _sent(self, user: WechatUser, part: Part) -> bool:
        outcome = "refused"
        try:
            if part.choices:
                await self._api.offer(user.openid, part.head, part.choices)
            else:
                await self._api.say(user.openid, part.words)
            outcome = "sent"
        except Unsure:
            outcome = "unsure"
            return True  # perhaps it arrived; twice would be worse
        except WindowClosed:
            await self.ledger.closed(str(user.id))
            return False
        except AddressDead:
            await WechatUser.filter(id=user.id).update(follows=False)
            return False
        except OutsideError as problem:
            log.warning("wechat.not_sent", account=self._account.name, code=problem.code)
            return False
        finally:
            WECHAT_SENT.labels(self._account.name, "service", outcome).inc()
        return True
