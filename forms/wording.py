"""The few sentences of the forms themselves, read from ``forms/sentences.zh_CN.yaml``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from core.content import read

FILE = Path(__file__).with_name("sentences.zh_CN.yaml")


@lru_cache(maxsize=1)
def _sentences() -> dict[str, str]:
    return {str(key): str(value) for key, value in read(FILE).data.items()}


def words(key: str, **blanks: object) -> str:
    """A sentence with its blanks filled. Raises KeyError for one that does not exist."""
    sentence = _sentences()[key]
    return sentence.format(**blanks) if blanks else sentence
