"""Template and subscription messages: what happened to a case, when the account may not write in its own words."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from bot.models import WechatUser
from bot.web.metrics import WECHAT_SENT
from bot.wechat import grants
from bot.wechat.fitting import fitted
from cases.timeline.events import Notice
from core.errors import OutsideError, Unavailable
from integrations.channels.wechat.accounts import Account
from integrations.channels.wechat.base import AddressDead, Unsure, WechatApi

if TYPE_CHECKING:
    from bot.house import House

log = structlog.get_logger(__name__)
REFUSED = 43101
"""WeChat's code for somebody who does not (any longer) want such messages; they may still follow the account."""
KEPT = 90 * 86400
"""Seconds for which it is known that somebody was informed of an event."""
PAUSES = (0.5, 2.0)
"""Seconds before a message is tried again that WeChat had no time for."""
PAGE = "pages/case/case?number={number}"
"""Where a mini-program shows a case."""
ITEM = 12
"""Characters of a part's title where there are several."""
CORRECTION = frozenset({"returned", "leg_correction_asked"})
RESULT = frozenset({"rejected", "leg_completed", "leg_rejected", "leg_denied", "leg_not_accepted", "leg_given_up",
                    "leg_dropped", "leg_voided", "leg_delivered"})
NOT_WORTH = frozenset({
    "submitted", "resubmitted", "corrected", "paper_brought", "dispatched", "leg_accepted", "leg_granted", "leg_closed",
})
"""What nobody's phone need ring for: what somebody just did on the screen before them, and steps that are followed by
what they lead to. It is read with what follows."""


@dataclass(frozen=True)
class News:
    """What happened to a case. ``what`` is the event's code, ``title`` the matter's, ``items`` the parts concerned."""

    event_id: int
    what: str
    title: str
    number: str
    items: tuple[str, ...] = ()

    @property
    def matters(self) -> bool:
        """Whether it is worth a message outside the talk, of which there are few."""
        return self.what not in NOT_WORTH

    @property
    def about(self) -> str:
        """Which of an account's templates tells it: ``correction``, ``result`` or ``case``."""
        if self.what in CORRECTION:
            return "correction"
        return "result" if self.what in RESULT or self.what.startswith("completed") else "case"


class Informing:
    """Of one account. ``page`` gives the address at which a path opens for its users."""

    def __init__(
        self, house: House, account: Account, api: WechatApi, page: Callable[[str], str]
    ) -> None:
        self._house, self._account, self._api, self._page = house, account, api, page

    async def inform(self, user: WechatUser, news: News) -> bool:
        """Once for each event; whether they were informed, now or before. One message to somebody at a time."""
        template = self._account.templates.get(news.about, "")
        if not template or not self._account.certified or not await self._wanted(user, template):
            return False
        kv, done = self._house.kv, f"wechat:informed:{user.id}:{news.event_id}"
        async with kv.lock(f"wechat:informing:{user.id}", seconds=30, wait=20):
            if not await kv.first(done, KEPT):
                return True
            sent = await self._sent(user, template, news)
            WECHAT_SENT.labels(self._account.name, "template", "sent" if sent else "refused").inc()
            if sent:
                return True
            await kv.drop(done)
            return False

    async def _wanted(self, user: WechatUser, template: str) -> bool:
        """Followers get an account's messages unless they said no; a mini-program's users only after they said yes."""
        if user.blocked_at is not None:
            return False
        if self._account.kind == "mini":
            return await grants.allowed(user.id, template)
        return user.follows and not await grants.refused(user.id, template)

    async def _sent(self, user: WechatUser, template: str, news: News) -> bool:
        for pause in (*PAUSES, None):
            try:
                await self._api.inform(
                    user.openid, template, self._fields(news), url=self._page(f"/cases/{news.number}"),
                    page=PAGE.format(number=news.number),
                )
                return True
            except Unsure:
                return True  # perhaps it arrived; twice would be worse
            except AddressDead as problem:
                await self._unreachable(user, template, problem)
                return False
            except OutsideError as problem:
                if pause is None or not isinstance(problem, Unavailable) or problem.details.get("why") == "paused":
                    log.warning("wechat.not_informed", account=self._account.name, code=problem.code)
                    return False
            await asyncio.sleep(pause)
        return False

    async def _unreachable(self, user: WechatUser, template: str, problem: AddressDead) -> None:
        if problem.details.get("errcode") == REFUSED:
            if self._account.kind == "official":
                await grants.remember(user.id, [(template, False)])
            else:  # a permission for one message is used up, which is no refusal
                await grants.drop(user.id, template)
        elif self._account.kind == "official":
            await WechatUser.filter(id=user.id).update(follows=False)

    def _fields(self, news: News) -> dict[str, str]:
        """Nothing about the person: the matter, how it stands, and that there is more on the page."""
        say = self._house.say
        several = len(news.items) > 1 and say.has(f"wechat.inform.state.{news.what}s")
        words = {
            "title": news.title, "hint": self._hint(news), "number": news.number,
            "state": say.first(f"wechat.inform.state.{news.what}{'s' if several else ''}", "wechat.inform.state.other"),
        }
        return {field: fitted(field, words[word]) for word, field in self._account.fields.items()}

    def _hint(self, news: News) -> str:
        """Which parts it is about, or what to do."""
        say = self._house.say
        if not news.items or news.about == "correction":
            return say(f"wechat.inform.hint.{news.about}")
        if len(news.items) == 1:
            return news.items[0]
        return say("wechat.inform.hint.items", item=news.items[0][:ITEM], count=len(news.items))


def news_of(notices: Sequence[Notice]) -> News:
    """The one of several notices told together that matters most, with the parts of all like it."""
    def weight(one: Notice) -> tuple[int, int]:
        found = News(one.event_id, one.what, one.title, one.number)
        order = ("correction", "result", "case").index(found.about)
        ends = one.what.startswith(("completed", "rejected", "returned"))
        return (-2 if ends else 0 if found.matters else 9) + order, -one.event_id

    chosen = min(notices, key=weight)
    items = [str(one.params["item"]) for one in notices if one.what == chosen.what and one.params.get("item")]
    return News(chosen.event_id, chosen.what, chosen.title, chosen.number, tuple(dict.fromkeys(items)))
