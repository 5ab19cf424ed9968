"""The door of one account: every push is taken once and answered in time, whatever happens.

WeChat waits five seconds and then pushes again, three times in all. Whoever is late answers "nothing to show", and what
came of it follows as a customer-service message, or with the answer to the next push.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import structlog

from bot.models import WechatUser
from bot.web.metrics import PUSHES, WECHAT_REPLY
from bot.wechat.checking import page_of
from bot.wechat.informing import Informing
from bot.wechat.once import Once
from bot.wechat.parts import answered
from bot.wechat.telling import Telling
from bot.wechat.turning import Found, Turning
from bot.wechat.users import user_of
from core.errors import OutsideError
from integrations.channels.wechat.accounts import Account
from integrations.channels.wechat.answers import SUCCESS
from integrations.channels.wechat.base import WechatApi, WechatPerson
from integrations.channels.wechat.envelope import Envelope, Forged, Unreadable
from integrations.channels.wechat.ledger import Ledger
from integrations.channels.wechat.push import Push, read_push

if TYPE_CHECKING:
    from bot.house import House

log = structlog.get_logger(__name__)
IN_TIME = 4.5
"""Seconds after which we answer, with or without words."""
TYPING_AFTER = 1.5
"""Seconds after which somebody is shown that an answer is being written."""


class Door:
    """Takes the pushes of one account."""

    def __init__(self, house: House, account: Account, api: WechatApi) -> None:
        self.account, self.envelope, self.api = account, Envelope(account), api
        self._house, self._once = house, Once(house.kv, account.app_id)
        self.telling = Telling(house, account, api, Ledger(house.kv), self.page)
        self.informing = Informing(house, account, api, self.page)
        self._turning = Turning(house, account, api, self.telling)
        self._running: dict[str, asyncio.Task[str]] = {}
        self._errands: set[asyncio.Task[None]] = set()

    def page(self, path: str) -> str:
        """The address that opens a path of the page as the account's user."""
        return page_of(self._house.settings, self.account, path)

    async def take(self, query: Mapping[str, str], body: bytes) -> str:
        """The answer to a push, sealed. Raises `Forged` or `Unreadable`."""
        began = time.perf_counter()
        try:
            push = read_push(self.envelope.open(query, body))
        except (Forged, Unreadable):
            PUSHES.labels(self.account.name, "unknown", "refused").inc()
            raise
        answer = self.envelope.close(await self._answer(push))
        WECHAT_REPLY.labels(self.account.name, push.kind).observe(time.perf_counter() - began)
        return answer

    async def _answer(self, push: Push) -> str:
        """In time: a push that comes again joins the one that is still being worked on, and gets the same answer."""
        kept = await self._once.answer(push.key)
        work = self._running.get(push.key)
        self._count(push, "taken" if kept is None and work is None else "again")
        if kept is not None:
            return kept
        if work is None:
            work = self._running[push.key] = asyncio.create_task(self._work(push))
            work.add_done_callback(lambda _: self._running.pop(push.key, None))
        try:
            return await asyncio.wait_for(asyncio.shield(work), IN_TIME)
        except TimeoutError:
            return await self._late(push)

    async def _late(self, push: Push) -> str:
        """Nothing to show, unless an answer came in this very moment. The work goes on, also that of another process:
        should it die, this one does it."""
        if not await self._once.late(push.key):
            return await self._once.answer(push.key) or SUCCESS
        self._count(push, "late")
        log.warning("wechat.late", account=self.account.name, kind=push.kind)
        return SUCCESS

    async def _work(self, push: Push) -> str:
        """By one process of all; the others have the answer from it."""
        async with self._once.mine(push.key) as claim:
            if claim is not None:
                typing = asyncio.create_task(self._typing(push))
                try:
                    found = await self._turning.found(push, again=claim.again)
                    return await self._given(push, found)
                finally:
                    typing.cancel()
        return await self._once.answer(push.key) or SUCCESS

    async def _given(self, push: Push, found: Found) -> str:
        """In the response; all of it by customer-service messages when somebody was told that there is nothing."""
        answer = answered(push, found.parts[0]) if found.parts else SUCCESS
        outcome = await self._once.keep(push.key, answer)
        if outcome == "kept":
            if found.parts[1:]:
                self._errand(self.telling.send_after(await self._user(push), found.parts[1:]))
            return answer
        if outcome == "late" and found.packed is not None:
            await self.telling.unpack(await self._user(push), found.packed)
        elif outcome == "late" and self.account.certified:
            await self.telling.send(await self._user(push), found.parts)
        return await self._once.answer(push.key) or SUCCESS

    async def _user(self, push: Push) -> WechatUser:
        return await user_of(self.account.app_id, WechatPerson(push.openid))

    async def _typing(self, push: Push) -> None:
        """Somebody who wrote and waits sees that an answer is being written."""
        if push.kind == "event" or not self.account.certified:
            return
        await asyncio.sleep(TYPING_AFTER)
        with suppress(OutsideError):
            await self.api.typing(push.openid)

    def _count(self, push: Push, outcome: str) -> None:
        PUSHES.labels(self.account.name, push.kind, outcome).inc()

    def _errand(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)

    async def close(self) -> None:
        """Finish what was begun."""
        await asyncio.gather(*self._running.values(), return_exceptions=True)
        await asyncio.gather(*self._errands, return_exceptions=True)
        await self.api.close()
