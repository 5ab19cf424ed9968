"""What the demo WeChat knows of its phones beyond a restart, as the real one does: who follows, what they allowed, and
how much may still be written to them."""

from __future__ import annotations

from pathlib import Path

import orjson
from pydantic import BaseModel, ValidationError


class Kept(BaseModel):
    """Of one phone, as it stands in the file."""

    follows: set[str] = set()
    refuses: set[str] = set()
    accepts: list[tuple[str, str, int]] = []
    left: list[tuple[str, str, int, float]] = []


def read(path: Path) -> dict[str, Kept]:
    """By phone; nothing where there is no file, or one that cannot be read: people can follow again."""
    try:
        return {key: Kept.model_validate(one) for key, one in orjson.loads(path.read_bytes()).items()}
    except (OSError, orjson.JSONDecodeError, ValidationError, AttributeError):
        return {}


def write(path: Path, phones: dict[str, Kept]) -> None:
    """The whole file anew, in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_bytes(orjson.dumps({key: one.model_dump(mode="json") for key, one in phones.items()}))
    beside.replace(path)
