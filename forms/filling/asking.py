"""One question to one source: before its key is known, and ready to be asked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from forms import paths
from forms.draft import Draft


@dataclass(frozen=True)
class PlannedLookup:
    """One question to one source, ready to be asked.

    ``gives`` maps paths to attributes; with ``each``, paths of that subject carry no index and record n fills the
    n-th. ``subject`` is the place in the form (``baby[2]``) whose key is used.
    """

    code: str
    source: str
    key: dict[str, str] = field(hash=False)
    attributes: tuple[str, ...]
    gives: dict[str, str] = field(hash=False)
    each: str | None
    subject: str


@dataclass
class Wanted:
    """A question before its key is known. ``keys`` maps key attributes to paths, or to ``=`` and a fixed text."""

    code: str
    source: str
    keys: dict[str, str]
    gives: dict[str, str]
    attributes: set[str]
    each: str | None
    subject: str


def fingerprint(key: Mapping[str, str]) -> str:
    """A blind name for a key, so that a draft can tell whether it was asked with the same one."""
    return hashlib.sha256("\x1f".join([f"{name}={key[name]}" for name in sorted(key)]).encode()).hexdigest()


def key_of(draft: Draft, keys: Mapping[str, str]) -> dict[str, str] | None:
    """Key values, or None while one is not known."""
    found: dict[str, str] = {}
    for name, path in keys.items():
        if path.startswith("="):
            found[name] = path[1:]
            continue
        value = draft.values.get(path)
        if value is None or value.value in (None, "") or not isinstance(value.value, str | int):
            return None
        found[name] = str(value.value)
    return found


def indexed(path: str, subject: str, index: int | None) -> str:
    """A path of a repeated subject about one of them; any other as it is."""
    parsed = paths.parse(path)
    if parsed is None or parsed.subject != subject or parsed.index is not None:
        return path
    return paths.write(subject, index, parsed.element)
