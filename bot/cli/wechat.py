"""``yijianshi wechat check``."""

from __future__ import annotations

import argparse
import asyncio

from bot.wechat.checking import Finding, check_account, check_speech
from core.errors import YijianshiError
from core.kv import KV
from core.settings import Settings, load_settings
from integrations.channels.wechat.accounts import accounts_of


def add_options(parser: argparse.ArgumentParser) -> None:
    """What to do, and to which account."""
    parser.add_argument("what", choices=["check"], help="look at callback, token, network, menu, quota, voice")
    parser.add_argument("--account", default="", help="only the account of this name")
    parser.add_argument("--apply", action="store_true", help="set the menu where WeChat shows another one")


def run(options: argparse.Namespace) -> int:
    """Print one line for each thing; exit 1 when something is not as it should be."""
    return asyncio.run(check(load_settings(), options.account, apply=options.apply))


async def check(settings: Settings, name: str, *, apply: bool) -> int:
    """Check the accounts that there are. Raises `YijianshiError` when there is none of that name."""
    accounts = [one for one in accounts_of(settings) if name in ("", one.name)]
    if not accounts:
        raise YijianshiError("there is no such WeChat account: see YJS_WECHAT_ACCOUNTS")
    kv, bad = KV.open(settings.redis_url), 0
    try:
        for account in accounts:
            print(f"{account.name} ({account.kind}, {account.mode})")
            async for found in check_account(settings, account, kv, apply=apply):
                bad += not _shown(found)
        print("voice")
        bad += not _shown(await check_speech(settings))
    finally:
        await kv.close()
    return 1 if bad else 0


def _shown(found: Finding) -> bool:
    print(f"  {'ok ' if found.ok else 'BAD'}  {found.what}: {found.says}")
    return found.ok
