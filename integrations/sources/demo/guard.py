"""The door of the demo exchange: who signs, with which clock, and never the same request twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

from core import clock
from integrations.sources import signing

SKEW = 300.0
"""Seconds a caller's clock may be wrong, either way."""

Convention = Literal["gjzwfwpt", "tif", "xbg"]


class Turned(Exception):
    """Turned away at the door; the text is the message of the reply."""


@dataclass(frozen=True)
class Knock:
    """What the door looks at. Header names are compared without case by the mapping that holds them."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Presented:
    """A caller's claim, and the signature it would have to carry."""

    app: str
    rid: str
    at: datetime
    sign: str
    expected: str


class Guard:
    """Verifies one application's signatures in one convention."""

    def __init__(self, convention: Convention, app: str, secret: str) -> None:
        self._read = _READERS[convention]
        self._app, self._secret = app, secret
        self._seen: dict[str, float] = {}

    def admit(self, knock: Knock) -> str:
        """The request number of a sound request. Raises `Turned`.

        The signature is looked at first: whoever cannot sign learns nothing about clocks and used numbers.
        """
        try:
            shown = self._read(knock, self._secret)
        except (KeyError, ValueError, OverflowError, OSError, TypeError) as problem:
            raise Turned("invalid signature") from problem
        if not (signing.same(shown.sign, shown.expected) and signing.same(shown.app, self._app)):
            raise Turned("invalid signature")
        now = clock.now().timestamp()
        if abs(now - shown.at.timestamp()) > SKEW:
            raise Turned("timestamp out of range")
        self._remember(shown.rid, now)
        return shown.rid

    def _remember(self, rid: str, now: float) -> None:
        if rid in self._seen:
            raise Turned("repeated request")
        self._seen[rid] = now
        if len(self._seen) > 10_000:
            self._seen = {old: at for old, at in self._seen.items() if now - at <= 2 * SKEW}


def _gjzwfwpt(knock: Knock, secret: str) -> Presented:
    sid, rid, rtime, sign = (knock.headers[f"gjzwfwpt_{name}"] for name in ("sid", "rid", "rtime", "sign"))
    at = datetime.fromtimestamp(int(rtime) / 1000, UTC)
    return Presented(sid, rid, at, sign, signing.gjzwfwpt(sid, rid, rtime, secret))


def _tif(knock: Knock, secret: str) -> Presented:
    names = ("paasid", "timestamp", "nonce", "signature")
    app, timestamp, nonce, sign = (knock.headers[f"x-tif-{name}"] for name in names)
    at = datetime.fromtimestamp(int(timestamp), UTC)
    return Presented(app, nonce, at, sign, signing.tif(timestamp, secret, nonce))


def _xbg(knock: Knock, secret: str) -> Presented:
    key, sign = knock.headers["X-BG-HMAC-ACCESS-KEY"], knock.headers["X-BG-HMAC-SIGNATURE"]
    date = knock.headers["X-BG-DATE-TIME"]
    expected = signing.xbg(knock.method, knock.path, knock.query, key, date, secret)
    return Presented(key, knock.query["rid"], parsedate_to_datetime(date), sign, expected)


_READERS: dict[Convention, Callable[[Knock, str], Presented]] = {"gjzwfwpt": _gjzwfwpt, "tif": _tif, "xbg": _xbg}
