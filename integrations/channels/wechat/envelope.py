"""The envelope of WeChat's pushes: signatures checked, contents decrypted, answers encrypted.

Conventions of the message push: https://developers.weixin.qq.com/doc/service/guide/dev/push/. The crypto is wechatpy's;
what it raises on junk becomes one of two errors.
"""

from __future__ import annotations

import binascii
import hashlib
import hmac
import json
import secrets
import struct
import time
from collections.abc import Mapping
from typing import Any
from xml.parsers.expat import ExpatError

import xmltodict
from wechatpy.crypto import PrpCrypto
from wechatpy.exceptions import WeChatException

from core.errors import CitizenError
from integrations.channels.wechat.accounts import Account

LARGEST = 100_000
"""Bytes of a push; WeChat's own are below 10,000."""
_JUNK = (ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError, RecursionError, ExpatError,
         binascii.Error, struct.error)


class Forged(CitizenError):
    """This push is not from WeChat, or not for this account."""

    code = "forged_push"
    status = 403


class Unreadable(CitizenError):
    """This push cannot be read."""

    code = "unreadable_push"
    status = 400


class _Crypto(PrpCrypto):  # type: ignore[misc]  # wechatpy has no types
    def get_random_string(self) -> str:
        return secrets.token_hex(8)


class Envelope:
    """The envelope of one account."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._token = account.token.get_secret_value()
        key = binascii.a2b_base64(f"{account.aes_key.get_secret_value()}=") if account.encrypted else b""
        self._crypto = _Crypto(key) if account.encrypted else None

    def echo(self, query: Mapping[str, str]) -> str:
        """What to answer when WeChat verifies the address. Raises `Forged`."""
        self._check(query.get("signature", ""), query)
        return query.get("echostr", "")

    def open(self, query: Mapping[str, str], body: bytes) -> dict[str, Any]:
        """The fields of a push. Raises `Forged` or `Unreadable`.

        Where pushes are encrypted only the encrypted part counts: a plain one would be a downgrade.
        """
        if len(body) > LARGEST:
            raise Unreadable("this push is too long")
        if self._crypto is None:
            self._check(query.get("signature", ""), query)
            return _read(body)
        sealed = _read(body).get("Encrypt")
        if query.get("encrypt_type") != "aes" or not isinstance(sealed, str):
            raise Forged("a plain push to an account whose pushes are encrypted")
        self._check(query.get("msg_signature", ""), query, sealed)
        return _read(self._opened(sealed))

    def close(self, answer: str) -> str:
        """An answer (XML) as it goes back; ``success`` and nothing stay as they are."""
        if self._crypto is None or answer in ("", "success"):
            return answer
        sealed = self._crypto.encrypt(answer, self._account.app_id)
        sealed = sealed.decode() if isinstance(sealed, bytes) else str(sealed)
        query = {"timestamp": str(int(time.time())), "nonce": str(secrets.randbelow(10**10))}
        return (
            f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt>"
            f"<MsgSignature><![CDATA[{self._signature(query, sealed)}]]></MsgSignature>"
            f"<TimeStamp>{query['timestamp']}</TimeStamp><Nonce><![CDATA[{query['nonce']}]]></Nonce></xml>"
        )

    def _opened(self, sealed: str) -> bytes:
        if self._crypto is None:
            raise Unreadable()
        try:
            opened = self._crypto.decrypt(sealed, self._account.app_id)
        except WeChatException as problem:
            raise Forged("encrypted for another account") from problem
        except _JUNK as problem:
            raise Unreadable("this push does not decrypt") from problem
        return opened if isinstance(opened, bytes) else str(opened).encode()

    def _check(self, given: str, query: Mapping[str, str], *more: str) -> None:
        expected = self._signature(query, *more)
        if not hmac.compare_digest(expected.encode(), given.encode(errors="surrogatepass")):
            raise Forged("a wrong signature")

    def _signature(self, query: Mapping[str, str], *more: str) -> str:
        parts = sorted((self._token, query.get("timestamp", ""), query.get("nonce", ""), *more))
        return hashlib.sha1("".join(parts).encode(errors="surrogatepass")).hexdigest()  # WeChat's choice


def _read(body: bytes) -> dict[str, Any]:
    """The fields of XML or JSON, one level down from the root. No entities, no other roots."""
    try:
        found = _json(body) if body.lstrip()[:1] == b"{" else xmltodict.parse(body, disable_entities=True).get("xml")
    except _JUNK as problem:
        raise Unreadable() from problem
    if not isinstance(found, dict):
        raise Unreadable()
    return found


def _json(body: bytes) -> Any:
    return json.loads(body.decode(), strict=False)
