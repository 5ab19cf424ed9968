"""Invented people of the demo WeChat: their phones, and what stands in their chats."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Shown:
    """One entry of a chat. ``kind`` is text, menu, news, template, picture, event or failed."""

    number: int
    mine: bool
    kind: str
    text: str
    choices: tuple[tuple[str, str], ...] = ()
    url: str = ""
    late: bool = False
    """Came as a customer-service message."""


@dataclass
class Phone:
    """An invented person's WeChat."""

    name: str
    note: str
    follows: set[str] = field(default_factory=set)
    """App ids of accounts that are followed."""
    refuses: set[str] = field(default_factory=set)
    """Template ids that were refused."""
    accepts: dict[tuple[str, str], int] = field(default_factory=dict)
    """(app id, template id) to how many subscription messages were allowed and not sent yet."""
    chats: dict[str, list[Shown]] = field(default_factory=dict)
    left: dict[tuple[str, str], tuple[int, float]] = field(default_factory=dict)
    """(app id, what they did) to (messages left, until)."""


PHONES = (
    ("demo-1", "小张的手机", "刚关注的新用户"), ("demo-2", "老李的手机", "老年人，用大字"),
    ("demo-3", "小王的手机", "和别人同用一个手机"),
)
