"""The demo exchange over HTTP: look-ups at ``/sysapi/<source>``, faults and calls for whoever runs the demo."""

from __future__ import annotations

import asyncio
from typing import Any

import orjson
from aiohttp import web

from integrations.demo_server import from_own_page, operators_here
from integrations.sources.demo.desk import Asked, Desk, Verdict
from integrations.sources.demo.faults import EVERY
from integrations.sources.demo.guard import Convention, Guard, Knock, Turned
from integrations.sources.demo.page import overview

DESK = web.AppKey("desk", Desk)
GUARD = web.AppKey("guard", Guard)

_MESSAGES = {
    "no_purpose": "purpose required",
    "no_consent": "consent required",
    "no_permission": "no permission",
}


def make_app(
    *, app: str, secret: str, signer: Convention = "gjzwfwpt", desk: Desk | None = None
) -> web.Application:
    """The exchange as an aiohttp application that knows one caller, ``app``, by its secret."""
    server = web.Application(client_max_size=64 * 1024, middlewares=[operators_here])
    server[DESK] = desk or Desk()
    server[GUARD] = Guard(signer, app, secret)
    server.add_routes([
        web.post("/sysapi/{source}", look_up),
        web.get("/_faults", show_faults),
        web.post("/_faults", switch_faults),
        web.get("/_calls", show_calls),
        web.get("/", show_page),
    ])
    return server


async def look_up(request: web.Request) -> web.Response:
    """One look-up, in the order of a real gateway: signature, clock, number, then the request itself."""
    knock = Knock(request.method, request.path, request.query, request.headers)
    try:
        request.app[GUARD].admit(knock)
    except Turned as turned:
        return _says("300", str(turned))
    desk, source = request.app[DESK], request.match_info["source"]
    if source == "ping":
        return _says("200", "ok", [])
    try:
        asked = _asked(source, orjson.loads(await request.read()))
    except (ValueError, TypeError, AttributeError):
        return _says("400", "参数 is not what this interface takes")
    broken = await _fault(desk, asked)
    return broken if broken is not None else _reply(desk.decide(asked))


async def _fault(desk: Desk, asked: Asked) -> web.Response | None:
    """What a fault of the wire answers in the place of data; a slow source answers in the end."""
    fault = desk.faults.of(asked.source)
    if fault is None:
        return None
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
    if fault.kind in ("down", "garbled"):
        desk.note(asked, fault.kind)
        text = "<html><body><h1>系统维护中</h1></body></html>"
        return web.Response(text=text, content_type="text/html", status=503 if fault.kind == "down" else 200)
    return None


def _asked(source: str, body: Any) -> Asked:
    purpose = body.get("purpose") or {}
    key = body["params"] if isinstance(body.get("params"), dict) else {}
    fields, items = body.get("fields"), purpose.get("items")
    if not all(isinstance(part, str) for part in [*key, *key.values(), *(fields or ()), *(items or ())]):
        raise TypeError
    return Asked(
        source=source[:40], key=key, attributes=tuple(fields or ()),
        purpose=str(purpose.get("code") or ""), purpose_title=str(purpose.get("name") or ""), items=tuple(items or ()),
        case_no=str(body.get("case_no") or ""), consent=str(body.get("consent_id") or ""),
        operator=str(body.get("operator") or ""),
    )


def _reply(verdict: Verdict) -> web.Response:
    match verdict.ended:
        case "ok" | "no_data":
            return _says("200", "ok", list(verdict.records))
        case "mismatch":
            return _says("200", "ok", {"verify": "no"})
        case "bad_request":
            return _says("400", "参数 does not name a record")
        case refused:
            return _says("300", _MESSAGES[refused])


def _says(code: str, message: str, data: Any = None) -> web.Response:
    body = orjson.dumps({"code": code, "message": message, "data": data})
    return web.Response(body=body, content_type="application/json")


async def show_faults(request: web.Request) -> web.Response:
    """The faults that are on."""
    return web.Response(body=orjson.dumps(request.app[DESK].faults.shown()), content_type="application/json")


async def switch_faults(request: web.Request) -> web.Response:
    """Switch a fault, by JSON (answered with what is on) or by the form of the page (answered with the page)."""
    by_form = request.content_type == "application/x-www-form-urlencoded"
    if not from_own_page(request):
        raise web.HTTPForbidden
    try:
        said: dict[str, Any] = dict(await request.post()) if by_form else await request.json()
        source, seconds = str(said.get("source", EVERY)), float(said.get("seconds") or 5)
        desk = request.app[DESK]
        if source != EVERY and source not in desk.register().sources:
            raise ValueError(f"there is no source {source[:40]!r}")
        desk.faults.switch(source, str(said.get("fault", "none")), seconds)
    except (ValueError, TypeError, AttributeError) as problem:
        return web.json_response({"error": str(problem)}, status=400)
    if by_form:
        raise web.HTTPSeeOther("/" if source == EVERY else f"/#{source}")
    return await show_faults(request)


async def show_calls(request: web.Request) -> web.Response:
    """How often which source was asked, for what, and how it ended."""
    return web.Response(body=orjson.dumps(request.app[DESK].calls.shown()), content_type="application/json")


async def show_page(request: web.Request) -> web.Response:
    """The page for whoever runs the demo."""
    return overview(request.app[DESK], sign_in="sso_login" in request.app.router)
