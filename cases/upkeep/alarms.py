"""What no case is about and a person must set right: a task, once, until it is done."""

from __future__ import annotations

from cases.clocks import due
from cases.models import Task
from core.clock import now, today


async def alarm(kind: str, what: str) -> None:
    """Ask a person for ``what``, unless it is asked for already. The task is due on the next working day."""
    key = f"{kind}:{what}"[:80]
    if not await Task.filter(open_for=key).exists():
        await Task.get_or_create(
            open_for=key,
            defaults={"kind": kind, "state": "open", "reason": what[:60], "created_at": now(),
                      "due_on": due(today(), 1)[0]},
        )
