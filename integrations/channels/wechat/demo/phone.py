"""The phones of the demo: what somebody does in WeChat, and what they see."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import orjson
from aiohttp import web

from integrations.channels.wechat.accounts import Account
from integrations.channels.wechat.demo.gate import WORLD
from integrations.channels.wechat.demo.people import PHONES, Phone
from integrations.channels.wechat.demo.pushing import Pusher
from integrations.channels.wechat.demo.screens import PICTURES, SCREENS, picture_of, screens_page
from integrations.channels.wechat.demo.world import World
from integrations.demo_server import from_own_page

PAGES = Path(__file__).parent / "pages"
PUSHER: web.AppKey[Pusher] = web.AppKey("pusher")
ERRANDS: web.AppKey[set[asyncio.Task[None]]] = web.AppKey("errands")
MINE = "demo_wechat"
"""Cookie that says which phone a browser is."""
LARGEST_PICTURE = 5_000_000
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
HEADERS = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
FILES = {"/phone.js": "text/javascript", "/phone.css": "text/css"}


def add_phones(app: web.Application) -> None:
    """The page, its files, and what its buttons do."""
    app[ERRANDS] = set()
    app.router.add_get("/", _page)
    for path in FILES:
        app.router.add_get(path, _file)
    app.router.add_get("/mini", _screens)
    app.router.add_get("/mini/{name}", _picture_of)
    app.router.add_get("/_phone", _state)
    app.router.add_post("/_phone", _act)
    app.router.add_post("/_picture", _picture)
    app.router.add_post("/_fault", _fault)
    app.router.add_get("/connect/oauth2/authorize", _authorize)


async def _page(request: web.Request) -> web.Response:
    return _sent("phone.html", "text/html")


async def _file(request: web.Request) -> web.Response:
    return _sent(request.path.lstrip("/"), FILES[request.path])


async def _screens(request: web.Request) -> web.Response:
    """What the mini-program looks like: there is none in this phone."""
    page = screens_page((PAGES / "mini.html").read_text("utf-8"), large=request.query.get("look") == "large")
    return web.Response(text=page, content_type="text/html", charset="utf-8", headers=HEADERS)


async def _picture_of(request: web.Request) -> web.Response:
    name = request.match_info["name"]
    if name not in {picture_of(one, large=large) for one in SCREENS for large in (False, True)}:
        raise web.HTTPNotFound
    content = await asyncio.to_thread((PICTURES / name).read_bytes)
    return web.Response(body=content, content_type="image/webp", headers=HEADERS)


def _sent(name: str, mime: str) -> web.Response:
    return web.Response(text=(PAGES / name).read_text("utf-8"), content_type=mime, charset="utf-8", headers=HEADERS)


async def _state(request: web.Request) -> web.Response:
    """Everything a phone shows."""
    world = request.app[WORLD]
    key, phone = _phone(request)
    account = _account(world)
    shown = [asdict(one) for one in phone.chats.get(account.app_id, [])]
    menu = world.menus.get(account.app_id, {"button": []})["button"]
    body = {
        "phones": [{"key": key, "name": name, "note": note} for key, name, note in PHONES], "who": key,
        "follows": account.app_id in phone.follows, "shown": shown, "menu": menu, "fault": world.fault,
        "busy": bool(request.app[ERRANDS]),
    }
    response = web.Response(body=orjson.dumps(body), content_type="application/json")
    response.set_cookie(MINE, key, httponly=True, samesite="Lax")
    return response


async def _act(request: web.Request) -> web.Response:
    """Say something, tap a menu link or a menu, follow or leave. WeChat's answer appears when it comes."""
    if not from_own_page(request):
        raise web.HTTPForbidden
    world, body = request.app[WORLD], await request.json()
    key, phone = _phone(request)
    account = _account(world)
    fields = _fields(world, phone, account, str(body.get("do")), body)
    _errand(request, request.app[PUSHER].push(key, account, fields))
    return web.json_response({})


