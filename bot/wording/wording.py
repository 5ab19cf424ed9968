"""The sentences citizens read: one file, looked up by key, with blanks filled in.

    say("ask.left", count=3)

Keys are the path through ``zh_CN.yaml``. A missing key or blank is a mistake of ours: it raises `MissingWording`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from core.content import read
from core.errors import YijianshiError

FILE = Path(__file__).with_name("zh_CN.yaml")


class MissingWording(YijianshiError):
    """A sentence is missing from the wording file, or one of its blanks was not filled."""

    code = "missing_wording"


STEERING = ("heard.see_all", "heard.none", "heard.all", "heard.give_up")
"""Lists of words that steer the talk."""


class Wording:
    """All sentences. Calling it gives one."""

    def __init__(self, tree: dict[str, Any]) -> None:
        self._sentences = dict(_flat(tree, ""))
        self._lists = dict(_lists(tree, ""))

    def __call__(self, key: str, **blanks: object) -> str:
        """The sentence under ``key``. Raises `MissingWording`."""
        if key not in self._sentences:
            raise MissingWording(f"no sentence {key!r}", key=key)
        try:
            return self._sentences[key].format_map(blanks)
        except KeyError as problem:
            raise MissingWording(f"{key!r} wants the blank {problem}", key=key) from problem

    def first(self, *keys: str, **blanks: object) -> str:
        """The sentence of the first key that exists; the last one must."""
        return self(next((key for key in keys if key in self._sentences), keys[-1]), **blanks)

    def has(self, key: str) -> bool:
        """Whether there is such a sentence."""
        return key in self._sentences

    def has_list(self, key: str) -> bool:
        """Whether there is such a list."""
        return key in self._lists

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words, such as tags to choose from. Raises `MissingWording`."""
        if key not in self._lists:
            raise MissingWording(f"no list {key!r}", key=key)
        return self._lists[key]

    @cached_property
    def steering(self) -> frozenset[str]:
        """What buttons say, and what is listened for to steer the talk: never a value of a field."""
        buttons = {sentence for key, sentence in self._sentences.items() if key.startswith("button.")}
        return frozenset(buttons.union(*(self._lists[key] for key in STEERING)))

    def keys(self) -> frozenset[str]:
        """Every sentence's key."""
        return frozenset(self._sentences)


def _flat(node: Any, at: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _flat(value, f"{at}.{key}" if at else str(key))
    elif not isinstance(node, list):
        yield at, str(node).strip()


def _lists(node: Any, at: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _lists(value, f"{at}.{key}" if at else str(key))
    elif isinstance(node, list):
        yield at, tuple(str(value) for value in node)


@lru_cache(maxsize=1)
def wording() -> Wording:
    """The packaged sentences."""
    return Wording(read(FILE).data)
