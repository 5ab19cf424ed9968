"""The demo WeChat's API: the calls an account makes, with WeChat's paths, answers and error codes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from aiohttp import web

from integrations.channels.wechat.accounts import Account
from integrations.channels.wechat.demo import media, menus
from integrations.channels.wechat.demo.codes import old_token, person, phone_number, stable_token
from integrations.channels.wechat.demo.gate import OK, WORLD, answer, error, faulty
from integrations.channels.wechat.demo.messages import custom, security, subscription, template_message, typing
from integrations.channels.wechat.demo.network import network
from integrations.channels.wechat.demo.world import World

Call = Callable[[World, Account, dict[str, Any]], dict[str, Any]]


def add_api(app: web.Application) -> None:
    """Every call, by path."""
    app.router.add_post("/cgi-bin/stable_token", stable_token)
    app.router.add_get("/cgi-bin/token", old_token)
    app.router.add_get("/sns/oauth2/access_token", person("web", "code"))
    app.router.add_get("/sns/jscode2session", person("login", "js_code"))
    app.router.add_get("/cgi-bin/media/get", _media)
    app.router.add_post("/cgi-bin/media/upload", _upload)
    for path, call in CALLS.items():
        app.router.add_route("*", path, _authorised(call))


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


CALLS: dict[str, Call] = {
    "/cgi-bin/message/custom/send": custom,
    "/cgi-bin/message/custom/typing": typing,
    "/cgi-bin/message/custom/business/typing": typing,
    "/cgi-bin/message/template/send": template_message,
    "/cgi-bin/message/subscribe/send": subscription,
    "/cgi-bin/message/subscribe/bizsend": subscription,
    "/wxa/business/getuserphonenumber": phone_number,
    "/wxa/msg_sec_check": security,
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
