"""The province itself: takes packages, lets offices work, remembers everything. No network in it, and no real time.

Two clocks advance with `Province.advance`: the wall (seconds) and office work (seconds times the speed). Whoever owns
the province decides how: a server lets them follow real time, a test moves them by hand. Safe to call from threads.
"""

from __future__ import annotations

from typing import Any

from integrations.platforms.demo import table
from integrations.platforms.demo.announcing import Push
from integrations.platforms.demo.counter import Counter
from integrations.platforms.demo.filing import Problem
from integrations.platforms.demo.office import demand
from integrations.platforms.demo.storage import Storage

_KEEP_EVERY = 5.0


class Province(Counter):
    """The counter, with time behind it and switches for the operator. Methods raise `Problem`."""

    def __init__(self, storage: Storage, speed: float = 600.0) -> None:
        super().__init__(storage)
        self.speed = float(storage.setting("speed", speed))
        self._kept = self.clock

    def advance(self, seconds: float) -> int:
        """Let time pass: every step that falls due is taken, in order. Returns how many were."""
        with self._lock:
            end, steps = self.clock + seconds, 0
            while (due := self._next_due()) is not None and due[0] <= end:
                with self.storage.transaction():
                    self._pass(due[0])
                    self._office.next_step(self._leg(due[1]), self.work, self.clock)
                    self._keep()
                steps += 1
            self._pass(end)
            if self.clock - self._kept >= _KEEP_EVERY:
                self._keep()
            return steps

    def _next_due(self) -> tuple[float, str] | None:
        found = [due] if (due := self.storage.next_due("due_clock")) else []
        if self.speed > 0 and (due := self.storage.next_due("due_work")):
            found.append((self.clock + max(0.0, due[0] - self.work) / self.speed, due[1]))
        return min(found, default=None)

    def _pass(self, moment_: float) -> None:
        passed = max(0.0, moment_ - self.clock)
        self.clock, self.work = self.clock + passed, self.work + passed * self.speed

    def _keep(self) -> None:
        self.storage.put("clock", (self.clock, self.work))
        self._kept = self.clock

    def step(self, projid: str) -> None:
        """Take a leg's next step now."""
        with self._changing():
            self._office.next_step(self._leg(projid), self.work, self.clock)

    def press(self, projid: str, event: str, about: str = "", says: str = "") -> None:
        """Bring a leg to ``event`` now, through the ordinary steps before it."""
        with self._changing():
            leg = self._leg(projid)
            for name in table.way(leg.state, event) or (event,):
                demands = demand(leg, about, says) if name in ("correct", "pre_return") else ()
                own = says if name == event and not demands else ""
                self._office.move(leg, name, self.work, self.clock, own, demands)

    def behave(self, wish: dict[str, Any]) -> None:
        """Set or clear a behaviour."""
        with self._changing():
            self.behaviours.set(wish)

    def use_callbacks(self, mode: str) -> None:
        """Change how callbacks are (mis)delivered."""
        with self._changing():
            self.announcer.use(mode)

    def use_speed(self, speed: float) -> None:
        """Change how fast offices work; 0 stops them."""
        if not 0 <= speed <= 1_000_000:
            raise Problem("BAD_REQUEST", "速度只能是 0 到 1000000")
        with self._changing():
            self.speed = speed
            self.storage.put("speed", speed)

    def use_down(self, on: bool) -> None:
        """Take the platform out of service, or back into it; offices go on working."""
        with self._changing():
            self.storage.put("down", on)

    def due_pushes(self) -> list[Push]:
        """Callbacks to send now; none while the platform is down."""
        with self._lock:
            if self.down:
                return []
            return [self._push(*row) for row in self.announcer.due(self.clock)]

    def _push(self, number: int, kind: str, projid: str, seq: int, sent: str) -> Push:
        event = next(iter(self.storage.events(projid, seq - 1)))
        return Push(number, kind, event, self._leg(projid).filing.callback_url, sent)

    def pushed(self, push: Push, ok: bool, sent: str = "", note: str = "") -> None:
        """Write down an attempt to send."""
        with self._changing():
            self.announcer.done(push, ok, sent, note, self.clock)
