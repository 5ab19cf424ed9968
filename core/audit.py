"""The audit log: append-only, each line chained to the one before by SM3.

Call `record` inside the transaction of the change it tells of; `seal` links what is new into the chain.
"""

from __future__ import annotations

import json
from typing import Any

from core.clock import now
from core.crypto import sm3
from core.kv import KV
from core.models import AuditEvent
from core.together import Change, added, make

GENESIS = "0" * 64
AT_ONCE = 1000
"""Lines read at a time: the log is the longest table there is."""


def _digest(before: str, event: AuditEvent) -> str:
    line = [before, event.at.isoformat(), event.actor, event.action, event.subject, event.outcome, event.details]
    return sm3(json.dumps(line, ensure_ascii=False, sort_keys=True).encode()).hex()


async def record(
    actor: str, action: str, subject: str, *, outcome: str = "done", details: dict[str, Any] | None = None
) -> None:
    """Append one line. ``details`` are stored encrypted; they still carry no more than the purpose needs."""
    await make(line(actor, action, subject, outcome=outcome, details=details))


def line(
    actor: str, action: str, subject: str, *, outcome: str = "done", details: dict[str, Any] | None = None
) -> Change:
    """What `record` appends, for those who write it together with the change it tells of."""
    said = {"actor": actor, "action": action, "subject": subject, "outcome": outcome, "details": details}
    return added(AuditEvent, {"at": now(), **said})


async def seal(kv: KV, at_most: int = 500) -> int:
    """Link up to ``at_most`` unsealed lines into the chain and return how many; one process at a time."""
    async with kv.lock("audit-seal", seconds=60, wait=0.5):
        last = await AuditEvent.filter(position__not_isnull=True).order_by("-position").first()
        position, before = (last.position or 0, last.chain or GENESIS) if last else (0, GENESIS)
        fresh = await AuditEvent.filter(position__isnull=True).order_by("id").limit(at_most)
        for event in fresh:
            position += 1
            before = _digest(before, event)
            await AuditEvent.filter(id=event.id, position__isnull=True).update(position=position, chain=before)
        return len(fresh)


async def broken_line() -> int | None:
    """The id of the first sealed line whose chain does not hold, or None when the whole log is sound."""
    before, expected = GENESIS, 0
    while True:
        part = await AuditEvent.filter(position__gt=expected).order_by("position").limit(AT_ONCE)
        for event in part:
            expected += 1
            if event.position != expected or event.chain != _digest(before, event):
                return int(event.id)
            before = event.chain or GENESIS
        if len(part) < AT_ONCE:
            return None
