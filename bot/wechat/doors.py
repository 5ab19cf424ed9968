"""The doors of all WeChat accounts, and telling their users what happened to their cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from bot.models import WechatUser
from bot.wechat.door import Door
from bot.wechat.informing import News, news_of
from cases.timeline.bundling import told_along
from core.errors import NotFound
from integrations.channels.wechat.accounts import Account, accounts_of
from integrations.channels.wechat.base import WechatApi

if TYPE_CHECKING:
    from bot.house import House


class Doors:
    """One door for each account, by its name."""

    def __init__(self, house: House, apis: Mapping[str, WechatApi]) -> None:
        self._jobs = house.jobs
        house.conversations.unasked = self.unasked
        self.accounts = {one.name: one for one in accounts_of(house.settings)}
        self._doors = {name: Door(house, one, apis[name]) for name, one in self.accounts.items() if name in apis}

    async def unasked(self, talker: str, event_id: int) -> None:
        """Have somebody told soon, by whichever process has time."""
        await self._jobs.ask("wechat_tell", talker=talker, event_id=event_id)

    def of(self, name: str) -> Door:
        """The door of an account. Raises `NotFound`."""
        if name not in self._doors:
            raise NotFound()
        return self._doors[name]

    def mini(self) -> tuple[Account, WechatApi]:
        """The mini-program, and its API. Raises `NotFound` where there is none."""
        found = next((door for door in self._doors.values() if door.account.kind == "mini"), None)
        if found is None:
            raise NotFound()
        return found.account, found.api

    async def tell(self, talker: str, event_id: int = 0) -> None:
        """Something was said unasked to ``citizen:<id>`` or ``guest:<id>``: tell them in the accounts they follow.

        Of an event of a case they are informed by a template or subscription message where their window is closed.
        """
        kind, _, key = talker.partition(":")
        mine = await (WechatUser.filter(citizen_id=UUID(key)) if kind == "citizen" else WechatUser.filter(id=UUID(key)))
        by_app = {door.account.app_id: door for door in self._doors.values()}
        known = [(by_app[user.app_id], user) for user in mine if user.app_id in by_app and user.openid]
        official = [(door, user) for door, user in known if door.account.kind == "official" and user.follows]
        notices = await told_along(event_id) if event_id else []
        news = news_of(notices) if notices else None
        urgent = news is None or news.matters
        told = [await door.telling.tell(user, urgent=urgent) for door, user in official]
        if news is None or not news.matters or any(told):
            return
        if all([await door.telling.waits(user) for door, user in official]):
            mini = [(door, user) for door, user in known if door.account.kind == "mini"]
            await self._inform([*official, *mini], news)

    async def _inform(self, reached: Sequence[tuple[Door, WechatUser]], news: News) -> None:
        """By the first account that can."""
        for door, user in reached:
            if await door.informing.inform(user, news):
                return

    async def close(self) -> None:
        """Close them all."""
        for door in self._doors.values():
            await door.close()
