"""Signing in: who gets in, who is locked out, and what a form must carry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from argon2 import PasswordHasher, Type

from console.models import Account, StaffSession
from console.sessions import COOKIE
from core.clock import now
from core.models import AuditEvent
from tests.console.conftest import Browser


@pytest.mark.parametrize(("login", "home"), [
    ("reviewer", "/console/queue"), ("supervisor", "/console/supervision"), ("operator", "/console/content"),
    ("admin", "/console/accounts"),
])
async def test_everybody_begins_where_they_work(browser: Browser, login: str, home: str) -> None:
    await browser.sign_in(login)
    assert (browser.status, browser.url) == (200, home)
    assert await AuditEvent.filter(action="staff.sign_in", outcome="done").count() == 1


async def test_a_stranger_is_asked_to_sign_in_and_comes_back(browser: Browser) -> None:
    await browser.get("/tasks?mine=1")
    assert browser.url == "/console/sign-in"
    assert 'name="next" value="/tasks?mine=1"' in browser.text
    await browser.post("/sign-in", login="reviewer", password="reviewer-demo", next="/tasks?mine=1")
    assert browser.url == "/console/tasks"


@pytest.mark.parametrize("away", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"])
async def test_nobody_is_sent_elsewhere(browser: Browser, away: str) -> None:
    await browser.get("/sign-in")
    await browser.post("/sign-in", login="reviewer", password="reviewer-demo", next=away)
    assert browser.url == "/console/queue" or browser.url.startswith("/console/")
    assert browser.response is not None
    assert browser.response.url.host == "127.0.0.1"


async def test_five_wrong_passwords_lock_for_a_quarter_of_an_hour(browser: Browser) -> None:
    for _ in range(5):
        await browser.sign_in("reviewer", "wrong-password")
        assert browser.status == 401
    await browser.sign_in("reviewer")
    assert browser.status == 401
    assert "15 分钟" in browser.text
    with time_machine.travel(now() + timedelta(minutes=16)):
        await browser.sign_in("reviewer")
        assert browser.url == "/console/queue"
    assert await AuditEvent.filter(action="staff.sign_in", outcome="locked").count() == 2


async def test_a_login_nobody_has_looks_the_same(browser: Browser) -> None:
    known = await browser.sign_in("reviewer", "wrong-password")
    unknown = await browser.sign_in("nobody", "wrong-password")
    assert browser.status == 401
    assert "账号或密码不对" in known
    assert "账号或密码不对" in unknown
    for _ in range(5):
        await browser.sign_in("nobody", "wrong-password")
    assert "已锁定" in browser.text


async def test_forms_without_the_secret_do_nothing(reviewer: Browser) -> None:
    await reviewer.post("/sign-out", "forged")
    assert reviewer.status == 403
    assert await StaffSession.all().count() == 1
    await reviewer.get("/sign-in")
    await reviewer.post("/sign-in", "forged", login="reviewer", password="reviewer-demo")
    assert reviewer.status == 403


async def test_forms_from_other_sites_do_nothing(reviewer: Browser) -> None:
    answer = await reviewer.client.post(
        "/console/sign-out", data={"csrf": reviewer.csrf}, headers={"Origin": "https://evil.example"}
    )
    assert answer.status == 403
    assert await StaffSession.all().count() == 1


async def test_signing_in_begins_a_new_session(browser: Browser, browsers: Callable[[], Browser]) -> None:
    await browser.sign_in("reviewer")
    planted = {c.key: c.value for c in browser.client.session.cookie_jar}[COOKIE]
    victim = browsers()
    victim.client.session.cookie_jar.update_cookies({COOKIE: planted})
    await victim.sign_in("supervisor")
    assert {c.value for c in victim.client.session.cookie_jar if c.key == COOKIE} - {planted}


async def test_cookies_stay_out_of_reach(browser: Browser) -> None:
    await browser.get("/sign-in")
    answer = await browser.client.post(
        "/console/sign-in", data={"csrf": browser.csrf, "login": "reviewer", "password": "reviewer-demo"},
        allow_redirects=False,
    )
    cookie = answer.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/console")
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


async def test_half_an_hour_without_use_ends_it(reviewer: Browser) -> None:
    with time_machine.travel(now() + timedelta(minutes=20)):
        await reviewer.get("/queue")
        assert reviewer.url == "/console/queue"
    with time_machine.travel(now() + timedelta(minutes=45)):
        await reviewer.client.get("/console/queue", headers={"HX-Request": "true"})
    with time_machine.travel(now() + timedelta(minutes=55)):
        await reviewer.get("/queue")
        assert reviewer.url == "/console/sign-in"


async def test_signing_out_ends_it(reviewer: Browser) -> None:
    await reviewer.post("/sign-out")
    assert await StaffSession.all().count() == 0
    await reviewer.get("/queue")
    assert reviewer.url == "/console/sign-in"
    assert await AuditEvent.filter(action="staff.sign_out").count() == 1


def test_to_guess_a_password_costs_memory_and_time(costly_passwords: PasswordHasher) -> None:
    assert (costly_passwords.memory_cost, costly_passwords.time_cost) >= (19456, 2)
    assert costly_passwords.type is Type.ID


async def test_passwords_are_kept_as_argon2(reviewer: Browser) -> None:
    assert all(account.password_hash.startswith("$argon2id$") for account in await Account.all())
