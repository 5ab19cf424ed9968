"""Accounts of staff, kept by an administrator within their own region."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from uuid import UUID

from aiohttp import web

from console import accounts
from console.accounts import AccountRefused
from console.asking import Asking, page
from console.departments import departments_of
from console.models import Account
from console.pages import go
from console.roles import ROLES
from console.wording import words
from core.errors import NotFound
from forms.values.identity import region_name

routes = web.RouteTableDef()
DONE = frozenset({"closed", "opened"})


async def _page(
    ask: Asking, status: int = 200, wrong: str = "", typed: Mapping[str, str] | None = None,
    handed: tuple[str, str] | None = None,
) -> web.Response:
    mine = Account.filter(region__startswith=ask.staff.region_prefix)
    done = ask.query("done") if ask.query("done") in DONE else ""
    return ask.show(
        "accounts.html", status, accounts=await mine.order_by("-active", "login"), roles=ROLES, wrong=wrong,
        departments=departments_of(ask.desk), typed=typed or {}, handed=handed, done=done,
    )


@routes.get("/accounts")
@page("accounts")
async def show_accounts(ask: Asking) -> web.Response:
    """The accounts of this region, and a form for a new one."""
    return await _page(ask)


@routes.post("/accounts")
@page("accounts")
async def create(ask: Asking) -> web.Response:
    """A new account; its first password is shown once, and changed at the first sign-in."""
    typed = {name: ask.given(name) for name in ("login", "name", "role", "department", "region")}
    password = secrets.token_urlsafe(12)
    try:
        _fits(ask, typed)
        await accounts.create(
            typed["login"], typed["name"], typed["role"], password, department=typed["department"],
            region=typed["region"], by=ask.staff.actor,
        )
    except AccountRefused as refused:
        wrong = words()(f"accounts.refused_{refused.details['reason']}", shortest=accounts.SHORTEST)
        return await _page(ask, 422, wrong, typed)
    return await _page(ask, handed=(typed["login"].lower(), password))


def _fits(ask: Asking, typed: Mapping[str, str]) -> None:
    """A region that exists and lies in the administrator's own, a department the content names."""
    region = typed["region"]
    known = not region or (len(region) == 6 and region_name(region) is not None)
    if not known or not region.startswith(ask.staff.region_prefix):
        raise AccountRefused(reason="region")
    if typed["department"] and typed["department"] not in departments_of(ask.desk):
        raise AccountRefused(reason="department")


async def _account(ask: Asking) -> Account:
    """An account of this administrator's region that is not their own. Raises `NotFound`, `AccountRefused`."""
    try:
        account = await Account.get_or_none(id=UUID(ask.part("account")))
    except ValueError as problem:
        raise NotFound() from problem
    if account is None or not account.region.startswith(ask.staff.region_prefix):
        raise NotFound()
    if account.id == ask.member.account.id:
        raise AccountRefused(reason="own")
    return account


@routes.post("/accounts/{account}/password")
@page("accounts")
async def reset(ask: Asking) -> web.Response:
    """A new password to hand over."""
    account = await _account(ask)
    return await _page(ask, handed=(account.login, await accounts.reset_password(account, ask.staff.actor)))


@routes.post("/accounts/{account}/active")
@page("accounts")
async def switch(ask: Asking) -> web.Response:
    """Close or open an account."""
    active = ask.given("active") == "1"
    await accounts.switch(await _account(ask), active, ask.staff.actor)
    return go("/accounts", done="opened" if active else "closed")
