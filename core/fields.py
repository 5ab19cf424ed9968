"""Database columns that hold personal data: encrypted on the way in, decrypted on the way out."""

from __future__ import annotations

import json
from typing import Any

import orjson
from tortoise import fields
from tortoise.models import Model

from core.crypto import keyring, looks_sealed


class SealedText(fields.TextField):
    """Text, encrypted in the database."""

    def to_db_value(self, value: Any, instance: type[Model] | Model) -> Any:
        """Encrypt."""
        return None if value is None else keyring().seal(value)

    def to_python_value(self, value: Any) -> Any:
        """Decrypt what the database gave; values set by the program pass through."""
        return keyring().open(value) if isinstance(value, str) and looks_sealed(value) else value


class SealedJSON(fields.TextField):
    """JSON data, encrypted in the database."""

    def to_db_value(self, value: Any, instance: type[Model] | Model) -> Any:
        """Encrypt."""
        return None if value is None else keyring().seal(_written(value))

    def to_python_value(self, value: Any) -> Any:
        """Decrypt what the database gave; values set by the program pass through."""
        if isinstance(value, str) and looks_sealed(value):
            return json.loads(keyring().open(value))
        return value


def _written(value: Any) -> str:
    """JSON, fast where that is possible: numbers of more than 64 bits are left to the slow writer."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return json.dumps(value, ensure_ascii=False)
