"""The sentences of the console: one file, looked up by key, with blanks filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from core.content import read
from core.errors import YijianshiError

FILE = Path(__file__).with_name("wording.yaml")


class MissingWords(YijianshiError):
    """A sentence is missing from the console's wording file, or one of its blanks was not filled."""

    code = "missing_words"


class Words:
    """All sentences. Calling it gives one."""

    def __init__(self, tree: Mapping[str, Any]) -> None:
        self._sentences = dict(_flat(tree, ""))

    def __call__(self, key: str, **blanks: object) -> str:
        """The sentence under ``key``. Raises `MissingWords`."""
        try:
            return self._sentences[key].format_map(blanks)
        except KeyError as problem:
            raise MissingWords(f"{key!r}: there is no {problem}", key=key) from problem

    def first(self, *keys: str, **blanks: object) -> str:
        """The sentence of the first key that exists; the last one must."""
        return self(next((key for key in keys if key in self._sentences), keys[-1]), **blanks)

    def lenient(self, key: str, other: str, blanks: Mapping[str, object]) -> str:
        """The sentence under ``key``, or else under ``other``, with unknown blanks left out."""
        return self._sentences[key if key in self._sentences else other].format_map(_Blanks(blanks))

    def keys(self) -> frozenset[str]:
        """Every sentence's key."""
        return frozenset(self._sentences)


class _Blanks(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return ""


def _flat(node: Any, at: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield from _flat(value, f"{at}.{key}" if at else str(key))
    else:
        yield at, str(node).strip()


@lru_cache(maxsize=1)
def words() -> Words:
    """The packaged sentences."""
    return Words(read(FILE).data)
