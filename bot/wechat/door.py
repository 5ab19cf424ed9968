"""The door of one account: every push is taken once and answered in time, whatever happens.

WeChat waits five seconds and then pushes again, three times in all. Whoever is late answers "nothing to show", and what
came of it follows as a customer-service message, or with the answer to the next push.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import structlog

from bot.blocks import Block
from bot.models import WechatUser
from bot.render.basics import text
from bot.web.metrics import PUSHES
from bot.wechat import meaning
from bot.wechat.checking import page_of
from bot.wechat.delivering import client_id, skip
from bot.wechat.informing import Informing
from bot.wechat.pictures import picture
from bot.wechat.render import in_words
from bot.wechat.telling import Telling
from bot.wechat.users import forget, owner, unbind, user_of
from bot.wechat.voices import voice
from core.clock import now
from core.errors import OutsideError, TooMany, YijianshiError
from integrations.channels.wechat.accounts import Account
from integrations.channels.wechat.answers import SUCCESS, text_answer
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
KEPT = 60
"""Seconds an answer is kept for a push that comes again."""


class Door:
    """Takes the pushes of one account."""

    def __init__(self, house: House, account: Account, api: WechatApi) -> None:
        self.account, self.envelope, self.api = account, Envelope(account), api
        self._house = house
        self.telling = Telling(house, account, api, Ledger(house.kv), self.page)
        self.informing = Informing(house, account, api, self.telling.grants, self.page)
        self._running: dict[str, asyncio.Task[str]] = {}
        self._late: set[str] = set()
        self._errands: set[asyncio.Task[None]] = set()

    def page(self, path: str) -> str:
        """The address that opens a path of the page as the account's user."""
        return page_of(self._house.settings, self.account, path)

    async def take(self, query: Mapping[str, str], body: bytes) -> str:
        """The answer to a push, sealed. Raises `Forged` or `Unreadable`."""
        try:
            push = read_push(self.envelope.open(query, body))
        except (Forged, Unreadable):
            PUSHES.labels(self.account.name, "unknown", "refused").inc()
            raise
        return self.envelope.close(await self._answer(push))

    async def _answer(self, push: Push) -> str:
        """In time: a push that comes again joins the one that is still being worked on, and gets the same answer."""
        kept = await self._house.kv.get(self._key(push))
        work = self._running.get(push.key)
        self._count(push, "taken" if kept is None and work is None else "again")
        if kept is not None:
            return kept
        if work is None:
            work = self._running[push.key] = asyncio.create_task(self._work(push))
            work.add_done_callback(lambda _: self._running.pop(push.key, None))
            self._errand(self._typing(push, work))
        try:
            return await asyncio.wait_for(asyncio.shield(work), IN_TIME)
        except TimeoutError:
            self._late.add(push.key)
            self._count(push, "late")
            log.warning("wechat.late", account=self.account.name, kind=push.kind)
            return SUCCESS

    async def _typing(self, push: Push, work: asyncio.Task[str]) -> None:
        """Somebody who wrote and waits sees that an answer is being written."""
        if push.kind == "event" or not self.account.certified:
            return
        _, pending = await asyncio.wait({work}, timeout=TYPING_AFTER)
        if pending:
            with suppress(OutsideError):
                await self.api.typing(push.openid)

    def _count(self, push: Push, outcome: str) -> None:
        PUSHES.labels(self.account.name, push.kind, outcome).inc()

    async def _work(self, push: Push) -> str:
        try:
            answer = await self._taken(push)
        except TooMany:
            answer = text_answer(push, self._say("wechat.busy"))
        except YijianshiError as problem:
            log.warning("wechat.refused", account=self.account.name, code=problem.code)
            answer = text_answer(push, self._house.say.first(problem.wording, "wechat.failed"))
        except Exception:  # the frame around everything: silence would read as a fault of the account
            log.exception("wechat.failed", account=self.account.name)
            answer = text_answer(push, self._say("wechat.failed"))
        await self._house.kv.put(self._key(push), answer, KEPT)
        return answer

    async def _taken(self, push: Push) -> str:
        user = await user_of(self.account.app_id, WechatPerson(push.openid))
        if push.acted:
            await WechatUser.filter(id=user.id).update(follows=True, seen_at=now())
            await self.telling.ledger.acted(str(user.id), push.acted)
            await self.telling.grants.unblock(str(user.id))
        if push.kind == "event" and await self._comes_or_goes(push, user):
            return SUCCESS
        found = meaning.meaning_of(push, self._house.catalogue.entries.keys())
        if found == meaning.Meaning():
            return SUCCESS
        if found.says:
            return text_answer(push, self._say(found.says))
        return await self._talked(push, user, found)

    async def _comes_or_goes(self, push: Push, user: WechatUser) -> bool:
        """Leaving, and taking back what was allowed; True when nothing is left to say."""
        if push.event == meaning.LEAVES:
            await unbind(user.id)
            await WechatUser.filter(id=user.id).update(follows=False)
        if push.event == meaning.REVOKES:
            await forget(user)
        if push.event == meaning.SENT and not push.status.startswith("success"):
            log.warning("wechat.template_failed", account=self.account.name, status=push.status)
            if "user block" in push.status:
                await self.telling.grants.block(str(user.id))
        if push.grants:
            await self.telling.grants.remember(str(user.id), push.grants)
        return push.event in (meaning.LEAVES, meaning.REVOKES)

    async def _talked(self, push: Push, user: WechatUser, found: meaning.Meaning) -> str:
        house, talker = self._house, owner(user)
        await house.kv.limit(f"person:{talker}", house.settings.rate_per_person)
        row = await house.conversations.of(talker)
        if user.told_in != row.id and not found.greets:
            await skip(user, row.id, row.seq)  # whoever comes with a wish need not read a greeting first
        action, words = found.action, found.text
        lead: tuple[Block, ...] = ()
        if found.voice:
            heard = await voice(house, self.api, found.voice, str(push.raw.get("Format") or ""))
            if heard.says:
                return text_answer(push, self._say(heard.says))
            words, lead = heard.words, (text(house.say("wechat.heard", words=heard.words)),)
        if found.media_id:
            action = await picture(house, self.api, row, found.media_id)
            if not action.startswith("act:"):
                return text_answer(push, self._say(action))
        if action or words:
            done = await house.conversations.exchange(
                row.id, text=None if action else words, action=action or None,
                client_id=client_id(self.account.name, push.key), channel="wechat", lead=lead,
            )
            await user.refresh_from_db()
            if owner(user) != talker:  # they had themselves unbound: what was said of it stands in no talk of theirs
                return text_answer(push, in_words(done.blocks, house.say, self.page))
        return await self._told(push, user)

    async def _told(self, push: Push, user: WechatUser) -> str:
        """The answer in the response; the rest, or all of it when it is late, by customer-service messages."""
        await user.refresh_from_db()
        if push.key in self._late:
            self._late.discard(push.key)
            await self.telling.tell(user)
            return SUCCESS
        parts = await self.telling.parts(user)
        if not parts:
            return text_answer(push, self._say("wechat.hello_again")) if push.event == meaning.FOLLOWS else SUCCESS
        if push.key in self._late:  # while it was packed
            self._late.discard(push.key)
            await self.telling.send(user, parts)
            return SUCCESS
        if parts[1:]:
            self._errand(self.telling.send_after(user, parts[1:]))
        return text_answer(push, parts[0])

    def _errand(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)

    async def close(self) -> None:
        """Finish what was begun."""
        await asyncio.gather(*self._running.values(), *self._errands, return_exceptions=True)
        await self.api.close()

    def _key(self, push: Push) -> str:
        return f"wechat:answer:{self.account.app_id}:{push.key}"

    def _say(self, key: str) -> str:
        return self._house.say(key)
