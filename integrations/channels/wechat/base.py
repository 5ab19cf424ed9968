"""What the house asks of WeChat's API, whoever answers: the real one, or the demo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from core.errors import OutsideError
from integrations.health import Health


class WindowClosed(OutsideError):
    """WeChat takes no more customer-service messages to this person until they write again."""

    code = "wechat_window_closed"


class AddressDead(OutsideError):
    """This person does not follow the account any more, or has refused such messages."""

    code = "wechat_address_dead"


class CodeUsed(OutsideError):
    """This sign-in or phone code is wrong, used or too old: the client asks WeChat for a new one."""

    code = "wechat_code_used"
    wording = "error.wechat_code_used"
    status = 409


class Unsure(OutsideError):
    """Nobody knows whether WeChat took the message; it is not sent again."""

    code = "wechat_unsure"


class Barred(OutsideError):
    """WeChat has barred this person: it lets nobody sign them in."""

    code = "wechat_barred"
    wording = "error.wechat_barred"
    status = 403


class NotHere(OutsideError):
    """WeChat checks words only of somebody who opened the mini-program in the last two hours."""

    code = "wechat_not_here"


class TooLong(OutsideError):
    """WeChat takes no message as long as this."""

    code = "wechat_too_long"


class Watch(Protocol):
    """Who hears how the calls of an account fare."""

    def answered(self, call: str, code: int) -> None:
        """WeChat answered a call with an error code; 0 for none."""
        ...

    def token(self, since: float) -> None:
        """The token in use is of this time, in seconds since 1970."""
        ...

    async def alarm(self, call: str, code: int) -> None:
        """Somebody must set something right before this call works again."""
        ...


class Nobody:
    """A `Watch` that does not mind."""

    def answered(self, call: str, code: int) -> None:
        """Nothing."""

    def token(self, since: float) -> None:
        """Nothing."""

    async def alarm(self, call: str, code: int) -> None:
        """Nothing."""


@dataclass(frozen=True)
class WechatPerson:
    """Who a code belongs to. ``openid`` is the account's own name for them; ``unionid`` that of all linked accounts."""

    openid: str = field(repr=False)
    unionid: str = field(default="", repr=False)
    snapshot: bool = False
    """A preview page of WeChat: the person behind it is not known, and the openid is made up."""


@dataclass(frozen=True)
class Choice:
    """An item of a menu message; tapping it sends ``label`` with ``id``."""

    id: str
    label: str


class WechatApi(Protocol):
    """One account's API. Every call may raise `Unavailable`, `Refused`, `NotAuthorised` or `Garbled`."""

    async def say(self, openid: str, words: str) -> None:
        """A customer-service text. Raises `WindowClosed`, `AddressDead`, `Unsure`."""
        ...

    async def offer(self, openid: str, head: str, choices: Sequence[Choice], tail: str = "") -> None:
        """A customer-service menu. Raises as `say`."""
        ...

    async def typing(self, openid: str) -> None:
        """Show that an answer is being written; what WeChat says to it does not matter."""
        ...

    async def inform(
        self, openid: str, template: str, fields: Mapping[str, str], *, url: str = "", page: str = ""
    ) -> None:
        """A template message (official account) or subscription message (mini-program). Raises `AddressDead`."""
        ...

    async def person(self, code: str) -> WechatPerson:
        """Who signed in: by the code of ``wx.login``, or of a web authorisation. Raises `CodeUsed`."""
        ...

    async def phone(self, code: str, openid: str) -> str:
        """The phone number that a mini-program's user agreed to give. Raises `CodeUsed`."""
        ...

    async def media(self, media_id: str) -> tuple[str, bytes]:
        """(media type, bytes) of what somebody sent."""
        ...

    async def check(self) -> Health:
        """A call that changes nothing."""
        ...

    async def close(self) -> None:
        """Release connections."""
        ...
