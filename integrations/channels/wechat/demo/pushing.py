"""Pushing as WeChat does: signed, encrypted, cut after five seconds, three times in all, and the answer shown."""

from __future__ import annotations

import binascii
import hashlib
import secrets
from typing import Any
from urllib.parse import urlencode

import aiohttp
import xmltodict

from integrations.channels.wechat.accounts import Account
from integrations.channels.wechat.demo.people import Phone
from integrations.channels.wechat.demo.world import World
from integrations.channels.wechat.envelope import Envelope

TRIES = 3
SECONDS = 5.0
BROKEN = "该公众号提供的服务出现故障，请稍后再试"


class Pusher:
    """Pushes what people do in the demo to the accounts' callbacks under ``app_url``."""

    def __init__(self, world: World, app_url: str) -> None:
        self._world, self._url = world, app_url
        self._session: aiohttp.ClientSession | None = None

    async def push(self, key: str, account: Account, fields: dict[str, Any]) -> None:
        """One message or event of a phone; what the account answers appears in the chat."""
        phone = self._world.phones[key]
        body = {
            "ToUserName": f"gh_{account.name}", "FromUserName": self._world.openid(key, account.app_id),
            "CreateTime": int(self._world.clock()), **fields,
        }
        if fields["MsgType"] != "event":
            body["MsgId"] = secrets.randbelow(2**62)
        for _ in range(TRIES):
            answer = await self._once(account, body)
            if answer is not None:
                self._show(phone, account, answer)
                return
        self._broken(phone, account)

    async def _once(self, account: Account, body: dict[str, Any]) -> str | None:
        """The answer in the clear; None when there was none in time."""
        query, content = sealed(account, xmltodict.unparse({"xml": body}, full_document=False))
        limit = aiohttp.ClientTimeout(total=SECONDS)
        try:
            async with self._open().post(
                f"{self._url}/wx/{account.name}?{query}", data=content.encode(), timeout=limit,
                headers={"Content-Type": "text/xml"},
            ) as response:
                text = await response.text()
                return opened(account, text) if response.status == 200 else ""
        except (TimeoutError, aiohttp.ClientError):
            return None

    def _show(self, phone: Phone, account: Account, answer: str) -> None:
        if answer in ("success", ""):
            return
        found = xmltodict.parse(answer).get("xml") or {}
        kind, text = str(found.get("MsgType")), str(found.get("Content") or "")
        if kind == "text" and len(text.encode()) <= 2048:
            self._world.show(phone, account.app_id, mine=False, kind="text", text=text)
        elif kind == "news":
            item = found["Articles"]["item"]
            self._world.show(phone, account.app_id, mine=False, kind="news", url=str(item.get("Url") or ""),
                             text=f"{item.get('Title')}\n{item.get('Description') or ''}")
        elif kind == "transfer_customer_service":
            self._world.show(phone, account.app_id, mine=False, kind="event", text="已转接人工客服")
        else:
            self._broken(phone, account)

    def _broken(self, phone: Phone, account: Account) -> None:
        self._world.show(phone, account.app_id, mine=False, kind="failed", text=BROKEN)

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        return self._session

    async def close(self) -> None:
        """Release connections."""
        if self._session is not None:
            await self._session.close()


def sealed(account: Account, xml: str) -> tuple[str, str]:
    """(query, body) of a push as WeChat would make it for this account's mode."""
    token = account.token.get_secret_value()
    query = {"timestamp": "1714112445", "nonce": str(secrets.randbelow(10**9)), "openid": "demo"}
    query["signature"] = _signature(token, query["timestamp"], query["nonce"])
    if not account.encrypted:
        return urlencode(query), xml
    closed = xmltodict.parse(Envelope(account).close(xml))["xml"]
    query |= {"encrypt_type": "aes", "timestamp": closed["TimeStamp"], "nonce": closed["Nonce"],
              "msg_signature": closed["MsgSignature"]}
    query["signature"] = _signature(token, query["timestamp"], query["nonce"])
    return urlencode(query), f"<xml><ToUserName>gh</ToUserName><Encrypt><![CDATA[{closed['Encrypt']}]]></Encrypt></xml>"


def opened(account: Account, answer: str) -> str:
    """An answer in the clear; nothing when it cannot be read."""
    if answer in ("success", "") or not account.encrypted:
        return answer
    try:
        parts = xmltodict.parse(answer)["xml"]
        query = {"timestamp": parts["TimeStamp"], "nonce": parts["Nonce"], "encrypt_type": "aes",
                 "msg_signature": parts["MsgSignature"]}
        fields = Envelope(account).open(query, f"<xml><Encrypt>{parts['Encrypt']}</Encrypt></xml>".encode())
    except (KeyError, TypeError, ValueError, binascii.Error, xmltodict.expat.ExpatError):
        return "<xml></xml>"
    return str(xmltodict.unparse({"xml": fields}, full_document=False))


def _signature(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()
