"""The answer of every adapter's ``check()``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Health:
    """Whether an adapter's settings, connection and credentials work; ``says`` is for operators."""

    ok: bool
    says: str
    took_ms: float = 0.0
