"""Looks for personal data where none may be: logs, metrics, queues, and plain in the database."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from tortoise.connection import get_connection

from core.kv import KV
from core.logs import set_up_logging
from integrations.sources.demo.people import load_families

PERSONAL = ("id_number", "phone", "account_number", "address", "name")


def secrets_of(*families: str) -> dict[str, str]:
    """What must not be found, and what it is: names, id numbers, phones, addresses and accounts of the demo people."""
    found: dict[str, str] = {}
    for family in load_families():
        if families and family.code not in families:
            continue
        for login in family.logins:
            found |= {login.name: "name", login.id_number: "id number", login.phone: "phone"}
        for record in (one for records in family.records.values() for one in records):
            found |= {
                value: key for key, value in record.items()
                if isinstance(value, str) and key.endswith(PERSONAL) and len(value) >= 3
            }
    return {value: what for value, what in found.items() if value not in ("无",)}


def leaks(text: str, secrets: dict[str, str]) -> list[str]:
    """Every secret that stands in a text, with a little of what surrounds it."""
    found = []
    for value, what in secrets.items():
        place = text.find(value)
        if place >= 0:
            found.append(f"{what} {value}: …{text[max(0, place - 60):place + len(value) + 40]}…")
    return found


class Ears:
    """Everything that was logged while they were open, by structlog and by the standard library, at any level."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        return self.stream.getvalue()


@contextmanager
def ears() -> Iterator[Ears]:
    """Logging as `yijianshi serve` sets it up, but at its loudest and into memory."""
    heard, root, before = Ears(), logging.getLogger(), structlog.get_config()
    handler = logging.StreamHandler(heard.stream)
    level, known = root.level, list(root.handlers)
    set_up_logging("DEBUG")
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(heard.stream))
    root.handlers[:] = [handler]
    root.setLevel(logging.DEBUG)
    try:
        yield heard
    finally:
        root.handlers[:] = known
        root.setLevel(level)
        structlog.configure(**before)


async def database_text() -> dict[str, str]:
    """Every table of the database as text, by its name."""
    connection = get_connection("default")
    if connection.capabilities.dialect == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'table'"
    else:
        query = "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'"
    names = [row["name"] for row in await connection.execute_query_dict(query)]
    return {name: _plain(await connection.execute_query_dict(f'SELECT * FROM "{name}"')) for name in names}


async def kv_text(kv: KV) -> dict[str, str]:
    """Every key of the store, with what lies under it."""
    client: Any = kv.client
    read = {
        "string": lambda key: client.get(key), "stream": lambda key: client.xrange(key),
        "hash": lambda key: client.hgetall(key), "list": lambda key: client.lrange(key, 0, -1),
        "set": lambda key: client.smembers(key), "zset": lambda key: client.zrange(key, 0, -1),
    }
    return {key: f"{key} {await read[await client.type(key)](key)}" for key in await client.keys("*")}


def _plain(rows: list[dict[str, Any]]) -> str:
    return "\n".join(json.dumps(row, ensure_ascii=False, default=str) for row in rows)
