"""What an account's user was not told yet: found by a cursor in the talk, packed into messages, told once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bot.blocks import Block
from bot.models import Message, WechatUser
from bot.talk_store import Said, conversation_of, shown
from bot.wechat.users import owner
from core.clock import now

AT_ONCE = 40
"""Messages that are looked at; what is older is on the page."""


@dataclass(frozen=True)
class Untold:
    """Messages that were not shown in this account yet. ``last`` is where the cursor goes when they are."""

    talk: UUID
    last: int
    said: tuple[Said, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All that they say; what is said again further down, such as a question that still waits, once and there."""
        said = [block for one in self.said for block in one.blocks]
        return tuple(block for place, block in enumerate(said) if block not in said[place + 1:])


def client_id(account: str, key: str) -> str:
    """The id under which a push is taken once, in the talk too."""
    return f"{_mine(account)}{key[:24]}"


def _mine(account: str) -> str:
    return f"wx:{account}:"


async def untold(user: WechatUser, account: str) -> Untold:
    """What came of this account's pushes, and what came without being asked; not what a page was answered."""
    talk = await conversation_of(owner(user))
    since = user.told_seq if user.told_in == talk.id else 0
    rows = (await Message.filter(conversation_id=talk.id, seq__gt=since).order_by("-seq").limit(AT_ONCE))[::-1]
    mine = {row.seq for row in rows if (row.client_id or "").startswith(_mine(account))}
    said = [shown(row) for row in rows if row.role != "citizen" and (row.answers is None or row.answers in mine)]
    return Untold(talk.id, rows[-1].seq if rows else since, tuple(said))


async def told(user: WechatUser, what: Untold) -> bool:
    """Move the cursor behind it; False when somebody else told it in between."""
    same = WechatUser.filter(id=user.id, told_seq=user.told_seq, citizen_id=user.citizen_id)
    same = same.filter(told_in=user.told_in) if user.told_in else same.filter(told_in__isnull=True)
    done = await same.update(told_in=what.talk, told_seq=what.last, seen_at=now())
    if done:
        user.told_in, user.told_seq = what.talk, what.last
    return bool(done)


async def untell(user: WechatUser, what: Untold, talk: UUID | None, seq: int) -> None:
    """Nothing of it was shown after all: the cursor goes back, unless it has moved on since."""
    await WechatUser.filter(id=user.id, told_in=what.talk, told_seq=what.last).update(told_in=talk, told_seq=seq)


async def skip(user: WechatUser, talk: UUID, seq: int) -> None:
    """Begin a talk at its present end: what stands in it was not said to this account."""
    await WechatUser.filter(id=user.id).update(told_in=talk, told_seq=seq)


def several(parts: Sequence[str], at_most: int, more: str) -> tuple[str, ...]:
    """The parts that are sent; when there are more than ``at_most``, the last one ends with the words ``more``."""
    if len(parts) <= at_most:
        return tuple(parts)
    return (*parts[:at_most - 1], f"{parts[at_most - 1]}\n{more}")
