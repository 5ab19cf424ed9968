"""``yijianshi staff``: accounts of the console, for whoever runs the machine. The first administrator is made here."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import sys
from collections.abc import Coroutine
from typing import Any

from cases.actors import Role
from console.accounts import SHORTEST, AccountRefused, create
from console.models import Account
from console.roles import ROLES
from core.crypto import use_keyring
from core.database import ask_for_tables, database
from core.errors import YijianshiError
from core.settings import load_settings

WHY = {
    "login": "the login must be 2 to 40 small letters, digits, dots or hyphens",
    "name": "the name must not be empty, and at most 60 characters",
    "short": f"the password must have {SHORTEST} to 200 characters",
    "taken": "somebody has this login already; the page 账号管理 changes accounts",
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """``list``, or ``add LOGIN NAME``."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="who may sign in")
    add = actions.add_parser("add", help="one more account; it chooses a new password at its first sign-in")
    add.add_argument("login")
    add.add_argument("name", help="as colleagues read it")
    add.add_argument("--role", choices=ROLES, default="admin", help="admin when not given")
    add.add_argument("--department", default="", help="all departments when not given")
    add.add_argument("--region", default="", help="6 digits; all regions when not given")
    add.add_argument("--password-stdin", action="store_true", help="read the password from standard input")


def run(options: argparse.Namespace) -> int:
    """List, or add."""
    if options.action == "list":
        asyncio.run(_with_tables(_list()))
        return 0
    password = sys.stdin.readline().rstrip("\n") if options.password_stdin else getpass.getpass("Password: ")
    asyncio.run(_with_tables(_add(options, options.role, password)))
    print(f"{options.login} may sign in as {options.role} and chooses a new password then.")
    return 0


async def _list() -> None:
    for one in await Account.all().order_by("login"):
        where = f"{one.department or 'all departments'}, {one.region or 'all regions'}"
        print(f"{one.login:20} {one.role:11} {one.name}  ({where}){'' if one.active else '  closed'}")


async def _add(options: argparse.Namespace, role: Role, password: str) -> None:
    try:
        await create(options.login, options.name, role, password, department=options.department, region=options.region)
    except AccountRefused as problem:
        why = WHY.get(str(problem.details["reason"]), problem.message)
        raise YijianshiError(f"no account was made: {why}") from problem


async def _with_tables(work: Coroutine[Any, Any, None]) -> None:
    settings = load_settings()
    use_keyring(settings.pii_key.get_secret_value(), settings.index_key.get_secret_value())
    async with database(settings.db_url):
        await ask_for_tables()
        await work
