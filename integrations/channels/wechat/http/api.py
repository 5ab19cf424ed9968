"""WeChat's API over HTTP, for one account."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from core.errors import Garbled, OutsideError
from core.kv import KV
from core.settings import Settings
from integrations.channels.wechat.accounts import Account, accounts_of
from integrations.channels.wechat.answers import split
from integrations.channels.wechat.base import Choice, CodeUsed, Nobody, TooLong, Watch, WechatApi, WechatPerson
from integrations.channels.wechat.http.calling import SECONDS, Caller
from integrations.channels.wechat.http.failures import HARMLESS
from integrations.channels.wechat.http.guard import Guard
from integrations.health import Health

_SEND = "/cgi-bin/message/custom/send"


def apis_of(
    settings: Settings, kv: KV, watch: Callable[[Account], Watch] = lambda _: Nobody()
) -> dict[str, WechatApi]:
    """The API of every account, by its name. ``watch`` gives who hears how an account's calls fare."""
    return {
        one.name: HttpApi(settings.wechat_url, one, kv, watch=watch(one)) for one in accounts_of(settings)
    }


class HttpApi:
    """A `integrations.channels.wechat.base.WechatApi` over HTTP."""

    def __init__(
        self, base: str, account: Account, kv: KV, timeout: float = SECONDS, watch: Watch | None = None,
        guard: Guard | None = None,
    ) -> None:
        self._account = account
        self._caller = Caller(base, account, kv, timeout, watch, guard)

    async def say(self, openid: str, words: str) -> None:
        """A customer-service text; in smaller parts when WeChat finds it too long, which should not happen."""
        try:
            await self._say(openid, words)
        except TooLong:
            for part in split(words, len(words.encode()) // 2 + 1):
                await self._say(openid, part)

    async def _say(self, openid: str, words: str) -> None:
        await self._caller.send({"touser": openid, "msgtype": "text", "text": {"content": words}}, _SEND)

    async def offer(self, openid: str, head: str, choices: Sequence[Choice], tail: str = "") -> None:
        """A customer-service menu."""
        items = [{"id": one.id, "content": one.label} for one in choices]
        menu = {"head_content": head, "list": items, "tail_content": tail}
        await self._caller.send({"touser": openid, "msgtype": "msgmenu", "msgmenu": menu}, _SEND)

    async def typing(self, openid: str) -> None:
        """Errors of it are nobody's concern."""
        path = "/cgi-bin/message/custom/typing" if self._account.kind == "official" else \
            "/cgi-bin/message/custom/business/typing"
        await self._caller.call(path, {"touser": openid, "command": "Typing"}, harmless=HARMLESS)

    async def inform(
        self, openid: str, template: str, fields: Mapping[str, str], *, url: str = "", page: str = ""
    ) -> None:
        """A template message of an official account, a subscription message of a mini-program."""
        data = {name: {"value": value} for name, value in fields.items()}
        body: dict[str, Any] = {"touser": openid, "template_id": template, "data": data}
        if self._account.kind == "official":
            body["url"] = url
            if self._account.mini and page:
                body["miniprogram"] = {"appid": self._account.mini, "pagepath": page}
            await self._caller.send(body, "/cgi-bin/message/template/send")
        else:
            await self._caller.send(body | {"page": page}, "/cgi-bin/message/subscribe/send")

    async def person(self, code: str) -> WechatPerson:
        """By the code of a web authorisation, or of ``wx.login``; these calls know us by our secret."""
        mini = self._account.kind == "mini"
        path = "/sns/jscode2session" if mini else "/sns/oauth2/access_token"
        found = await self._caller.secretly("GET", path, params={
            "appid": self._account.app_id, "secret": self._account.secret.get_secret_value(),
            "js_code" if mini else "code": code, "grant_type": "authorization_code",
        })
        if not found.get("openid"):
            raise Garbled("WeChat named nobody", why="no_openid")
        return WechatPerson(str(found["openid"]), str(found.get("unionid") or ""), bool(found.get("is_snapshotuser")))

    async def phone(self, code: str, openid: str) -> str:
        """WeChat checks that the code is that person's; we check that it was meant for us."""
        found = await self._caller.call("/wxa/business/getuserphonenumber", {"code": code, "openid": openid})
        info = found.get("phone_info") or {}
        if info.get("watermark", {}).get("appid") != self._account.app_id:
            raise CodeUsed("a phone number of another mini-program")
        return str(info.get("purePhoneNumber") or "")

    async def media(self, media_id: str) -> tuple[str, bytes]:
        """Bytes; of a video WeChat gives an address instead, which is no picture."""
        reply = await self._caller.content("/cgi-bin/media/get", {"media_id": media_id})
        if "json" in reply.content_type or reply.content_type.startswith("text/"):
            raise Garbled("WeChat has no such picture", why="no_media")
        return reply.content_type, reply.body

    async def check(self) -> Health:
        """Whether WeChat lets us call it."""
        begun = time.perf_counter()
        try:
            await self._caller.call("/cgi-bin/get_api_domain_ip", None)
        except OutsideError as problem:
            return Health(False, problem.message, _ms(begun))
        return Health(True, self._account.name, _ms(begun))

    async def close(self) -> None:
        """Release connections."""
        await self._caller.end()


def _ms(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000
