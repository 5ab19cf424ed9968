"""The demo WeChat's API: the calls an account makes, with WeChat's paths, answers and error codes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from aiohttp import web

from integrations.channels.wechat.accounts import Account
from integrations.channels.wechat.demo import media, menus
from integrations.channels.wechat.demo.fields import refused
from integrations.channels.wechat.demo.network import network
from integrations.channels.wechat.demo.world import World

WORLD: web.AppKey[World] = web.AppKey("world")
Call = Callable[[World, Account, dict[str, Any]], dict[str, Any]]
SLOW_SECONDS = 6.0
TEXT_BYTES = 2048
OK: dict[str, Any] = {"errcode": 0, "errmsg": "ok"}


def add_api(app: web.Application) -> None:
    """Every call, by path."""
    app.router.add_post("/cgi-bin/stable_token", _stable_token)
    app.router.add_get("/cgi-bin/token", _old_token)
    app.router.add_get("/sns/oauth2/access_token", _person("web", "code"))
    app.router.add_get("/sns/jscode2session", _person("login", "js_code"))
    app.router.add_get("/cgi-bin/media/get", _media)
    app.router.add_post("/cgi-bin/media/upload", _upload)
    for path, call in CALLS.items():
        app.router.add_route("*", path, _authorised(call))


def answer(found: dict[str, Any]) -> web.Response:
    """JSON as WeChat sends it: labelled text/plain."""
    return web.Response(body=orjson.dumps(found), content_type="text/plain", charset="utf-8")


def error(code: int, says: str) -> dict[str, Any]:
    """A refusal."""
    return {"errcode": code, "errmsg": f"{says} rid: demo-{code}"}


async def faulty(world: World, path: str) -> web.Response | None:
    """What goes wrong on purpose, if anything."""
    world.calls.append(path)
    if world.fault == "slow":
        await asyncio.sleep(SLOW_SECONDS)
    if world.fault == "down":
        return web.Response(status=502, text="<html>Bad Gateway</html>", content_type="text/html")
    if world.fault == "garbled":
        return web.Response(text="<html>?</html>", content_type="text/html")
    if world.codes.get(path):
        code = world.codes[path].pop(0)
        return answer(error(code, "as it was told to say"))
    return answer(error(-1, "system error")) if world.fault == "busy" else None


def _authorised(call: Call) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        world = request.app[WORLD]
        if (wrong := await faulty(world, request.path)) is not None:
            return wrong
        account = world.account_of(request.query.get("access_token", ""))
        if account is None or world.fault == "token":
            return answer(error(40001, "invalid credential, access_token is invalid or not latest"))
        if world.fault == "quota":
            return answer(error(45009, "reach max api daily quota limit"))
        try:
            body = orjson.loads(await request.read() or b"{}")
        except orjson.JSONDecodeError:
            return answer(error(47001, "data format error"))
        return answer(call(world, account, body if isinstance(body, dict) else {}))

    return handle


async def _stable_token(request: web.Request) -> web.Response:
    world = request.app[WORLD]
    if (wrong := await faulty(world, request.path)) is not None:
        return wrong
    body = orjson.loads(await request.read() or b"{}")
    account = world.accounts.get(str(body.get("appid")))
    if account is None:
        return answer(error(40013, "invalid appid"))
    if body.get("secret") != account.secret.get_secret_value():
        return answer(error(40125, "invalid appsecret"))
    token, seconds = world.token(account.app_id, fresh=bool(body.get("force_refresh")))
    return answer({"access_token": token, "expires_in": seconds})


async def _old_token(request: web.Request) -> web.Response:
    """The old call: every answer ends the token before."""
    world, query = request.app[WORLD], request.query
    account = world.accounts.get(query.get("appid", ""))
    if account is None or query.get("secret") != account.secret.get_secret_value():
        return answer(error(40125, "invalid appsecret"))
    token, seconds = world.token(account.app_id, fresh=True)
    return answer({"access_token": token, "expires_in": seconds})


def _person(kind: str, name: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        world, query = request.app[WORLD], request.query
        if (wrong := await faulty(world, request.path)) is not None:
            return wrong
        account = world.accounts.get(query.get("appid", ""))
        if account is None or query.get("secret") != account.secret.get_secret_value():
            return answer(error(40125, "invalid appsecret"))
        code = query.get(name, "")
        phone = world.redeem(kind, code, account.app_id)
        if phone is None:
            return answer(error(world.why_not(code), "invalid code, or it has been used"))
        found = {"openid": world.openid(phone, account.app_id), "unionid": world.unionid(phone)}
        return answer(found | ({"session_key": "c2Vzc2lvbg=="} if kind == "login" else {"scope": "snsapi_base"}))

    return handle


async def _media(request: web.Request) -> web.Response:
    world = request.app[WORLD]
    if world.account_of(request.query.get("access_token", "")) is None:
        return answer(error(40001, "invalid credential"))
    found = world.media.get(request.query.get("media_id", ""))
    return web.Response(body=found[1], content_type=found[0]) if found else answer(error(40007, "invalid media_id"))


async def _upload(request: web.Request) -> web.Response:
    world = request.app[WORLD]
    if world.account_of(request.query.get("access_token", "")) is None:
        return answer(error(40001, "invalid credential"))
    return answer(await media.taken(world, request))


def _custom(world: World, account: Account, body: dict[str, Any]) -> dict[str, Any]:
    found = world.phone_of(account.app_id, str(body.get("touser")))
    if found is None or account.app_id not in found[1].follows:
        return error(40003, "invalid openid")
    kind = body.get("msgtype")
    part = body.get(str(kind)) or {}
    text = str(part.get("content") or part.get("head_content") or "")
    if kind not in ("text", "msgmenu", "image", "news", "miniprogrampage"):
        return error(40008, "invalid message type")
    if len(text.encode()) > TEXT_BYTES:
        return error(45002, "content size out of limit")
    if code := world.may_write(found[1], account.app_id):
        return error(code, "out of response count limit")
    choices = tuple((str(one.get("id")), str(one.get("content"))) for one in part.get("list", []))
    world.show(found[1], account.app_id, mine=False, kind="menu" if choices else "text", text=text, choices=choices,
               late=True)
    return OK


def _template(world: World, account: Account, body: dict[str, Any]) -> dict[str, Any]:
    found, template = world.phone_of(account.app_id, str(body.get("touser"))), str(body.get("template_id"))
    if found is None:
        return error(40003, "invalid openid")
    if template not in _known(account):
        return error(40037, "invalid template_id")
    if template in found[1].refuses or (account.kind == "official" and account.app_id not in found[1].follows):
        return error(43101, "user refuse to accept the msg")
    data = body.get("data") or {}
    if wrong := refused(data):
        return error(47003, f"argument invalid! data.{wrong}.value invalid")
    text = "\n".join(str(one.get("value", "")) for one in data.values() if isinstance(one, dict))
    world.show(found[1], account.app_id, mine=False, kind="template", text=text,
               url=str(body.get("url") or body.get("page") or ""))
    return OK | {"msgid": len(world.calls)}


def _subscription(world: World, account: Account, body: dict[str, Any]) -> dict[str, Any]:
    """As a template message, but each uses up one permission; a wrong one uses up none."""
    found, template = world.phone_of(account.app_id, str(body.get("touser"))), str(body.get("template_id"))
    if found is not None and not found[1].accepts.get((account.app_id, template)) and template in _known(account):
        return error(43101, "user refuse to accept the msg")
    done = _template(world, account, body)
    if found is not None and not done["errcode"]:
        world.use_accept(found[1], account.app_id, template)
    return done


def _known(account: Account) -> frozenset[str]:
    return frozenset(account.templates.values())


def _typing(world: World, account: Account, body: dict[str, Any]) -> dict[str, Any]:
    return OK if world.phone_of(account.app_id, str(body.get("touser"))) else error(40003, "invalid openid")


def _phone_number(world: World, account: Account, body: dict[str, Any]) -> dict[str, Any]:
    code = str(body.get("code"))
    phone = world.redeem("phone", code, account.app_id, of=str(body.get("openid") or ""))
    if phone is None:
        return error(world.why_not(code), "invalid code, or it has been used, or it is not of this openid")
    number = f"1380000{list(world.phones).index(phone) + 201:04d}"
    watermark = {"appid": account.app_id, "timestamp": int(world.clock())}
    info = {"phoneNumber": number, "purePhoneNumber": number, "countryCode": "86", "watermark": watermark}
    return OK | {"phone_info": info}


def _security(world: World, account: Account, body: dict[str, Any]) -> dict[str, Any]:
    risky = "违规" in str(body.get("content"))
    return OK | {"result": {"suggest": "risky" if risky else "pass", "label": 20001 if risky else 100},
                 "trace_id": f"demo-{len(world.calls)}"}


CALLS: dict[str, Call] = {
    "/cgi-bin/message/custom/send": _custom,
    "/cgi-bin/message/custom/typing": _typing,
    "/cgi-bin/message/custom/business/typing": _typing,
    "/cgi-bin/message/template/send": _template,
    "/cgi-bin/message/subscribe/send": _subscription,
    "/cgi-bin/message/subscribe/bizsend": _subscription,
    "/wxa/business/getuserphonenumber": _phone_number,
    "/wxa/msg_sec_check": _security,
    "/cgi-bin/menu/create": menus.create,
    "/cgi-bin/menu/get": menus.got,
    "/cgi-bin/menu/delete": menus.deleted,
    "/cgi-bin/get_current_selfmenu_info": menus.shown,
    "/cgi-bin/get_api_domain_ip": lambda world, account, body: {"ip_list": ["127.0.0.1"]},
    "/cgi-bin/getcallbackip": lambda world, account, body: {"ip_list": ["127.0.0.1"]},
    "/cgi-bin/callback/check": network,
    "/cgi-bin/openapi/quota/get": lambda world, account, body: OK | {
        "quota": {"daily_limit": 100000, "used": len(world.calls), "remain": max(0, 100000 - len(world.calls))}},
}