def _fields(world: World, phone: Phone, account: Account, do: str, body: dict[str, Any]) -> dict[str, Any]:
    """The push of what somebody did, after the chat shows it."""
    if do in ("follow", "leave"):
        world.follow(phone, account.app_id, on=do == "follow")
        world.acted(phone, account.app_id, "click" if do == "follow" else "")
        says = "关注了公众号" if do == "follow" else "取消了关注"
        world.show(phone, account.app_id, mine=True, kind="event", text=says)
        scene = str(body.get("scene") or "")
        key = f"qrscene_{scene}" if scene and do == "follow" else ""
        return {"MsgType": "event", "Event": "subscribe" if do == "follow" else "unsubscribe", "EventKey": key}
    world.follow(phone, account.app_id)
    text = str(body.get("text") or "")[:2000]
    if do == "menu":
        world.acted(phone, account.app_id, "click")
        world.show(phone, account.app_id, mine=True, kind="event", text=f"点了菜单“{text}”")
        return {"MsgType": "event", "Event": "CLICK", "EventKey": str(body.get("id"))}
    world.acted(phone, account.app_id, "click" if do == "tap" else "message")
    world.show(phone, account.app_id, mine=True, kind="voice" if do == "voice" else "text", text=text)
    if do == "voice":
        media = f"demo-voice-{len(world.media) + 1}"
        world.media[media] = "audio/amr", b"#!AMR\ndemo:" + text.encode()  # as the demo's recogniser hears it
        return {"MsgType": "voice", "MediaId": media, "Format": "amr", "Recognition": ""}
    if do == "place":
        return {"MsgType": "location", "Location_X": "30.27", "Location_Y": "120.15", "Scale": "16", "Label": text}
    return {"MsgType": "text", "Content": text} | ({"bizmsgmenuid": str(body.get("id"))} if do == "tap" else {})


async def _picture(request: web.Request) -> web.Response:
    """A photo of the phone goes to the account."""
    if not from_own_page(request):
        raise web.HTTPForbidden
    world, content = request.app[WORLD], await request.content.read(LARGEST_PICTURE)
    key, phone = _phone(request)
    account = _account(world)
    media = f"demo-{len(world.media) + 1}"
    world.media[media] = request.content_type, content
    world.acted(phone, account.app_id, "message")
    world.show(phone, account.app_id, mine=True, kind="picture", text="[图片]")
    fields = {"MsgType": "image", "PicUrl": "", "MediaId": media}
    _errand(request, request.app[PUSHER].push(key, account, fields))
    return web.json_response({})


async def _fault(request: web.Request) -> web.Response:
    """Switch what goes wrong with WeChat's API."""
    if not from_own_page(request):
        raise web.HTTPForbidden
    fault = str((await request.json()).get("fault", ""))
    if fault not in ("", "slow", "down", "busy", "garbled", "quota", "token"):
        raise web.HTTPBadRequest
    request.app[WORLD].fault = fault
    return web.json_response({})


async def _authorize(request: web.Request) -> web.Response:
    """The silent web authorisation: back at once, with a code of whoever this browser's phone is."""
    world, query = request.app[WORLD], request.query
    account, back = world.accounts.get(query.get("appid", "")), query.get("redirect_uri", "")
    if account is None or not back.startswith(("http://", "https://")):
        raise web.HTTPBadRequest(text="redirect_uri 参数错误")
    key, _ = _phone(request)
    sign = "&" if "?" in back else "?"
    given = urlencode({"code": world.code("web", key, account.app_id), "state": query.get("state", "")})
    return web.Response(status=302, headers={"Location": f"{back}{sign}{given}", "Cache-Control": "no-store"})


def _phone(request: web.Request) -> tuple[str, Phone]:
    world = request.app[WORLD]
    key = request.query.get("who") or request.cookies.get(MINE, "")
    key = key if key in world.phones else PHONES[0][0]
    return key, world.phones[key]


def _account(world: World) -> Account:
    return next(one for one in world.accounts.values() if one.kind == "official")


def _errand(request: web.Request, work: Any) -> None:
    task = asyncio.create_task(work)
    request.app[ERRANDS].add(task)
    task.add_done_callback(request.app[ERRANDS].discard)
