"""How much of what citizens ask for is understood, week by week."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from tortoise.functions import Count

from core.clock import today
from intents.models import Heard

WEEKS = 26
UNDERSTOOD = ("act", "confirm")


@dataclass(frozen=True)
class Week:
    """What was asked for freely in the week that begins on a Monday."""

    begins: date
    heard: int
    understood: int
    """Taken as one one-thing, at once or after a nod."""
    offered: int
    """Several were offered."""
    outside: int
    """None of ours."""

    @property
    def lost(self) -> int:
        """Not understood at all."""
        return self.heard - self.understood - self.offered - self.outside

    @property
    def share(self) -> float:
        """Understood, of what is not none of ours; 0 to 1."""
        ours = self.heard - self.outside
        return self.understood / ours if ours else 0.0


async def weeks() -> list[Week]:
    """The last half year, oldest first; weeks in which nobody said anything are left out."""
    monday = today() - timedelta(days=today().weekday())
    rows = Heard.filter(day__gte=monday - timedelta(weeks=WEEKS - 1), asked="anything")
    counted = await rows.annotate(count=Count("id")).group_by("day", "band").values("day", "band", "count")
    by: dict[date, Counter[str]] = {}
    for row in counted:
        begins = row["day"] - timedelta(days=row["day"].weekday())
        by.setdefault(begins, Counter())[row["band"]] += row["count"]
    return [
        Week(begins, sum(bands.values()), sum(bands[band] for band in UNDERSTOOD), bands["choose"],
             bands["out_of_scope"])
        for begins, bands in sorted(by.items())
    ]
