"""The demo's account gets its menu by itself, so that its phone shows it."""

from __future__ import annotations

from functools import partial

import structlog

from bot.wechat.checking import page_of
from bot.wechat.menu import buttons_of, load
from core.errors import OutsideError
from core.kv import KV
from core.settings import Settings
from integrations.channels.wechat.accounts import accounts_of
from integrations.channels.wechat.http.managing import Manager

log = structlog.get_logger(__name__)


async def show_demo_menu(settings: Settings, kv: KV) -> None:
    """Only where the demo is WeChat; a real account's menu is set by ``yijianshi wechat check --apply``."""
    if settings.wechat_api or settings.wechat_accounts.get_secret_value():
        return
    for account in accounts_of(settings):
        if account.kind != "official":
            continue
        manager = Manager(settings.wechat_url, account, kv)
        try:
            await manager.set_menu(buttons_of(load(), partial(page_of, settings, account)))
        except OutsideError as problem:
            log.warning("wechat.no_menu", account=account.name, code=problem.code)
        finally:
            await manager.close()
