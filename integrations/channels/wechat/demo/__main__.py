"""``python -m integrations.channels.wechat.demo``: the demo WeChat as a process of its own."""

from __future__ import annotations

import argparse
import asyncio
import sys

from core.errors import YijianshiError
from core.logs import set_up_logging
from core.settings import load_settings
from integrations.channels.wechat.accounts import accounts_of
from integrations.channels.wechat.demo.server import make_app
from integrations.channels.wechat.demo.world import World
from integrations.demo_server import serve


def main() -> int:
    """Serve until a signal. Accounts and their secrets come from the settings, so that both sides agree."""
    settings = load_settings()
    parser = argparse.ArgumentParser(prog="python -m integrations.channels.wechat.demo", description="The demo WeChat.")
    parser.add_argument("--host", default=settings.host)
    parser.add_argument("--port", type=int, default=settings.port + 3, help="0 lets the system choose")
    parser.add_argument("--app-url", default=settings.url, help="where the accounts' callbacks are")
    options = parser.parse_args()
    set_up_logging(settings.log_level, settings.log_json)
    try:
        accounts = accounts_of(settings)
        app = make_app(accounts, options.app_url, World(accounts, file=settings.data_dir / "wechat.json"))
        asyncio.run(serve(app, options.host, options.port, _say))
    except YijianshiError as problem:
        sys.stderr.write(f"{problem.message}\n")
        return 1
    return 0


def _say(url: str) -> None:
    sys.stdout.write(f"{url}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
