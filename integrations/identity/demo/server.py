"""The sign-in page and the ticket interface of the demo, as routes under ``/sso`` of an aiohttp application."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hmac import compare_digest
from itertools import groupby
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, select_autoescape

from core import clock
from core.errors import Refused
from core.masking import mask_middle, mask_name
from integrations.demo_server import from_own_page, page
from integrations.identity.demo.oauth import add_oauth, granted, wish_of
from integrations.identity.demo.tickets import LESS, Card, Tickets
from integrations.identity.signing import sso_md5

SKEW = 300.0
"""Seconds a caller's clock may be wrong, either way."""

HERE = "sso_here"
"""Cookie of a browser in which somebody is signed in."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Desk:
    """Who may sign in, the one service that may ask, and the origins people may be sent back to."""

    tickets: Tickets
    service: str
    password: str
    origins: tuple[str, ...] = ()


DESK = web.AppKey("sign_in", Desk)

_pages = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=select_autoescape(), trim_blocks=True,
    lstrip_blocks=True,
)
_pages.filters |= {"name": mask_name, "middle": lambda value: mask_middle(value, 3, 4)}


def add_sign_in(
    app: web.Application, cards: Iterable[Card], *, service: str, password: str, origins: Iterable[str] = ()
) -> None:
    """Add the routes. People are sent back to loopback addresses and to ``origins`` (scheme and host) only."""
    app[DESK] = Desk(Tickets(cards), service, password, tuple(origin.rstrip("/") for origin in origins))
    app.router.add_get("/sso/login", show, name="sso_login")
    app.router.add_post("/sso/login", choose)
    app.router.add_get("/sso/logout", leave)
    app.router.add_get("/sso/servlet/simpleauth", simple_auth)
    add_oauth(app, app[DESK].tickets, service=service, password=password)


async def show(request: web.Request) -> web.Response:
    """The cards, family by family."""
    desk, asked, level = request.app[DESK], wish_of(request.query), _level(request.query.get("level", ""))
    goto = asked.redirect_uri if asked else request.query.get("goto", "")
    origin = _origin(desk, goto) if goto else ""
    if (goto and not origin) or (asked and not asked.is_for(desk.service)):
        raise web.HTTPBadRequest(text="不能回到这个地址")
    families = [(title, list(cards)) for title, cards in groupby(desk.tickets.cards.values(), lambda card: card.title)]
    hidden = {**(asked.hidden if asked else {}), "goto": goto, "level": level}
    here = desk.tickets.cards.get(request.cookies.get(HERE, "")) if goto else None
    other = urlencode({**request.query, "level": "" if level else "1"})
    html = _pages.get_template("login.html").render(families=families, goto=goto, hidden=hidden, other=other, here=here)
    return page(html, form_to=origin)


async def choose(request: web.Request) -> web.Response:
    """Somebody picked a card: back to where they came from, with a ticket."""
    desk, said = request.app[DESK], await request.post()
    fields = {name: value for name, value in said.items() if isinstance(value, str)}
    goto, asked = fields.get("goto", ""), wish_of(fields)
    if not from_own_page(request) or not _origin(desk, goto) or (asked and asked.redirect_uri != goto):
        raise web.HTTPForbidden(text="不能回到这个地址")
    level = _level(fields.get("level", ""))
    who = fields.get("who", "") + (f"{LESS}{level}" if level else "")
    try:
        given = granted(request.app, asked, who) if asked else {"ticket": desk.tickets.issue(who)}
    except Refused:
        raise web.HTTPNotFound(text="没有这个人") from None
    parts = urlsplit(goto)
    query = "&".join(part for part in (parts.query, urlencode(given)) if part)
    back = web.Response(status=303, headers={"Location": urlunsplit(parts._replace(query=query, fragment=""))})
    back.set_cookie(HERE, fields.get("who", ""), httponly=True, samesite="Lax", path="/sso")
    return back


async def leave(request: web.Request) -> web.Response:
    """This browser is signed in no longer; back to where it came from, when that is a place people may be sent to."""
    desk = request.app[DESK]
    goto = request.query.get("post_logout_redirect_uri", request.query.get("goto", ""))
    if not _origin(desk, goto):
        raise web.HTTPBadRequest(text="不能回到这个地址")
    back = web.Response(status=303, headers={"Location": goto})
    back.del_cookie(HERE, path="/sso")
    return back


async def simple_auth(request: web.Request) -> web.Response:
    """``ticketValidation`` and ``getUserInfo``; failures are a ``result`` other than ``"0"``."""
    desk, said = request.app[DESK], request.query
    try:
        match said.get("method"):
            case "ticketValidation":
                _signed(desk, said.get("servicecode", ""), said.get("time", ""), said.get("sign", ""))
                return _says(token=desk.tickets.issue(desk.tickets.redeem(said.get("st", "")), "TK"))
            case "getUserInfo":
                return _says(**_info(desk.tickets.card(desk.tickets.redeem(said.get("token", ""), "TK"))))
            case _:
                return _says("1000", "no such method")
    except Refused as refused:
        return _says(str(refused.details.get("result", "1001")), refused.message)


def _signed(desk: Desk, service: str, time: str, sign: str) -> None:
    expected = sso_md5(desk.service, desk.password, time)
    if service != desk.service or not compare_digest(sign.encode(), expected.encode()):
        raise Refused("sign error", result="1002")
    try:
        at = datetime.strptime(time, "%Y%m%d%H%M%S").replace(tzinfo=clock.CHINA)
    except ValueError:
        raise Refused("time error", result="1003") from None
    if abs((clock.now() - at.astimezone(UTC)).total_seconds()) > SKEW:
        raise Refused("time error", result="1003")


def _level(given: str) -> str:
    """The level somebody signs in with, when it is less than their own."""
    return given if given in ("1", "2") else ""


def _info(card: Card) -> dict[str, str]:
    person = card.person
    return {
        "idnum": person.id_number, "idtype": "111", "username": person.name, "mobile": person.phone,
        "authlevel": str(person.level), "userid": card.who,
    }


def _says(result: str = "0", errmsg: str = "", **more: str) -> web.Response:
    return web.json_response({"result": result, "errmsg": errmsg, **more}, headers={"Cache-Control": "no-store"})


def _origin(desk: Desk, goto: str) -> str:
    """The origin of an address people may be sent back to, or nothing."""
    try:
        parts = urlsplit(goto)
        origin, host = f"{parts.scheme}://{parts.netloc}", parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or "\\" in goto or not goto.isprintable():
        return ""
    return origin if host in LOOPBACK or origin in desk.origins else ""
