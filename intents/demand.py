"""What citizens want that we lack, by week: what was read or labelled as another service, each wish counted as one."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from tortoise.expressions import Q
from tortoise.functions import Count, Max

from core.clock import today
from intents.clusters import clusters
from intents.labels import WISH
from intents.models import Heard, Label

WEEKS = 8
MOST = 300
"""Different sentences that are put together."""
GROWS = 1.5
"""How many times more the last two weeks must hold than the two before to be called more, or fewer."""
Trend = Literal["new", "more", "same", "fewer"]


@dataclass(frozen=True)
class Demand:
    """One wish: its name, an example or two, and how often it was said each week, oldest first."""

    title: str
    named: bool
    """An operator gave it a name; otherwise the title is the sentence said most."""
    examples: tuple[str, ...]
    weeks: tuple[int, ...]

    @property
    def count(self) -> int:
        """In all weeks."""
        return sum(self.weeks)

    @property
    def trend(self) -> Trend:
        """The last two weeks beside the two before."""
        late, before = sum(self.weeks[-2:]), sum(self.weeks[-4:-2])
        if late and not sum(self.weeks[:-2]):
            return "new"
        if late > GROWS * before:
            return "more"
        return "fewer" if before > GROWS * late else "same"


def week_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def week_starts() -> list[date]:
    """The Mondays of the weeks that are shown, oldest first."""
    last = week_of(today())
    return [last - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]


async def demand() -> list[Demand]:
    """Wishes of the last weeks, the most frequent first. What was labelled as one of our one-things is none."""
    starts = week_starts()
    meant = await _meant()
    weeks: dict[str, list[int]] = {}
    for one in await _said(starts[0], [key for key, (intent, _) in meant.items() if intent == WISH]):
        if meant.get(one["key"], (WISH, ""))[0] == WISH:
            place = (week_of(_day(one["day"])) - starts[0]).days // 7
            counts = weeks.setdefault(one["key"], [0] * WEEKS)
            if 0 <= place < WEEKS:
                counts[place] += one["said"]
    keys = sorted(weeks, key=lambda key: -sum(weeks[key]))[:MOST]
    texts = await _texts(keys)
    wishes = {key: meant[key][1] for key in keys if key in meant}
    return await asyncio.to_thread(_together, keys, texts, wishes, weeks)


async def _meant() -> dict[str, tuple[str, str]]:
    """Key to intent and wish, of everything labelled."""
    rows = await Label.filter(state="accepted").order_by("at").values_list("key", "intent", "wish")
    return {str(key): (str(intent), str(wish)) for key, intent, wish in rows}


async def _said(since: date, wished: list[str]) -> list[dict[str, Any]]:
    """How often each key was said each day: what was read as another service, and what was labelled so."""
    found = Heard.filter(Q(out_kind="other_service") | Q(key__in=wished[-MOST:]), day__gte=since, state__not="skipped")
    return await found.annotate(said=Count("id")).group_by("key", "day").values("key", "day", "said")


async def _texts(keys: list[str]) -> dict[str, str]:
    rows = await Heard.filter(key__in=keys).annotate(said=Max("text")).group_by("key").values("key", "said")
    return {str(row["key"]): str(row["said"]) for row in rows}


def _together(
    keys: list[str], texts: dict[str, str], wishes: dict[str, str], weeks: dict[str, list[int]]
) -> list[Demand]:
    named: dict[str, list[str]] = {}
    for key in keys:
        if wishes.get(key):
            named.setdefault(wishes[key], []).append(key)
    rest = [key for key in keys if not wishes.get(key) and key in texts]
    groups = [(wish, True, mine) for wish, mine in named.items()]
    groups += [(texts[rest[part[0]]], False, [rest[n] for n in part]) for part in clusters([texts[k] for k in rest])]
    found = [
        Demand(title, given, tuple(texts[key] for key in mine if key in texts)[:3],
               tuple(sum(counts) for counts in zip(*(weeks[key] for key in mine), strict=True)))
        for title, given, mine in groups
    ]
    return sorted((one for one in found if one.count), key=lambda one: (-one.count, one.title))


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
