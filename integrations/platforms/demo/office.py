"""The departments: what they do next, how long it takes them, and how a step is taken."""

from __future__ import annotations

from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from core import clock, workdays
from core.content import read
from integrations.platforms.demo import issuing, table
from integrations.platforms.demo.announcing import Announcer
from integrations.platforms.demo.behaviour import STEPS, Behaviour, Behaviours
from integrations.platforms.demo.filing import Event, Leg, Problem
from integrations.platforms.demo.storage import Storage

_HOUR = 3600.0
_DAY = 86400.0
CORRECTION_DAYS = 15
"""The applicant's time to answer a correction. It runs on the wall clock: nobody speeds a citizen up."""

_NEXT = {
    "SUBMITTED": "receive", "RECEIVED": "accept", "ACCEPTED": "review", "REVIEWING": "grant", "SUSPENDED": "resume",
    "TRANSFERRED": "transfer_back", "GRANTED": "close", "DENIED": "close", "CLOSED": "deliver",
}
_HOURS = {"SUBMITTED": 0.2, "RECEIVED": 1, "ACCEPTED": 0.5, "SUSPENDED": 8, "TRANSFERRED": 8, "GRANTED": 0.3,
          "DENIED": 0.3, "CLOSED": 1}
_SILENT = ("submit", "resubmit")
"""The applicant's own steps that the receipt already answers: no event tells of them."""


class Office:
    """Works on legs inside a transaction of the province."""

    def __init__(self, storage: Storage, behaviours: Behaviours, announcer: Announcer) -> None:
        self._storage, self._behaviours, self._announcer = storage, behaviours, announcer

    def next_step(self, leg: Leg, work: float, now: float) -> None:
        """Take the next step: the ordinary one, or what a behaviour wants instead. Raises `Problem` when none is."""
        if leg.state == "CORRECTION":
            self.move(leg, "correction_timeout", work, now)
            return
        behaviour = self._behaviours.at_the_desk(leg)
        if behaviour is not None:
            demands = _demands(behaviour, leg)
            self.move(leg, STEPS[behaviour.do][1], work, now, "" if demands else behaviour.says, demands)
            return
        if leg.state not in _NEXT:
            raise Problem("STATE_CONFLICT", "这份办件没有下一步")
        at_once = leg.state == "ACCEPTED" and leg.filing.promised_days == 0
        self.move(leg, "grant" if at_once else _NEXT[leg.state], work, now)

    def move(
        self, leg: Leg, event: str, work: float, now: float, says: str = "",
        demands: tuple[dict[str, str], ...] = (),
    ) -> None:
        """One step by the table, written down and announced. Raises `Problem` where it is not legal."""
        target = table.after(leg.state, event)
        if target is None:
            title = table.STATES[leg.state].title
            raise Problem("STATE_CONFLICT", f"办件现在是“{title}”，不能这样办")
        leg.state = target
        leg.denied = leg.denied or event == "deny"
        if event == "accept":
            leg.promised_until = _promise(leg.filing.promised_days)
        if event not in _SILENT:
            leg.seq += 1
            told = self._tell(leg, event, says, demands)
            self._storage.add_event(told)
            self._announcer.announce(told, now)
        self._plan(leg, work, now)
        self._storage.save(leg, now)

    def _tell(self, leg: Leg, event: str, says: str, demands: tuple[dict[str, str], ...]) -> Event:
        issued = issuing.issue(leg.filing, self._storage) if event == "close" and not leg.denied else ()
        ending = "" if event != "close" or issued else "_denied" if leg.denied else "_without_result"
        words = _words()[event + ending]
        document = words.get("document", "")
        return Event(
            leg.projid, leg.number, leg.seq, event, leg.state, moment(), leg.filing.department,
            says or words["says"].format(days=leg.filing.promised_days), demands, issued, leg.promised_until, document,
            f"{document}-{leg.number[-9:]}-{leg.seq:02d}" if document else "", words.get("ending", ""),
            words.get("pause", ""),
        )

    def _plan(self, leg: Leg, work: float, now: float) -> None:
        hours = _HOURS.get(leg.state)
        if leg.state == "REVIEWING":
            hours = min(24.0, max(1.0, leg.filing.promised_days * 2.0))
        elif hours is not None and leg.filing.promised_days == 0:
            hours = min(hours, 0.3)
        leg.due_work = None if hours is None else work + hours * _HOUR
        leg.due_clock = now + CORRECTION_DAYS * _DAY if leg.state == "CORRECTION" else None


def moment() -> str:
    """Now, as the province writes it down."""
    return clock.now().isoformat(timespec="seconds")


def _promise(days: int) -> str:
    """The end of the last promised working day."""
    day = workdays.add(clock.today(), days, guess=True)
    return datetime.combine(day, time(17, 30), clock.CHINA).astimezone(UTC).isoformat(timespec="seconds")


def _demands(behaviour: Behaviour, leg: Leg) -> tuple[dict[str, str], ...]:
    if behaviour.do not in ("ask_correction", "pre_return"):
        return ()
    return demand(leg, behaviour.about, behaviour.says)


def demand(leg: Leg, about: str, says: str) -> tuple[dict[str, str], ...]:
    """One demand; it is about a likely thing when none is named."""
    filing = leg.filing
    about = about or _likely(leg)
    title = filing.labels.get(about, "") or "这一项"
    return ({"about": about, "says": says or f"请核对“{title}”，改正后再提交"},)


def _likely(leg: Leg) -> str:
    """What offices most often ask about: a name somebody wrote, else anything but an id number, else a material."""
    paths = [path for path in leg.filing.form if not path.endswith("id_number")]
    names = [path for path in paths if path.endswith("].name")]
    materials = [f"material:{one['code']}" for one in leg.filing.materials]
    return next(iter([*names, *paths, *materials]), "")


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, Any]]:
    return dict(read(Path(__file__).parent / "words.yaml").data)
