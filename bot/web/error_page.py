"""Every error the API answers with, as a page: from the classes themselves, so that it cannot fall behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.wording.wording import MissingWording, Wording
from core.errors import ContentError, YijianshiError


@dataclass(frozen=True)
class ErrorLine:
    """One error as the page lists it."""

    code: str
    status: int
    says: str
    meaning: str
    retryable: bool


def error_lines(say: Wording) -> list[ErrorLine]:
    """All errors that exist now, by code; where two share a code, the more general one."""
    lines: dict[str, ErrorLine] = {}
    for kind in _kinds(YijianshiError):
        meaning = " ".join((kind.__doc__ or "").split())
        lines.setdefault(kind.code, ErrorLine(kind.code, kind.status, _says(kind, say), meaning, kind.retryable))
    return [lines[code] for code in sorted(lines)]


def _kinds(kind: type[YijianshiError]) -> Iterator[type[YijianshiError]]:
    yield kind
    for child in kind.__subclasses__():
        if child is not ContentError:
            yield from _kinds(child)


def _says(kind: type[YijianshiError], say: Wording) -> str:
    try:
        return say.first(kind.wording, "error.internal", retry_after=1)
    except MissingWording:  # one whose sentence has further blanks
        return say("error.internal")
