"""``python -m console.alone``: the console by itself in the inner network, over the same database as the app.

    python -m console.alone serve --host 10.0.0.5 --port 8010
    python -m console.alone account LOGIN --role admin --name NAME [--department D] [--region 330100]

Deliveries and notices are left to the app's worker: what a decision makes due stands in rows, which its sweep finds.
"""

from __future__ import annotations

import argparse
import asyncio
import getpass
import secrets
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from cases.service import CaseService
from console import accounts
from console.accounts import AccountRefused
from console.app import make_alone
from console.desk import ROOT, ConsoleDesk
from console.roles import ROLES
from core.crypto import use_keyring
from core.database import database, migrate
from core.jobs import Jobs
from core.kv import KV
from core.logs import set_up_logging
from core.settings import Settings, load_settings
from forms.bank import PACKAGED, Bank
from forms.engine import Engine
from forms.service import FormService
from integrations.platforms.gateway.platform import GatewayPlatform


@asynccontextmanager
async def open_desk(settings: Settings) -> AsyncIterator[ConsoleDesk]:
    """The doors the console needs, opened from settings for the length of a block."""
    use_keyring(settings.pii_key.get_secret_value(), settings.index_key.get_secret_value())
    folders: list[Path] = [PACKAGED, *([settings.content_dir / "forms"] if settings.content_dir else [])]
    async with database(settings.db_url):
        kv, platform = KV.open(settings.redis_url), GatewayPlatform.from_settings(settings)
        engine = Engine(Bank.load(folders))
        forms = FormService(settings.data_dir / "uploads", draft_days=settings.draft_days)
        try:
            service = CaseService(engine, forms, platform, kv, Jobs(), settings)
            yield ConsoleDesk(service, engine, kv, settings, tuple(folders))
        finally:
            await platform.close()
            await kv.close()


async def serve(settings: Settings, host: str, port: int, stop: asyncio.Event) -> None:
    """Serve until ``stop``."""
    await migrate(settings.db_url)
    async with open_desk(settings) as desk:
        runner = web.AppRunner(make_alone(desk), access_log=None, handle_signals=False, shutdown_timeout=2)
        await runner.setup()
        await web.TCPSite(runner, host, port).start()
        sys.stdout.write(f"The staff console is at http://{host}:{runner.addresses[0][1]}{ROOT}/\n")
        sys.stdout.flush()
        await stop.wait()
        await runner.cleanup()


async def add_account(settings: Settings, options: argparse.Namespace, password: str) -> None:
    """Make an account, the first administrator's above all. Raises `AccountRefused`."""
    await migrate(settings.db_url)
    async with database(settings.db_url):
        use_keyring(settings.pii_key.get_secret_value(), settings.index_key.get_secret_value())
        await accounts.create(
            options.login, options.name, options.role, password, department=options.department,
            region=options.region, by="system",
        )


async def _until_signal(settings: Settings, host: str, port: int) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await serve(settings, host, port, stop)


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    options = _parser().parse_args(arguments)
    settings = load_settings()
    set_up_logging(settings.log_level, settings.log_json)
    if options.command == "serve":
        asyncio.run(_until_signal(settings, options.host, options.port))
        return 0
    password = getpass.getpass("password (empty for a new one): ") if sys.stdin.isatty() else ""
    made = "" if password else secrets.token_urlsafe(12)
    try:
        asyncio.run(add_account(settings, options, password or made))
    except AccountRefused as refused:
        sys.stderr.write(f"the account was not made: {refused.details['reason']}\n")
        return 1
    sys.stdout.write(f"{options.login} may sign in once with: {made or 'the password you typed'}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m console.alone", description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    serving = commands.add_parser("serve", help="serve the console")
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=int, default=8010)
    adding = commands.add_parser("account", help="make an account")
    adding.add_argument("login")
    adding.add_argument("--name", required=True)
    adding.add_argument("--role", choices=ROLES, default="admin")
    adding.add_argument("--department", default="")
    adding.add_argument("--region", default="")
    return parser


if __name__ == "__main__":
    sys.exit(main())
