"""A WeChat of one process: what was sent, and what should go wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.errors import OutsideError
from integrations.channels.wechat.base import Choice, CodeUsed, WechatPerson
from integrations.health import Health


@dataclass
class SmallWechat:
    """Implements `integrations.channels.wechat.base.WechatApi`."""

    sent: list[tuple[str, str]] = field(default_factory=list)
    informed: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    offered: list[tuple[str, tuple[Choice, ...]]] = field(default_factory=list)
    """Head and choices of the menus among what was sent."""
    typed: list[str] = field(default_factory=list)
    people: dict[str, WechatPerson] = field(default_factory=dict)
    pictures: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    fails: list[OutsideError] = field(default_factory=list)
    """Errors of the next sends."""

    async def say(self, openid: str, words: str) -> None:
        if self.fails:
            raise self.fails.pop(0)
        self.sent.append((openid, words))

    async def offer(self, openid: str, head: str, choices: Sequence[Choice], tail: str = "") -> None:
        self.offered.append((head, tuple(choices)))
        await self.say(openid, "\n".join([head, *(one.label for one in choices), tail]))

    async def typing(self, openid: str) -> None:
        self.typed.append(openid)

    async def inform(
        self, openid: str, template: str, fields: Mapping[str, str], *, url: str = "", page: str = ""
    ) -> None:
        if self.fails:
            raise self.fails.pop(0)
        self.informed.append((openid, template, dict(fields)))

    async def person(self, code: str) -> WechatPerson:
        if code not in self.people:
            raise CodeUsed()
        return self.people.pop(code)

    async def phone(self, code: str, openid: str) -> str:
        return "13800000101"

    async def media(self, media_id: str) -> tuple[str, bytes]:
        if media_id not in self.pictures:
            raise OutsideError()
        return self.pictures[media_id]

    async def check(self) -> Health:
        return Health(True, "small", 0.0)

    async def close(self) -> None:
        return None
