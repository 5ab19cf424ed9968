"""Kinds of input the API takes: typed words without control characters, ids, whole numbers within bounds."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from bot.turns import clean

LONGEST_MESSAGE = 10_000


def _spotless(value: Any) -> Any:
    """Control and invisible characters go; they are never meant, and PostgreSQL refuses some of them."""
    if isinstance(value, str):
        return clean(value)
    return [_spotless(one) for one in value] if isinstance(value, list) else value


Typed = Annotated[str, AfterValidator(_spotless)]
"""Words somebody typed."""
Answer = Annotated[
    str | int | float | bool | list[Annotated[str, Field(max_length=2000)]] | None, BeforeValidator(_spotless)
]
"""A value for a field: what its element takes."""
ClientId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
About = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[A-Za-z0-9_.:\[\]-]+$")]
"""A path, ``situation:code`` or ``material:slot``."""
