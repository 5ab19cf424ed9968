"""What the demo WeChat gives for a secret or a code: tokens of accounts, and who somebody is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from aiohttp import web

from integrations.channels.wechat.accounts import Account
from integrations.channels.wechat.demo.gate import OK, WORLD, answer, error, faulty
from integrations.channels.wechat.demo.world import World


async def stable_token(request: web.Request) -> web.Response:
    """A token that stays the same until it ends, unless a fresh one is forced."""
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


async def old_token(request: web.Request) -> web.Response:
    """The old call: every answer ends the token before."""
    world, query = request.app[WORLD], request.query
    account = world.accounts.get(query.get("appid", ""))
    if account is None or query.get("secret") != account.secret.get_secret_value():
        return answer(error(40125, "invalid appsecret"))
    token, seconds = world.token(account.app_id, fresh=True)
    return answer({"access_token": token, "expires_in": seconds})


def person(kind: str, name: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Who somebody is, for a code of that kind that stands in the query under ``name``."""
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


def phone_number(world: World, account: Account, body: dict[str, Any]) -> dict[str, Any]:
    """The invented number of who gave the code."""
    code = str(body.get("code"))
    phone = world.redeem("phone", code, account.app_id, of=str(body.get("openid") or ""))
    if phone is None:
        return error(world.why_not(code), "invalid code, or it has been used, or it is not of this openid")
    number = f"1380000{list(world.phones).index(phone) + 201:04d}"
    watermark = {"appid": account.app_id, "timestamp": int(world.clock())}
    info = {"phoneNumber": number, "purePhoneNumber": number, "countryCode": "86", "watermark": watermark}
    return OK | {"phone_info": info}
