"""The one signal by which readers say that an answer does not fit."""

from __future__ import annotations

from typing import Any


class Wrong(Exception):
    """Inside this package: the answer does not fit, for this reason (a wording key) with these blanks filled."""

    def __init__(self, reason: str, **details: Any) -> None:
        super().__init__(reason)
        self.reason, self.details = reason, details
