"""Signing in and out, choosing a password, and the way to one's first page."""

from __future__ import annotations

import secrets

from aiohttp import web

from console import accounts
from console.accounts import AccountRefused, SignInRefused, authenticate
from console.asking import Asking, FormOutdated, form_of, page, same_secret
from console.desk import DESK, ROOT
from console.pages import go, show
from console.roles import HOME
from console.sessions import BEFORE, COOKIE, close_session, open_session, set_cookie, tag_before
from console.wording import words
from core.errors import TooMany

routes = web.RouteTableDef()
PER_MINUTE = 20
"""Attempts one address may make."""


@routes.get("")
@routes.get("/")
@page("any")
async def home(ask: Asking) -> web.Response:
    """Where this person works."""
    return go(HOME[ask.member.account.role])


@routes.get("/sign-in")
async def sign_in_page(request: web.Request) -> web.Response:
    """The sign-in form."""
    return _form(request)


@routes.post("/sign-in")
async def sign_in(request: web.Request) -> web.Response:
    """Check, and begin a new session; the browser's old token, whoever planted it, is worth nothing."""
    form = {name: values[0] for name, values in (await form_of(request)).items()}
    nonce = request.cookies.get(BEFORE, "")
    if not nonce or not same_secret(form.get("csrf", ""), tag_before(request, nonce)):
        return _form(request, 403, FormOutdated.wording)
    desk = request.app[DESK]
    try:
        await desk.kv.limit(f"console-sign-in:{request.remote}", PER_MINUTE)
        account = await authenticate(desk.kv, form.get("login", ""), form.get("password", ""))
    except SignInRefused as refused:
        return _form(request, 401, f"sign_in.{refused.details['reason']}", form.get("login", ""))
    except TooMany:
        return _form(request, 429, "error.too_many", form.get("login", ""))
    response = _onward(form.get("next", ""))
    set_cookie(request, response, COOKIE, await open_session(account))
    response.del_cookie(BEFORE, path=ROOT)
    return response


def _form(request: web.Request, status: int = 200, wrong: str = "", login: str = "") -> web.Response:
    nonce = secrets.token_urlsafe(16)
    response = show(
        request, "sign_in.html", status=status, wrong=words()(wrong) if wrong else "", login=login[:40],
        tag=tag_before(request, nonce), next=request.query.get("next", ""), demo=request.app[DESK].settings.demo,
    )
    set_cookie(request, response, BEFORE, nonce)
    return response


def _onward(after: str) -> web.Response:
    """Back to the page that asked, when it is one of ours."""
    ours = after.startswith("/") and not after.startswith(("//", "/\\")) and after.isprintable()
    return web.Response(status=303, headers={"Location": ROOT + (after if ours else "/")})


@routes.post("/sign-out")
@page("any")
async def sign_out(ask: Asking) -> web.Response:
    """End the session; whom this person was talking with, a colleague may answer."""
    await ask.desk.cases.release_talks(ask.staff)
    await close_session(ask.member)
    response = go("/sign-in")
    response.del_cookie(COOKIE, path=ROOT)
    return response


@routes.get("/password")
@page("any")
async def password_page(ask: Asking) -> web.Response:
    """Choose a password."""
    return ask.show("password.html", wrong="", shortest=accounts.SHORTEST)


@routes.post("/password")
@page("any")
async def choose_password(ask: Asking) -> web.Response:
    """Every session of the account ends; one signs in again with the new password."""
    old, new, again = (ask.form.get(name, [""])[0] for name in ("old", "new", "again"))
    try:
        if new != again:
            raise AccountRefused(reason="again")
        await accounts.choose_password(ask.member.account, old, new)
    except AccountRefused as refused:
        wrong = words()(f"accounts.refused_{refused.details['reason']}", shortest=accounts.SHORTEST)
        return ask.show("password.html", 422, wrong=wrong, shortest=accounts.SHORTEST)
    response = go("/sign-in")
    response.del_cookie(COOKIE, path=ROOT)
    return response
