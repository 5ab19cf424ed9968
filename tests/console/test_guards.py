"""Accounts that must not open the console, and forms no browser of ours sends."""

from __future__ import annotations

import asyncio

import pytest
from tortoise.context import TortoiseContext

from console import accounts, alone
from console.demo_staff import DEMO, ensure_demo_staff
from console.models import Account
from core.kv import KV
from core.models import AuditEvent
from core.settings import Settings
from tests.console.conftest import Browser


async def test_demo_accounts_end_with_the_demo(database: TortoiseContext, kv: KV) -> None:
    await ensure_demo_staff(Settings())
    own = await Account.get(login="operator")
    await accounts.choose_password(own, "operator-demo", "a password of my own")
    await ensure_demo_staff(Settings(demo=False))
    active = await Account.filter(active=True).values_list("login", flat=True)
    assert active == ["operator"], "whoever chose a password is no demo account any more"
    with pytest.raises(accounts.SignInRefused):
        await accounts.authenticate(kv, "admin", "admin-demo")
    assert await AuditEvent.filter(action="account.closed").count() == len(DEMO) - 1
    await ensure_demo_staff(Settings())
    assert await Account.filter(active=True).count() == 1, "and are not opened by themselves again"


async def test_who_must_choose_a_password_does_nothing_before(browser: Browser) -> None:
    await browser.get("/sign-in")
    fresh = await accounts.create("newcomer", "新来的", "admin", "a first password", region="330100")
    other = await Account.get(login="reviewer")
    await browser.sign_in("newcomer", "a first password")
    await browser.post(f"/accounts/{other.id}/password")
    assert (browser.url, browser.status) == ("/console/password", 200)
    assert await AuditEvent.filter(action="account.password_reset").count() == 0
    assert (await Account.get(id=fresh.id)).must_change


async def test_odd_secrets_of_forms_are_wrong_ones(reviewer: Browser) -> None:
    await reviewer.post("/sign-out", "口令")
    assert reviewer.status == 403
    await reviewer.get("/sign-in")
    await reviewer.post("/sign-in", "口令", login="reviewer", password="reviewer-demo")
    assert reviewer.status == 403


async def test_a_typed_password_is_not_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def made(*_: object) -> None: ...

    monkeypatch.setattr(alone, "add_account", made)
    monkeypatch.setattr(alone, "load_settings", Settings)
    monkeypatch.setattr(alone, "set_up_logging", lambda *_: None)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(alone.getpass, "getpass", lambda _: "typed and known")
    to_run = ["account", "boss", "--name", "管理员"]
    assert await asyncio.to_thread(alone.main, to_run) == 0
    assert "typed and known" not in capsys.readouterr().out
