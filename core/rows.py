"""Rows read by SQL that is made once: the look-ups of every turn, for which building a query costs more than asking it.

What comes back are rows of the model as its own queries give them: opened by its fields, on SQLite and on PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

from tortoise import fields
from tortoise.connection import get_connection
from tortoise.models import Model

POSTGRES = "postgres"
M = TypeVar("M", bound=Model)


async def find(model: type[M], **equal: Any) -> M | None:
    """The row whose columns ``equal`` these values (None: is null; a tuple: one of them), or None. At most one is."""
    row = await facts(model, tuple(model._meta.fields_db_projection), **equal)
    return None if row is None else model._init_from_db(**row)


async def facts(model: type[Model], columns: tuple[str, ...], **equal: Any) -> dict[str, Any] | None:
    """Some columns of that row, moments read; what is sealed stays as it lies in the database."""
    db = get_connection("default")
    sql = _select(model, columns, shape(equal), db.capabilities.dialect)
    rows = await db.execute_query_dict(sql, given(model, equal))
    if not rows:
        return None
    row = rows[0]
    for column in _moments(model):  # Tortoise reads any date there is, which takes it longer than the look-up itself
        if isinstance(row.get(column), str):
            row[column] = datetime.fromisoformat(row[column])
    return row


Shape = tuple[tuple[str, int], ...]
"""What is compared: column, and how many values of which it is one (-1: it is null)."""


def shape(equal: dict[str, Any]) -> Shape:
    """The part of a condition that its SQL depends on."""
    return tuple(
        (name, -1 if one is None else len(one) if isinstance(one, tuple) else 1) for name, one in equal.items()
    )


def given(model: type[Model], equal: dict[str, Any]) -> list[Any]:
    """The parameters of a condition, in its order."""
    found: list[Any] = []
    for name, one in equal.items():
        if one is not None:
            found += [stored(model, name, part) for part in (one if isinstance(one, tuple) else (one,))]
    return found


def stored(model: type[Model], name: str, value: Any) -> Any:
    """A value as the database keeps it: checked, and sealed where the field seals."""
    return model._meta.fields_map[name].to_db_value(value, model)


def marks(dialect: str) -> Iterator[str]:
    """Places of parameters, one after the other."""
    number = 0
    while True:
        number += 1
        yield f"${number}" if dialect == POSTGRES else "?"


def where(compared: Shape, mark: Iterator[str]) -> str:
    """The words of a condition."""
    return " AND ".join(_test(name, many, mark) for name, many in compared)


def _test(name: str, many: int, mark: Iterator[str]) -> str:
    if many < 0:
        return f'"{name}" IS NULL'
    if not many:
        return "1=0"
    return f'"{name}"={next(mark)}' if many == 1 else f'"{name}" IN ({",".join(next(mark) for _ in range(many))})'


@lru_cache(maxsize=256)
def _select(model: type[Model], columns: tuple[str, ...], compared: Shape, dialect: str) -> str:
    wanted, table = ",".join(f'"{name}"' for name in columns), model._meta.db_table
    return f'SELECT {wanted} FROM "{table}" WHERE {where(compared, marks(dialect))} LIMIT 1'


@lru_cache(maxsize=256)
def _moments(model: type[Model]) -> tuple[str, ...]:
    return tuple(name for name, one in model._meta.fields_map.items() if isinstance(one, fields.DatetimeField))
