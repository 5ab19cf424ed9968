"""What an engine has to say about one reading besides its ranking: that another engine had to stand in, and why.

A note belongs to the running task, so that readings that overlap do not mix theirs up.
"""

from __future__ import annotations

from contextvars import ContextVar

_NOTES: ContextVar[dict[str, str] | None] = ContextVar("nlu_notes", default=None)


def fresh_notes() -> dict[str, str]:
    """An empty sheet for the reading that begins now; what engines note afterwards appears in it."""
    sheet: dict[str, str] = {}
    _NOTES.set(sheet)
    return sheet


def note(**said: str) -> None:
    """Write on the sheet of the present reading, if somebody keeps one."""
    sheet = _NOTES.get()
    if sheet is not None:
        sheet.update(said)
