"""``yijianshi export``."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import sys

import orjson

from bot.exporting import everything_about
from bot.house import House, open_house
from bot.models import Citizen
from core.audit import record
from core.crypto import keyring
from core.errors import NotFound
from core.settings import load_settings


def add_options(parser: argparse.ArgumentParser) -> None:
    """Whose; the id number itself is never an argument, where other users of the machine could read it."""
    parser.add_argument("--citizen", help="citizen id; without it the id number is asked for")
    parser.add_argument("--why", required=True, help="the reason, kept in the audit log")


def run(options: argparse.Namespace) -> int:
    """Write one JSON document to standard output."""
    number = "" if options.citizen else getpass.getpass("id number (not shown): ").strip()
    sys.stdout.buffer.write(asyncio.run(_export(options.citizen, number, options.why)) + b"\n")
    return 0


async def _export(citizen_id: str | None, number: str, why: str) -> bytes:
    async with open_house(load_settings(), works=False) as house:
        return await _told(house, citizen_id, number, why)


async def _told(house: House, citizen_id: str | None, number: str, why: str) -> bytes:
    found = (
        await Citizen.get_or_none(id=citizen_id) if citizen_id
        else await Citizen.get_or_none(id_index=keyring().fingerprint(number.upper()))
    )
    if found is None:
        raise NotFound("nobody of that id is known here")
    await record("staff:command-line", "citizen.export", f"citizen:{found.id}", details={"why": why})
    return orjson.dumps(
        await everything_about(house.forms, house.cases, house.confirmations, str(found.id)),
        default=str, option=orjson.OPT_INDENT_2,
    )
