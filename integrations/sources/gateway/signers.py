"""Signers of the gateway adapter: each turns one request into the headers (and query) its convention wants."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Literal, Protocol

from integrations.sources import signing

Convention = Literal["gjzwfwpt", "tif", "xbg"]


@dataclass(frozen=True)
class Signed:
    """What a signature adds to a request; ``rid`` is the request's own number, never used twice."""

    rid: str
    headers: dict[str, str]
    query: dict[str, str] = field(default_factory=dict)


class Signer(Protocol):
    """One signing convention with the credentials of one application."""

    def sign(self, method: str, path: str, at: datetime) -> Signed:
        """Sign a request made at ``at`` with a fresh request number."""
        ...


@dataclass(frozen=True)
class Gjzwfwpt:
    """National direct access (数据直达): application id and secret."""

    app: str
    secret: str = field(repr=False)

    def sign(self, method: str, path: str, at: datetime) -> Signed:
        """Sign id, request number and time; method and path are no part of this convention."""
        rid, rtime = fresh(), str(int(at.timestamp() * 1000))
        sign = signing.gjzwfwpt(self.app, rid, rtime, self.secret)
        names = {"rid": rid, "sid": self.app, "rtime": rtime, "sign": sign}
        return Signed(rid, {f"gjzwfwpt_{name}": value for name, value in names.items()})


@dataclass(frozen=True)
class Tif:
    """TIF gateways: application id and token."""

    app: str
    token: str = field(repr=False)

    def sign(self, method: str, path: str, at: datetime) -> Signed:
        """Sign time and nonce; the service is named in a header of its own."""
        nonce, timestamp = fresh(), str(int(at.timestamp()))
        names = {
            "paasid": self.app, "timestamp": timestamp, "nonce": nonce,
            "signature": signing.tif(timestamp, self.token, nonce), "serviceId": path.rpartition("/")[2],
        }
        return Signed(nonce, {f"x-tif-{name}": value for name, value in names.items()})


@dataclass(frozen=True)
class Xbg:
    """X-BG gateways: access key and secret key. The request number travels in the query, which is signed."""

    access_key: str
    secret: str = field(repr=False)

    def sign(self, method: str, path: str, at: datetime) -> Signed:
        """Sign method, path, query and date."""
        rid, date = fresh(), format_datetime(at, usegmt=True)
        query = {"rid": rid}
        sign = signing.xbg(method, path, query, self.access_key, date, self.secret)
        names = {"HMAC-ACCESS-KEY": self.access_key, "HMAC-SIGNATURE": sign, "HMAC-ALGORITHM": "hmac-sha256",
                 "DATE-TIME": date}
        return Signed(rid, {f"X-BG-{name}": value for name, value in names.items()}, query)


_CONVENTIONS: dict[str, type[Gjzwfwpt] | type[Tif] | type[Xbg]] = {"gjzwfwpt": Gjzwfwpt, "tif": Tif, "xbg": Xbg}


def fresh() -> str:
    """A request number that nobody can guess."""
    return f"r_{secrets.token_hex(12)}"


def signer(convention: Convention, app: str, secret: str) -> Signer:
    """The signer of a convention by its name."""
    return _CONVENTIONS[convention](app, secret)
