"""The province's own database: one SQLite file, nothing shared with the application.

What is personal (the package, what was issued) is sealed with a key derived from the province's secret.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from core.crypto import Keyring, sm3
from integrations.platforms.demo.filing import Event, Filing, Leg

_TABLES = """
CREATE TABLE IF NOT EXISTS leg (
    projid TEXT PRIMARY KEY, parent TEXT, item TEXT, department TEXT, state TEXT, due_work REAL, due_clock REAL,
    body TEXT NOT NULL, opened REAL);
CREATE INDEX IF NOT EXISTS leg_work ON leg (due_work) WHERE due_work IS NOT NULL;
CREATE INDEX IF NOT EXISTS leg_clock ON leg (due_clock) WHERE due_clock IS NOT NULL;
CREATE TABLE IF NOT EXISTS event (projid TEXT, seq INTEGER, body TEXT NOT NULL, PRIMARY KEY (projid, seq));
CREATE TABLE IF NOT EXISTS push (
    id INTEGER PRIMARY KEY, projid TEXT, seq INTEGER, kind TEXT, status TEXT, due REAL, attempts INTEGER DEFAULT 0,
    sent TEXT DEFAULT '', note TEXT DEFAULT '');
CREATE INDEX IF NOT EXISTS push_due ON push (status, due);
CREATE TABLE IF NOT EXISTS behaviour (id INTEGER PRIMARY KEY, body TEXT NOT NULL, left INTEGER);
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS nonce (nonce TEXT PRIMARY KEY, at REAL);
CREATE TABLE IF NOT EXISTS rating (parent TEXT PRIMARY KEY, stars INTEGER, tags TEXT, at TEXT);
"""


class Storage:
    """Rows in, rows out. Not safe for several threads at once: the province holds a lock."""

    def __init__(self, file: str | Path, secret: str) -> None:
        self._keys = Keyring(sm3(secret.encode())[:16], sm3(secret.encode())[16:])
        self._db = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        self._db.row_factory = sqlite3.Row
        self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" + _TABLES)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def run(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        """One statement, for the few that stand elsewhere."""
        return self._db.execute(sql, values).fetchall()

    def leg(self, projid: str) -> Leg | None:
        """A leg by its number."""
        rows = self.run("SELECT body FROM leg WHERE projid = ?", projid)
        return self._leg(rows[0]["body"]) if rows else None

    def legs(self, limit: int = 200) -> list[Leg]:
        """The latest legs, newest first."""
        return [self._leg(row["body"]) for row in self.run("SELECT body FROM leg ORDER BY opened DESC LIMIT ?", limit)]

    def _leg(self, sealed: str) -> Leg:
        body = json.loads(self._keys.open(sealed))
        filing = body.pop("filing")
        for name in ("materials", "results"):
            filing[name] = tuple(filing[name])
        filing["confirmations"] = tuple(filing.get("confirmations") or ())
        return Leg(filing=Filing(**filing), **body)

    def save(self, leg: Leg, opened: float) -> None:
        """Write a leg; ``opened`` counts for a new one only."""
        body = self._keys.seal(json.dumps(asdict(leg), ensure_ascii=False, default=str))
        self.run(
            "INSERT INTO leg VALUES (?,?,?,?,?,?,?,?,?) ON CONFLICT (projid) DO UPDATE SET state = excluded.state,"
            " due_work = excluded.due_work, due_clock = excluded.due_clock, body = excluded.body",
            leg.projid, leg.filing.parent, leg.filing.item, leg.filing.department, leg.state, leg.due_work,
            leg.due_clock, body, opened,
        )

    def next_due(self, column: str) -> tuple[float, str] | None:
        """The earliest (moment, number) in ``due_work`` or ``due_clock``."""
        sql = {
            "due_work": "SELECT due_work, projid FROM leg WHERE due_work IS NOT NULL ORDER BY due_work, projid LIMIT 1",
            "due_clock": "SELECT due_clock, projid FROM leg WHERE due_clock IS NOT NULL ORDER BY due_clock LIMIT 1",
        }
        rows = self.run(sql[column])
        return (rows[0][0], rows[0][1]) if rows else None

    def add_event(self, event: Event) -> None:
        """Write down a step."""
        body = self._keys.seal(json.dumps(asdict(event), ensure_ascii=False))
        self.run("INSERT INTO event VALUES (?,?,?)", event.projid, event.seq, body)

    def events(self, projid: str, after: int = 0) -> list[Event]:
        """The steps of a leg above ``after``, in order."""
        rows = self.run("SELECT body FROM event WHERE projid = ? AND seq > ? ORDER BY seq", projid, after)
        return [self._event(row["body"]) for row in rows]

    def _event(self, sealed: str) -> Event:
        body = json.loads(self._keys.open(sealed))
        return Event(**{**body, "demands": tuple(body["demands"]), "results": tuple(body["results"])})

    def setting(self, name: str, default: Any) -> Any:
        """A value that outlives the process."""
        rows = self.run("SELECT value FROM setting WHERE name = ?", name)
        return json.loads(rows[0]["value"]) if rows else default

    def put(self, name: str, value: Any) -> None:
        """Keep a value."""
        self.run(
            "INSERT INTO setting VALUES (?,?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name,
            json.dumps(value, ensure_ascii=False),
        )

    def count(self, name: str, start: int = 0) -> int:
        """The next number of a counter."""
        number = int(self.setting(f"count:{name}", start)) + 1
        self.put(f"count:{name}", number)
        return number

    def close(self) -> None:
        """Close the file."""
        self._db.close()
