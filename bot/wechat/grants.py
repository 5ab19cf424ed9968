"""Which messages outside the talk a citizen has allowed, by template."""

from __future__ import annotations

from collections.abc import Iterable

from core.kv import KV

A_YEAR = 366 * 86400


class Grants:
    """Allowed or refused, by template."""

    def __init__(self, kv: KV) -> None:
        self._kv = kv

    async def remember(self, user: str, grants: Iterable[tuple[str, bool]]) -> None:
        """What somebody chose when WeChat asked them."""
        for template, allowed in grants:
            await self._kv.put(_key(user, template), "yes" if allowed else "no", A_YEAR)

    async def refused(self, user: str, template: str) -> bool:
        """Whether they said no: then they are not asked again, and nothing is sent."""
        return await self._kv.get(_key(user, template)) == "no"

    async def allowed(self, user: str, template: str) -> bool:
        """Whether they said yes, and WeChat has not said since that it is used up."""
        return await self._kv.get(_key(user, template)) == "yes"

    async def block(self, user: str) -> None:
        """WeChat says that they take no messages of this account: none is sent until they come again."""
        await self._kv.put(_blocked(user), "yes", A_YEAR)

    async def unblock(self, user: str) -> None:
        """They came again."""
        await self._kv.drop(_blocked(user))

    async def blocked(self, user: str) -> bool:
        """Whether no message outside the talk should be sent to them."""
        return await self._kv.get(_blocked(user)) is not None

    async def drop(self, user: str, template: str) -> None:
        """WeChat says that there is no permission (any more)."""
        await self._kv.drop(_key(user, template))


def _key(user: str, template: str) -> str:
    return f"wechat:grant:{user}:{template}"


def _blocked(user: str) -> str:
    return f"wechat:blocked:{user}"
