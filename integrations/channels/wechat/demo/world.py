"""The demo WeChat's world: its accounts and people, quotas, tokens and codes.

It keeps WeChat's rules where a client could trip over them: windows in which an account may write, codes that work
once, tokens that end, templates that need permission. With a file, who follows, what they allowed and their windows
survive a restart; chats, codes and tokens do not.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from integrations.channels.wechat.accounts import Account
from integrations.channels.wechat.demo import keeping
from integrations.channels.wechat.demo.people import PHONES, Phone, Shown

Fault = Literal["", "slow", "down", "busy", "garbled", "quota", "token"]
QUOTA = {"message": (5, 48 * 3600), "click": (3, 60), "enter": (2, 60)}
TOKEN_SECONDS = 7200
ROLLS = 300
"""Seconds before its end from which a token has a successor."""
CODE_SECONDS = 300
MOST_SHOWN = 400


class World:
    """All of it. ``clock`` gives seconds; tests move it. ``file`` is where phones are kept, if anywhere."""

    def __init__(
        self, accounts: tuple[Account, ...], clock: Callable[[], float] = time.time, file: Path | None = None
    ) -> None:
        self.accounts = {one.app_id: one for one in accounts}
        self.by_name = {one.name: one for one in accounts}
        self.phones = {key: Phone(name, note) for key, name, note in PHONES}
        self.clock, self.fault = clock, ""
        self.loses = False
        """Whether packets to the callback get lost, as WeChat sees it."""
        self.codes: dict[str, list[int]] = {}
        """Error codes that the next calls of a path get instead of an answer."""
        self.menus: dict[str, Any] = {}
        self.media: dict[str, tuple[str, bytes]] = {}
        self.calls: list[str] = []
        self._tokens: dict[str, tuple[str, float]] = {}
        self._before: dict[str, tuple[str, float]] = {}
        self._codes: dict[str, tuple[str, str, str, float]] = {}
        self._used: set[str] = set()
        self._number, self._file = 0, file
        for key, one in keeping.read(file).items() if file else ():
            if (phone := self.phones.get(key)) is not None:
                phone.follows, phone.refuses = one.follows, one.refuses
                phone.accepts = {(app_id, template): count for app_id, template, count in one.accepts}
                phone.left = {(app_id, how): (count, until) for app_id, how, count, until in one.left}

    def follow(self, phone: Phone, app_id: str, *, on: bool = True) -> None:
        """Follow an account, or stop."""
        (phone.follows.add if on else phone.follows.discard)(app_id)
        self._keep()

    def choose(self, phone: Phone, app_id: str, template: str, *, yes: bool) -> None:
        """What somebody answers when a mini-program asks for permission: one message for each yes, none after a no."""
        (phone.refuses.discard if yes else phone.refuses.add)(template)
        phone.accepts[app_id, template] = phone.accepts.get((app_id, template), 0) + 1 if yes else 0
        self._keep()

    def use_accept(self, phone: Phone, app_id: str, template: str) -> bool:
        """Use up one permission; False where there is none."""
        left = phone.accepts.get((app_id, template), 0)
        phone.accepts[app_id, template] = max(0, left - 1)
        self._keep()
        return left > 0

    def _keep(self) -> None:
        if self._file is not None:
            keeping.write(self._file, {key: keeping.Kept(
                follows=one.follows, refuses=one.refuses,
                accepts=[(*which, count) for which, count in one.accepts.items()],
                left=[(*which, *window) for which, window in one.left.items()],
            ) for key, one in self.phones.items()})

    def openid(self, phone: str, app_id: str) -> str:
        """An account's own name for somebody; it differs between accounts."""
        return "o" + hashlib.sha256(f"{phone} {app_id}".encode()).hexdigest()[:27]

    def unionid(self, phone: str) -> str:
        """The name that linked accounts share."""
        return "u" + hashlib.sha256(phone.encode()).hexdigest()[:27]

    def phone_of(self, app_id: str, openid: str) -> tuple[str, Phone] | None:
        """Whose openid this is."""
        return next(((key, one) for key, one in self.phones.items() if self.openid(key, app_id) == openid), None)

    def token(self, app_id: str, *, fresh: bool = False) -> tuple[str, int]:
        """(token, seconds it is valid): the same one until its last minutes, in which both work. ``fresh`` ends it."""
        token, until = self._tokens.get(app_id, ("", 0.0))
        if fresh or until <= self.clock() + ROLLS:
            self._before[app_id] = ("", 0.0) if fresh else (token, until)
            token, until = secrets.token_urlsafe(96), self.clock() + TOKEN_SECONDS
            self._tokens[app_id] = token, until
        return token, int(until - self.clock())

    def ages(self, app_id: str, left: float) -> str:
        """The account's token, which now ends in ``left`` seconds."""
        token, _ = self.token(app_id)
        self._tokens[app_id] = token, self.clock() + left
        return token

    def account_of(self, token: str) -> Account | None:
        """Who calls with a token; None for one that is wrong or has ended."""
        for app_id, (known, until) in (*self._tokens.items(), *self._before.items()):
            if token and secrets.compare_digest(known.encode(), token.encode()) and until > self.clock():
                return self.accounts[app_id]
        return None

    def code(self, kind: str, phone: str, app_id: str) -> str:
        """A code (``login``, ``web`` or ``phone``) that works once within five minutes."""
        code = secrets.token_urlsafe(24)
        self._codes[code] = kind, phone, app_id, self.clock() + CODE_SECONDS
        return code

    def redeem(self, kind: str, code: str, app_id: str, of: str = "") -> str | None:
        """Whose code it is; None for one that is used, too old, another account's, or not that of the openid ``of``."""
        found = self._codes.get(code)
        if found is None or (found[0], found[2]) != (kind, app_id) or found[3] < self.clock():
            return None
        if of and self.openid(found[1], app_id) != of:
            return None
        del self._codes[code]
        self._used.add(code)
        return found[1]

    def why_not(self, code: str) -> int:
        """The error code for a code that was not taken: 40163 for one that was used, 40029 else."""
        return 40163 if code in self._used else 40029

    def acted(self, phone: Phone, app_id: str, how: str) -> None:
        """Somebody did something: the account may write for a while."""
        if how in QUOTA:
            allowed, seconds = QUOTA[how]
            phone.left[app_id, how] = allowed, self.clock() + seconds
            self._keep()

    def may_write(self, phone: Phone, app_id: str) -> int:
        """0 and one message less, or the error code of a closed window or an empty quota."""
        windows = [(key, phone.left.get((app_id, key), (0, 0.0))) for key in QUOTA]
        open_ones = [(key, window) for key, window in windows if window[1] > self.clock()]
        for key, (left, until) in open_ones:
            if left > 0:
                phone.left[app_id, key] = left - 1, until
                self._keep()
                return 0
        return 45047 if open_ones else 45015

    def show(self, phone: Phone, app_id: str, *, mine: bool, kind: str, text: str, **more: Any) -> Shown:
        """Put an entry into a chat."""
        self._number += 1
        entry = Shown(self._number, mine, kind, text, **more)
        chat = phone.chats.setdefault(app_id, [])
        chat.append(entry)
        del chat[:-MOST_SHOWN]
        return entry
