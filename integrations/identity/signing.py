"""The signature of the ticket flow. MD5 is imposed by the platform, lives here alone and protects nothing of ours."""

from __future__ import annotations

import hashlib
from datetime import datetime

from core.clock import in_china


def sso_md5(service: str, password: str, time: str) -> str:
    """Hex MD5 over service code + service password + time."""
    return hashlib.md5(f"{service}{password}{time}".encode(), usedforsecurity=False).hexdigest()


def sso_time(at: datetime) -> str:
    """A moment as the platform writes it: ``yyyyMMddHHmmss``, Chinese wall clock."""
    return in_china(at).strftime("%Y%m%d%H%M%S")
