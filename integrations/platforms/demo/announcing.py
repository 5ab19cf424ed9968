"""The province's callbacks: which pushes an event leads to in each mode, which are due, and when they are tried again.

An ordinary push waits until those before it for the same leg are through. The others are faults on purpose.
"""

from __future__ import annotations

from dataclasses import dataclass

from integrations.platforms.demo.filing import Event, Problem
from integrations.platforms.demo.storage import Storage

MODES = ("normal", "lost", "duplicate", "late", "out_of_order", "forged", "replayed", "off")
PAUSES = (1.0, 5.0, 30.0, 120.0, 600.0, 3600.0)
_LATE, _HELD, _REPLAY = 20.0, 15.0, 2.0


@dataclass(frozen=True)
class Push:
    """One callback that is due."""

    id: int
    kind: str
    """``normal``, ``copy``, ``loose`` (out of order), ``late``, ``forged`` or ``replay``."""
    event: Event
    url: str
    sent: str = ""
    """For a replay: the headers of the first sending, as JSON."""


class Announcer:
    """Keeps the pushes; sends nothing itself. Moments are seconds of the province's clock."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    @property
    def mode(self) -> str:
        """The mode in force."""
        return str(self._storage.setting("callbacks", "normal"))

    def use(self, mode: str) -> None:
        """Change the mode for events to come. Raises `Problem`."""
        if mode not in MODES:
            raise Problem("BAD_REQUEST", "mode 只能是 " + "、".join(MODES))
        self._storage.put("callbacks", mode)

    def announce(self, event: Event, now: float) -> None:
        """Queue what the present mode makes of an event."""
        match self.mode:
            case "lost":
                self._add(event, "normal", now, "lost")
            case "late":
                self._add(event, "late", now + _LATE)
            case "out_of_order":
                self._swap(event, now)
            case mode if mode != "off":
                self._add(event, "normal", now)
                extra = {"duplicate": ("copy", 0.0), "forged": ("forged", 0.0), "replayed": ("replay", _REPLAY)}
                if mode in extra:
                    kind, pause = extra[mode]
                    self._add(event, kind, now + pause)

    def _add(self, event: Event, kind: str, due: float, status: str = "waiting") -> None:
        self._storage.run(
            "INSERT INTO push (projid, seq, kind, status, due) VALUES (?,?,?,?,?)", event.projid, event.seq, kind,
            status, due,
        )

    def _swap(self, event: Event, now: float) -> None:
        """Hold every other event back until the one after it is out (or nothing comes for a while)."""
        held = self._storage.run("SELECT id FROM push WHERE projid = ? AND status = 'held'", event.projid)
        if held:
            self._add(event, "loose", now)
            self._storage.run("UPDATE push SET status = 'waiting', due = ? WHERE id = ?", now + 0.5, held[0]["id"])
        else:
            self._add(event, "loose", now + _HELD, "held")

    def due(self, now: float, most: int = 50) -> list[tuple[int, str, str, int, str]]:
        """(id, kind, leg, seq, headers of the first sending) of what is to be sent now."""
        rows = self._storage.run(
            "SELECT id, kind, projid, seq, (SELECT max(sent) FROM push f WHERE f.projid = push.projid"
            " AND f.seq = push.seq AND f.kind = 'normal') AS first FROM push"
            " WHERE status IN ('waiting', 'held') AND due <= ? AND (kind != 'normal' OR NOT EXISTS"
            " (SELECT 1 FROM push p WHERE p.projid = push.projid AND p.kind = 'normal' AND p.status = 'waiting'"
            " AND p.seq < push.seq)) AND (kind != 'replay' OR first != '') ORDER BY due, id LIMIT ?", now, most,
        )
        return [(row["id"], row["kind"], row["projid"], row["seq"], row["first"] or "") for row in rows]

    def done(self, push: Push, ok: bool, sent: str, note: str, now: float) -> None:
        """Write down an attempt. A fault is sent once; the rest is tried again with growing pauses, then given up."""
        once = push.kind in ("forged", "replay")
        attempts = self._storage.run("SELECT attempts FROM push WHERE id = ?", push.id)[0]["attempts"] + 1
        status = "sent" if ok or once else "waiting" if attempts <= len(PAUSES) else "given_up"
        due = now + PAUSES[min(attempts, len(PAUSES)) - 1]
        self._storage.run(
            "UPDATE push SET status = ?, attempts = ?, due = ?, sent = ?, note = ? WHERE id = ?", status, attempts,
            due, sent if ok else "", note, push.id,
        )

    def tally(self) -> dict[str, int]:
        """Number of pushes by status, for the page."""
        rows = self._storage.run("SELECT status, count(*) AS n FROM push GROUP BY status")
        return {row["status"]: row["n"] for row in rows}
