"""The province's counter: what applicants' systems may ask of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from core import clock
from integrations.platforms.demo import table
from integrations.platforms.demo.announcing import Announcer
from integrations.platforms.demo.behaviour import Behaviour, Behaviours
from integrations.platforms.demo.filing import Event, Filing, Leg, Problem, Taken, brings_papers
from integrations.platforms.demo.office import Office, moment
from integrations.platforms.demo.storage import Storage

_NONCE_LIFE = 600.0


@dataclass(frozen=True)
class Door:
    """What came of a package at the door: the receipt, and whether the answer is held up or spoiled."""

    taken: Taken
    wait: float = 0
    garbled: bool = False


class Counter:
    """Takes packages, repeats, supplements, withdrawals and ratings. Methods raise `Problem` for what is not done."""

    def __init__(self, storage: Storage) -> None:
        self.storage, self._lock = storage, threading.RLock()
        self.behaviours, self.announcer = Behaviours(storage), Announcer(storage)
        self._office = Office(storage, self.behaviours, self.announcer)
        self.clock, self.work = storage.setting("clock", (0.0, 0.0))

    @property
    def down(self) -> bool:
        """Whether the whole platform is out of service."""
        return bool(self.storage.setting("down", False))

    @contextmanager
    def _changing(self) -> Iterator[None]:
        with self._lock, self.storage.transaction():
            yield

    def take(self, filing: Filing) -> Door:
        """Take a new package, a repeated one or a supplement; the number and the content tell which."""
        with self._changing():
            self._open()
            behaviour = self.behaviours.at_the_door(filing)
        if behaviour is not None and behaviour.do in ("refuse", "fail", "down"):
            raise _refusal(behaviour)
        with self._changing():
            taken = self._take(filing)
        wait = behaviour.seconds if behaviour is not None and behaviour.do == "slow" else 0
        return Door(taken, wait, behaviour is not None and behaviour.do == "garble")

    def _take(self, filing: Filing) -> Taken:
        leg, digest = self.storage.leg(filing.projid), filing.digest()
        if leg is None:
            leg = Leg(filing.projid, self._number(filing.region), filing, received_at=moment())
            return self._move(leg, filing, digest, "submit")
        known = leg.digests.get(str(filing.version))
        if known == digest:
            return Taken(leg.number, leg.received_at, True)
        if known is not None:
            raise Problem("CONTENT_CONFLICT", "同一办件编号已有内容不同的申请")
        if filing.version > leg.version and leg.state in table.TAKES_PAPERS and brings_papers(leg.filing, filing):
            return self._put_to_file(leg, filing, digest)
        if filing.version < leg.version or leg.state not in ("CORRECTION", "PRE_RETURNED"):
            raise Problem("STATE_CONFLICT", f"办件现在是“{table.STATES[leg.state].title}”，不接收补正")
        return self._move(leg, filing, digest, "supplement" if leg.state == "CORRECTION" else "resubmit")

    def _move(self, leg: Leg, filing: Filing, digest: str, event: str) -> Taken:
        leg.filing, leg.version = filing, filing.version
        leg.digests[str(filing.version)] = digest
        self._office.move(leg, event, self.work, self.clock)
        return Taken(leg.number, leg.received_at, False)

    def _put_to_file(self, leg: Leg, filing: Filing, digest: str) -> Taken:
        """Papers that were to come later: put to the file, which stays where it is."""
        leg.filing, leg.version = filing, filing.version
        leg.digests[str(filing.version)] = digest
        self.storage.save(leg, self.work)
        return Taken(leg.number, leg.received_at, False)

    def _number(self, region: str) -> str:
        day = f"{clock.today():%y%m%d}"
        return f"{region[:6]}{day}{self.storage.count(f'projid:{region[:6]}{day}'):09d}"

    def _open(self) -> None:
        if self.down:
            raise Problem("UPSTREAM_DOWN", "平台维护中")

    def _leg(self, projid: str) -> Leg:
        leg = self.storage.leg(projid)
        if leg is None:
            raise Problem("NO_DATA", "没有这个办件")
        return leg

    def withdraw(self, projid: str, reason: str) -> None:
        """The applicant withdraws; asking again changes nothing."""
        with self._changing():
            self._open()
            leg = self._leg(projid)
            if leg.state != "WITHDRAWN":
                self._office.move(leg, "withdraw", self.work, self.clock, reason and f"已按申请撤回：{reason}")

    def events(self, projid: str, after: int = 0) -> tuple[Leg, list[Event]]:
        """A leg and its steps above ``after``."""
        with self._lock:
            self._open()
            return self._leg(projid), self.storage.events(projid, after)

    def rate(self, parent: str, stars: int, tags: tuple[str, ...]) -> None:
        """Keep a rating; the same case's later one replaces it."""
        with self._changing():
            self._open()
            if not self.storage.run("SELECT 1 FROM leg WHERE parent = ? LIMIT 1", parent):
                raise Problem("NO_DATA", "没有这个办件")
            self.storage.run("INSERT OR REPLACE INTO rating VALUES (?,?,?,?)", parent, stars, "、".join(tags), moment())

    def new_nonce(self, nonce: str) -> bool:
        """Whether a nonce was not used in the last ten minutes; it is now."""
        now = clock.now().timestamp()
        with self._changing():
            self.storage.run("DELETE FROM nonce WHERE at < ?", now - _NONCE_LIFE)
            seen = self.storage.run("SELECT 1 FROM nonce WHERE nonce = ?", nonce)
            if not seen:
                self.storage.run("INSERT INTO nonce VALUES (?,?)", nonce, now)
            return not seen


def _refusal(behaviour: Behaviour) -> Problem:
    name, says = {
        "refuse": ("BAD_REQUEST", "参数不符合要求"), "fail": ("UNKNOWN", "系统内部错误"),
        "down": ("UPSTREAM_DOWN", "部门系统维护中"),
    }[behaviour.do]
    return Problem(name, behaviour.says or says)
