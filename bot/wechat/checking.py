"""Whether an account is connected as it should be: each thing looked at, and one clear sentence about it."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from bot.wechat.menu import buttons_of, differences, load
from core.errors import OutsideError
from core.kv import KV
from core.settings import Settings
from integrations.channels.wechat.accounts import Account
from integrations.channels.wechat.http.managing import Manager
from integrations.http import Http
from integrations.speech.http import transcriber_of

MENDS = {
    40164: "allow this server's address at WeChat (IP whitelist)", 40125: "the secret is not this account's",
    40013: "the app_id is not known to WeChat", 40243: "WeChat has frozen the secret: unfreeze it at WeChat",
    48001: "the account may not do this: is it certified?", 45009: "today's quota is used up: wait until midnight",
}
"""Error code of WeChat -> what to do."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    ok: bool
    what: str
    says: str


def page_of(settings: Settings, account: Account, path: str) -> str:
    """The address that opens a path of the page as the account's user."""
    return f"{settings.url}/wx/{account.name}/open?to={quote(path, safe='')}"


async def check_account(settings: Settings, account: Account, kv: KV, *, apply: bool) -> AsyncIterator[Finding]:
    """Look at everything in turn; ``apply`` sets the menu where it differs."""
    yield await _callback(settings, account)
    manager = Manager(settings.wechat_url, account, kv)
    try:
        health = await manager.check()
        yield Finding(health.ok, "token", "WeChat lets us call it" if health.ok else _mend(health.says))
        if not health.ok:
            return
        yield await _callers(manager)
        yield await _network(manager)
        if account.kind == "official":
            yield await _menu(settings, account, manager, apply=apply)
        yield await _quota(manager)
    finally:
        await manager.close()


async def _callback(settings: Settings, account: Account) -> Finding:
    """Verify our own address as WeChat would."""
    given = {"timestamp": str(int(time.time())), "nonce": secrets.token_hex(5), "echostr": secrets.token_hex(8)}
    parts = sorted((account.token.get_secret_value(), given["timestamp"], given["nonce"]))
    given["signature"] = hashlib.sha1("".join(parts).encode()).hexdigest()  # WeChat's choice
    address, http = f"{settings.url}/wx/{account.name}", Http(timeout=5)
    try:
        reply = await http.send("GET", address, params=given)
    except OutsideError:
        return Finding(False, "callback", f"{address} cannot be reached from here: does the app run, is YJS_URL right?")
    finally:
        await http.close()
    if reply.status == 200 and reply.body.decode(errors="replace") == given["echostr"]:
        return Finding(True, "callback", f"{address} answers as WeChat wants it")
    why = {403: "the app runs with another token", 404: "the app does not know this account"}.get(
        reply.status, f"it answered {reply.status}")
    return Finding(False, "callback", f"{address} does not verify: {why}")


async def _callers(manager: Manager) -> Finding:
    try:
        found = await manager.callers()
    except OutsideError as problem:
        return Finding(False, "addresses", _mend(problem.message))
    return Finding(True, "addresses", f"WeChat pushes from {len(found)} addresses: {', '.join(found[:5])}"
                   f"{' …' if found[5:] else ''}")


async def _network(manager: Manager) -> Finding:
    """What WeChat itself sees of the way to the callback."""
    try:
        found = await manager.network()
    except OutsideError as problem:
        return Finding(False, "network", _mend(problem.message))
    if not found.resolved:
        return Finding(False, "network", "WeChat cannot resolve the callback's domain: look at its DNS")
    if found.losing:
        return Finding(False, "network", f"WeChat loses packets on the way to {', '.join(found.losing)}: look at the "
                       "firewall and the provider")
    return Finding(True, "network", f"WeChat reaches the callback's domain at {', '.join(found.resolved[:5])}")


async def check_speech(settings: Settings) -> Finding:
    """Whether voice becomes words."""
    speech = transcriber_of(settings)
    if speech is None:
        return Finding(True, "voice", "citizens are asked to type (YJS_SPEECH_URL is not set)")
    try:
        health = await speech.check()
    finally:
        await speech.close()
    if health.ok and "amr" not in settings.hears_formats:
        return Finding(False, "voice", "WeChat's voice comes as amr, which YJS_SPEECH_FORMATS does not list")
    return Finding(health.ok, "voice", health.says)


async def _menu(settings: Settings, account: Account, manager: Manager, *, apply: bool) -> Finding:
    ours = buttons_of(load(), partial(page_of, settings, account))
    try:
        found = differences(ours, await manager.menu())
        if found and apply:
            await manager.set_menu(ours)
            return Finding(True, "menu", "set; phones show it within five minutes")
    except OutsideError as problem:
        return Finding(False, "menu", _mend(problem.message))
    if found:
        return Finding(False, "menu", f"{'; '.join(found)} (--apply sets it)")
    return Finding(True, "menu", "as in bot/wechat/menu.yaml")


async def _quota(manager: Manager) -> Finding:
    try:
        left, most = await manager.quota()
    except OutsideError as problem:
        return Finding(False, "quota", _mend(problem.message))
    return Finding(left > most // 20, "quota", f"{left} of {most} customer-service calls are left today")


def _mend(says: str) -> str:
    """What WeChat said, with what to do about it."""
    return next((f"{mend} ({says})" for code, mend in MENDS.items() if f" {code} " in says), says)
