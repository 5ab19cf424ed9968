"""Changes written together, by SQL that is made once: all of them, or none when what they hang on no longer holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tortoise.backends.base.client import TransactionalDBClient
from tortoise.backends.sqlite.client import SqliteClient
from tortoise.connection import get_connection
from tortoise.exceptions import IntegrityError, OperationalError
from tortoise.models import Model
from tortoise.transactions import in_transaction

from core.rows import Shape, given, marks, shape, stored, where


@dataclass(frozen=True)
class Change:
    """One statement, ready to be made."""

    sql: str
    values: list[Any]


def added(model: type[Model], *rows: Mapping[str, Any]) -> Change:
    """Rows to add; columns that one does not name take the default of their field."""
    names = _columns(model)
    values = [stored(model, name, _value(model, name, row)) for row in rows for name in names]
    return Change(_insert(model, len(rows), _dialect()), values)


def changed(model: type[Model], fresh: Mapping[str, Any], **equal: Any) -> Change:
    """New values for the rows whose columns ``equal`` these."""
    values = [stored(model, name, value) for name, value in fresh.items()] + given(model, equal)
    return Change(_update(model, tuple(fresh), shape(equal), _dialect()), values)


async def make(change: Change) -> None:
    """Make one change, in the transaction that is open, if there is one."""
    await get_connection("default").execute_query(change.sql, change.values)


async def make_all(guard: Change, *others: Change) -> bool:
    """Make the first change and, if it found a row, the others: in one transaction. False when it found none."""
    db = get_connection("default")
    if isinstance(db, SqliteClient) and not isinstance(db, TransactionalDBClient):
        return await _at_once(db, (guard, *others))
    async with in_transaction() as within:
        found, _ = await within.execute_query(guard.sql, guard.values)
        for one in others if found else ():
            await within.execute_query(one.sql, one.values)
    return bool(found)


async def _at_once(db: SqliteClient, changes: Sequence[Change]) -> bool:
    """The whole transaction in one visit to the thread of SQLite: a visit costs more than what is done there."""
    async with db.acquire_connection() as connection:
        try:
            # aiosqlite takes one statement at a time, but for this door
            return bool(await connection._execute(_transaction, connection._conn, changes))
        except sqlite3.IntegrityError as problem:
            raise IntegrityError(problem) from problem
        except sqlite3.OperationalError as problem:
            raise OperationalError(problem) from problem


def _transaction(connection: sqlite3.Connection, changes: Sequence[Change]) -> bool:
    connection.execute("BEGIN")
    try:
        found = connection.execute(changes[0].sql, changes[0].values).rowcount > 0
        for one in changes[1:] if found else ():
            connection.execute(one.sql, one.values)
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise
    return found


def _dialect() -> str:
    return get_connection("default").capabilities.dialect


def _value(model: type[Model], name: str, row: Mapping[str, Any]) -> Any:
    if name in row:
        return row[name]
    default = model._meta.fields_map[name].default
    return default() if callable(default) else default


@lru_cache(maxsize=256)
def _columns(model: type[Model]) -> tuple[str, ...]:
    return tuple(name for name in model._meta.fields_db_projection if not model._meta.fields_map[name].generated)


@lru_cache(maxsize=256)
def _insert(model: type[Model], many: int, dialect: str) -> str:
    names, mark = _columns(model), marks(dialect)
    rows = ",".join(f"({','.join(next(mark) for _ in names)})" for _ in range(many))
    return f'INSERT INTO "{model._meta.db_table}" ({",".join(map(_quoted, names))}) VALUES {rows}'


@lru_cache(maxsize=256)
def _update(model: type[Model], names: tuple[str, ...], compared: Shape, dialect: str) -> str:
    mark = marks(dialect)
    fresh = ",".join(f"{_quoted(name)}={next(mark)}" for name in names)
    return f'UPDATE "{model._meta.db_table}" SET {fresh} WHERE {where(compared, mark)}'


def _quoted(name: str) -> str:
    return f'"{name}"'
