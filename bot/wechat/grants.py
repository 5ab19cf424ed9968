"""Which messages outside the talk a WeChat user has allowed, by template: kept until they choose again."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from tortoise.exceptions import IntegrityError

from bot.models import WechatGrant, WechatUser
from core.clock import now


async def remember(user: UUID, grants: Iterable[tuple[str, bool]]) -> None:
    """What somebody chose when WeChat asked them: template ids, and whether they allowed it."""
    for template, allowed in grants:
        if not await _written(user, template, allowed):
            try:
                await WechatGrant.create(user_id=user, template=template, allowed=allowed, at=now())
            except IntegrityError:  # two pushes of one choice at once: the other one was first
                await _written(user, template, allowed)


async def refused(user: UUID, template: str) -> bool:
    """Whether they said no: then they are not asked again, and nothing is sent."""
    return await WechatGrant.exists(user_id=user, template=template, allowed=False)


async def allowed(user: UUID, template: str) -> bool:
    """Whether they said yes, and WeChat has not said since that it is used up."""
    return await WechatGrant.exists(user_id=user, template=template, allowed=True)


async def drop(user: UUID, template: str = "") -> None:
    """WeChat says that there is no permission (any more), of all templates where none is named."""
    found = WechatGrant.filter(user_id=user)
    await (found.filter(template=template) if template else found).delete()


async def block(user: UUID) -> None:
    """WeChat says that they take no messages of this account: none is sent until they come again."""
    await WechatUser.filter(id=user).update(blocked_at=now())


async def _written(user: UUID, template: str, allowed: bool) -> bool:
    return bool(await WechatGrant.filter(user_id=user, template=template).update(allowed=allowed, at=now()))
