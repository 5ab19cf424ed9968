"""Switches that make departments behave badly (or at all interestingly) while the province runs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from integrations.platforms.demo.filing import Filing, Leg, Problem
from integrations.platforms.demo.storage import Storage

AT_THE_DOOR = ("refuse", "fail", "slow", "down", "garble")
"""Take effect when a package arrives."""

STEPS: dict[str, tuple[str, str]] = {
    "pre_return": ("SUBMITTED", "pre_return"), "ask_correction": ("RECEIVED", "correct"),
    "not_accept": ("RECEIVED", "refuse"), "void": ("RECEIVED", "void"), "suspend": ("REVIEWING", "suspend"),
    "transfer": ("REVIEWING", "transfer"), "deny": ("REVIEWING", "deny"),
}
"""What to do, in which state, by which event."""

_ONCE = ("pre_return", "ask_correction", "suspend", "transfer")
"""A leg comes back from these, so without ``times`` each leg meets them once."""


@dataclass(frozen=True)
class Behaviour:
    """One switch. ``left`` counts down when it was set with ``times``."""

    do: str
    item: str = ""
    department: str = ""
    leg: str = ""
    about: str = ""
    says: str = ""
    seconds: float = 30
    id: int = 0
    left: int | None = None

    def fits(self, filing: Filing) -> bool:
        """Whether it is meant for this filing; a switch that names nothing is meant for all."""
        return (
            self.item in ("", filing.item) and self.department in ("", filing.department)
            and self.leg in ("", filing.projid)
        )


class Behaviours:
    """The switches in force."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def set(self, wish: dict[str, Any]) -> None:
        """Add a switch; ``nothing`` clears those of the same item, department or leg. Raises `Problem`."""
        known = {name: wish[name] for name in ("do", "item", "department", "leg", "about", "says", "seconds")
                 if wish.get(name) not in (None, "")}
        if known.get("do") == "nothing":
            self._clear(known)
            return
        if known.get("do") not in (*AT_THE_DOOR, *STEPS):
            raise Problem("BAD_REQUEST", "do 只能是 " + "、".join((*AT_THE_DOOR, *STEPS, "nothing")))
        times = int(wish["times"]) if wish.get("times") else None
        behaviour = Behaviour(**{**known, "seconds": float(known.get("seconds", 30))})
        self._storage.run("INSERT INTO behaviour (body, left) VALUES (?,?)", json.dumps(asdict(behaviour)), times)

    def _clear(self, known: dict[str, Any]) -> None:
        for behaviour in self.all():
            if all(getattr(behaviour, name) == known.get(name, getattr(behaviour, name))
                   for name in ("item", "department", "leg")):
                self._storage.run("DELETE FROM behaviour WHERE id = ?", behaviour.id)

    def all(self) -> list[Behaviour]:
        """Every switch in force, oldest first."""
        rows = self._storage.run("SELECT id, body, left FROM behaviour WHERE left IS NULL OR left > 0 ORDER BY id")
        return [Behaviour(**{**json.loads(row["body"]), "id": row["id"], "left": row["left"]}) for row in rows]

    def at_the_door(self, filing: Filing) -> Behaviour | None:
        """What happens to a package on arrival; uses up one of its times."""
        return self._use(next((one for one in self.all() if one.do in AT_THE_DOOR and one.fits(filing)), None))

    def at_the_desk(self, leg: Leg) -> Behaviour | None:
        """What the office does instead of the next ordinary step; uses up one of its times."""
        for one in self.all():
            if one.do in STEPS and STEPS[one.do][0] == leg.state and one.fits(leg.filing) and one.id not in leg.used:
                if one.left is None and one.do in _ONCE:
                    leg.used.append(one.id)
                return self._use(one)
        return None

    def _use(self, behaviour: Behaviour | None) -> Behaviour | None:
        if behaviour is not None and behaviour.left is not None:
            self._storage.run("UPDATE behaviour SET left = left - 1 WHERE id = ?", behaviour.id)
        return behaviour
