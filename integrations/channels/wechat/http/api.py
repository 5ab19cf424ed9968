"""WeChat's API over HTTP, for one account."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from core.errors import Garbled, NotAuthorised, OutsideError, Unavailable
from core.kv import KV
from core.settings import Settings
from integrations.channels.wechat.accounts import Account, accounts_of
from integrations.channels.wechat.base import Choice, CodeUsed, Unsure, WechatApi, WechatPerson
from integrations.channels.wechat.http.failures import BAD_TOKEN, BUSY, HARMLESS, failure
from integrations.channels.wechat.http.tokens import Tokens
from integrations.health import Health
from integrations.http import Http, Reply

SECONDS = 4.0
_SEND = "/cgi-bin/message/custom/send"


def apis_of(settings: Settings, kv: KV) -> dict[str, WechatApi]:
    """The API of every account, by its name."""
    return {one.name: HttpApi(settings.wechat_url, one, kv) for one in accounts_of(settings)}


class HttpApi:
    """A `integrations.channels.wechat.base.WechatApi` over HTTP."""

    def __init__(self, base: str, account: Account, kv: KV, timeout: float = SECONDS) -> None:
        self._base, self._account = base, account
        self._http = Http(timeout=timeout, max_bytes=12_000_000)
        self._tokens = Tokens(kv, account.app_id, self._fetch)

    async def say(self, openid: str, words: str) -> None:
        """A customer-service text."""
        await self._send({"touser": openid, "msgtype": "text", "text": {"content": words}})

    async def offer(self, openid: str, head: str, choices: Sequence[Choice], tail: str = "") -> None:
        """A customer-service menu."""
        items = [{"id": one.id, "content": one.label} for one in choices]
        menu = {"head_content": head, "list": items, "tail_content": tail}
        await self._send({"touser": openid, "msgtype": "msgmenu", "msgmenu": menu})

    async def typing(self, openid: str) -> None:
        """Errors of it are nobody's concern."""
        path = "/cgi-bin/message/custom/typing" if self._account.kind == "official" else \
            "/cgi-bin/message/custom/business/typing"
        await self._call(path, {"touser": openid, "command": "Typing"}, harmless=HARMLESS)

    async def inform(
        self, openid: str, template: str, fields: Mapping[str, str], *, url: str = "", page: str = ""
    ) -> None:
        """A template message of an official account, a subscription message of a mini-program."""
        data = {name: {"value": value} for name, value in fields.items()}
        body: dict[str, Any] = {"touser": openid, "template_id": template, "data": data}
        if self._account.kind == "official":
            await self._send(body | {"url": url}, "/cgi-bin/message/template/send")
        else:
            await self._send(body | {"page": page}, "/cgi-bin/message/subscribe/send")

    async def person(self, code: str) -> WechatPerson:
        """By the code of a web authorisation, or of ``wx.login``; these calls know us by our secret."""
        mini = self._account.kind == "mini"
        path = "/sns/jscode2session" if mini else "/sns/oauth2/access_token"
        found = await self._json("GET", path, params={
            "appid": self._account.app_id, "secret": self._account.secret.get_secret_value(),
            "js_code" if mini else "code": code, "grant_type": "authorization_code",
        })
        self._check(found, path)
        if not found.get("openid"):
            raise Garbled("WeChat named nobody", why="no_openid")
        return WechatPerson(str(found["openid"]), str(found.get("unionid") or ""), bool(found.get("is_snapshotuser")))

    async def phone(self, code: str, openid: str) -> str:
        """WeChat checks that the code is that person's; we check that it was meant for us."""
        found = await self._call("/wxa/business/getuserphonenumber", {"code": code, "openid": openid})
        info = found.get("phone_info") or {}
        if info.get("watermark", {}).get("appid") != self._account.app_id:
            raise CodeUsed("a phone number of another mini-program")
        return str(info.get("purePhoneNumber") or "")

    async def media(self, media_id: str) -> tuple[str, bytes]:
        """Bytes; errors come as JSON with status 200."""
        reply = await self._authorised("GET", "/cgi-bin/media/get", None, {"media_id": media_id})
        if "json" in reply.content_type or reply.content_type.startswith("text/"):
            raise Garbled("WeChat has no such picture", why="no_media")
        return reply.content_type, reply.body

    async def check(self) -> Health:
        """Whether WeChat lets us call it."""
        begun = time.perf_counter()
        try:
            await self._call("/cgi-bin/get_api_domain_ip", None)
        except OutsideError as problem:
            return Health(False, problem.message, _ms(begun))
        return Health(True, self._account.name, _ms(begun))

    async def close(self) -> None:
        """Release connections."""
        await self._http.close()

    async def _send(self, body: Mapping[str, Any], path: str = _SEND) -> None:
        """Something that must not arrive twice: no answer is not asked again. Raises `Unsure`."""
        try:
            await self._call(path, body)
        except (Unavailable, Garbled) as problem:
            if "errcode" in problem.details or problem.details.get("why") == "connect":
                raise
            raise Unsure(f"no answer to {path}") from problem

    async def _call(
        self, path: str, body: Mapping[str, Any] | None, *, harmless: frozenset[int] = frozenset()
    ) -> dict[str, Any]:
        reply = await self._authorised("GET" if body is None else "POST", path, body, {})
        found = _read(reply)
        if found.get("errcode", 0) not in harmless:
            self._check(found, path)
        return found

    async def _authorised(
        self, method: str, path: str, body: Mapping[str, Any] | None, params: Mapping[str, str]
    ) -> Reply:
        """With our token; once more with a fresh one when WeChat does not take it, and once more when it is busy."""
        reply = await self._with_token(method, path, body, params)
        code = _code(reply)
        if code in BAD_TOKEN or code == BUSY:
            reply = await self._with_token(method, path, body, params)
        return reply

    async def _with_token(
        self, method: str, path: str, body: Mapping[str, Any] | None, params: Mapping[str, str]
    ) -> Reply:
        token = await self._tokens.get()
        given = None if body is None else orjson.dumps(body)
        reply = await self._http.send(
            method, f"{self._base}{path}", body=given, params={**params, "access_token": token},
            headers={"Content-Type": "application/json"} if given else None,
        )
        _there(reply)
        if _code(reply) in BAD_TOKEN:
            await self._tokens.wrong(token)
        return reply

    async def _fetch(self) -> tuple[str, int]:
        found = await self._json("POST", "/cgi-bin/stable_token", json={
            "grant_type": "client_credential", "appid": self._account.app_id,
            "secret": self._account.secret.get_secret_value(), "force_refresh": False,
        })
        self._check(found, "stable_token")
        if not found.get("access_token"):
            raise NotAuthorised("WeChat gave no token")
        return str(found["access_token"]), int(found.get("expires_in") or 7200)

    async def _json(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        reply = await self._http.send(method, f"{self._base}{path}", **more)
        _there(reply)
        return _read(reply)

    def _check(self, found: Mapping[str, Any], call: str) -> None:
        code = found.get("errcode", 0)
        if code:
            raise failure(int(code), str(found.get("errmsg", "")), call)


def _there(reply: Reply) -> None:
    if reply.status >= 500:
        raise Unavailable(f"WeChat answered {reply.status}", why="status")


def _read(reply: Reply) -> dict[str, Any]:
    found = reply.json()
    if not isinstance(found, dict):
        raise Garbled("this is no answer of WeChat", why="not_json")
    return found


def _code(reply: Reply) -> int:
    """The error code of an answer, 0 for none; also of media, which are bytes."""
    if reply.body[:1] != b"{":
        return 0
    try:
        return int(_read(reply).get("errcode") or 0)
    except Garbled:
        return 0


def _ms(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000
