"""Jobs: work that happens soon, asked for by name.

The database row is the truth and a job is only a nudge: a lost job is made up for by the sweep. Who asks never imports
who does: `ask` takes a name, a handler registers under it, and a test checks that every name asked for has one.
"""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import structlog

log = structlog.get_logger(__name__)

Handler = Callable[..., Awaitable[None]]


class Broker(Protocol):
    """Carries a nudge to a worker."""

    async def send(self, name: str, arguments: dict[str, Any]) -> None:
        """Hand over one nudge; may drop it when the other side is down."""
        ...

    async def start(self) -> None:
        """Begin to work."""
        ...

    async def stop(self) -> None:
        """Finish what runs and stop."""
        ...


class Jobs:
    """The handlers of this process, and the broker that carries names to them."""

    def __init__(self) -> None:
        self._handlers: dict[str, Handler] = {}
        self.broker: Broker | None = None

    def handle(self, name: str, handler: Handler) -> None:
        """Register the one handler of ``name``."""
        if name in self._handlers:
            raise ValueError(f"two handlers for the job {name!r}")
        self._handlers[name] = handler

    @property
    def names(self) -> frozenset[str]:
        """All names with a handler."""
        return frozenset(self._handlers)

    async def ask(self, name: str, **arguments: Any) -> None:
        """Ask for ``name``. Never raises: what matters stands in a row, and the sweep finds it."""
        if self.broker is None:
            return
        try:
            await self.broker.send(name, arguments)
        except Exception as problem:  # the frame around an outside broker
            log.warning("jobs.ask_failed", job=name, problem=type(problem).__name__)

    async def run(self, name: str, arguments: dict[str, Any]) -> None:
        """Run the handler of ``name`` now; a failure is logged, the row stays due."""
        handler = self._handlers.get(name)
        if handler is None:
            log.error("jobs.no_handler", job=name)
            return
        try:
            await handler(**arguments)
        except Exception:  # the frame that calls handlers
            log.exception("jobs.failed", job=name)


class LocalBroker:
    """Runs jobs as tasks of this process, a bounded number at a time."""

    def __init__(self, jobs: Jobs, at_once: int = 8, patience: float = 5) -> None:
        self._jobs, self._tasks, self._room = jobs, set[asyncio.Task[None]](), asyncio.Semaphore(at_once)
        self._open, self._patience = False, patience

    async def send(self, name: str, arguments: dict[str, Any]) -> None:
        """Start a task; a context of its own, so that it can never inherit a transaction."""
        if self._open:
            task = contextvars.Context().run(asyncio.get_running_loop().create_task, self._run(name, arguments))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _run(self, name: str, arguments: dict[str, Any]) -> None:
        async with self._room:
            await self._jobs.run(name, arguments)

    async def start(self) -> None:
        """Accept jobs."""
        self._open = True

    async def stop(self) -> None:
        """Let what runs finish for at most five seconds, then stop it, with as long again to write down that it was."""
        self._open = False
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=self._patience)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late, timeout=self._patience)

    async def idle(self) -> None:
        """Wait until nothing runs; for tests and for `yijianshi demo`."""
        while self._tasks:
            await asyncio.wait(self._tasks)


jobs = Jobs()
"""The jobs of this process."""
