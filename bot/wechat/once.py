"""Each push is worked on by one process and has one outcome, whichever processes it comes to.

The outcome is written once and never again: a sealed answer, or that somebody was told "nothing to show" before there
was one.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Literal

from core.claims import Claim, claimed
from core.crypto import keyring
from core.kv import KV
from integrations.channels.wechat.answers import SUCCESS

KEPT = 60
"""Seconds for which it is known what a push came to; WeChat pushes for fifteen."""
_LATE = "late"
Outcome = Literal["kept", "late", "known"]


class Once:
    """The pushes of one account."""

    def __init__(self, kv: KV, app_id: str) -> None:
        self._kv, self._app_id = kv, app_id

    async def answer(self, push: str) -> str | None:
        """What the push came to; None as long as it is open."""
        kept = await self._kv.get(self._key("reply", push))
        if kept is None:
            return None
        return SUCCESS if kept == _LATE else keyring().open(kept)

    async def keep(self, push: str, answer: str) -> Outcome:
        """From now on this is the answer (``kept``); ``known`` when there is one already; ``late`` when it must go by
        another way, and this caller is the one to send it."""
        if await self._kv.first(self._key("reply", push), KEPT, keyring().seal(answer)):
            return "kept"
        late = await self._kv.get(self._key("reply", push)) == _LATE
        return "late" if late and await self._kv.first(self._key("followed", push), KEPT) else "known"

    async def late(self, push: str) -> bool:
        """Nothing is shown in a response any more; False when there is an answer after all."""
        return await self._kv.first(self._key("reply", push), KEPT, _LATE)

    def mine(self, push: str) -> AbstractAsyncContextManager[Claim | None]:
        """The push as soon as nobody else works on it; None when somebody did."""
        return claimed(self._kv, self._key("push", push), KEPT)

    def _key(self, what: str, push: str) -> str:
        return f"wechat:{what}:{self._app_id}:{push}"
