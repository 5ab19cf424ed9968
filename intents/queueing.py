"""The queue by value: what a person should look at next, exact repeats counted and near ones side by side."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from tortoise.expressions import Q
from tortoise.functions import Count, Max

from intents.clusters import clusters
from intents.models import Heard, Label
from intents.outcomes import WORTH, Reason, reasons

Why = Literal["all", "wrong", "missed", "unsure", "outside"]
MOST = 240
"""Different sentences that one look at the queue puts in order."""
WRONG = Q(outcome="denied") | Q(outcome="changed_theme_later", value__gte=WORTH["changed"])
FILTERS: dict[Why, Q] = {
    "all": Q(value__gt=0),
    "wrong": Q(value__gt=0) & WRONG,
    "missed": Q(value__gt=0, band="unknown"),
    "unsure": Q(value__gt=0, band__in=("act", "confirm", "choose")) & ~WRONG,
    "outside": Q(value__gt=0, band="out_of_scope"),
}
"""What one may want to see."""
_FREQUENT = 0.15
"""How much a doubling of how often something is said adds to its value."""


@dataclass(frozen=True)
class Line:
    """One sentence with how often it was said and by what it is known."""

    row: Heard
    """The one of most value among those that read the same."""
    count: int
    last: date

    @property
    def key(self) -> str:
        """What all that read the same have in common."""
        return self.row.key

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why a person should look at it."""
        return reasons(self.row)


@dataclass(frozen=True)
class Cluster:
    """A sentence and those that are nearly the same."""

    lines: tuple[Line, ...]

    @property
    def lead(self) -> Line:
        """The one that stands for all."""
        return self.lines[0]

    @property
    def count(self) -> int:
        """How often something of it was said."""
        return sum(line.count for line in self.lines)

    @property
    def last(self) -> date:
        """The last day on which something of it was said."""
        return max(line.last for line in self.lines)

    @property
    def value(self) -> float:
        """The order of the queue: what a label teaches, and more the more often it is said."""
        return int(self.lead.row.value) * (1 + _FREQUENT * math.log2(self.count))

    @property
    def suggestions(self) -> tuple[str, ...]:
        """Up to three one-things that may be meant: what citizens took in the end, if it was read too, then the best
        readings, and last what they took although nothing of it was read: perhaps they had gone over to that."""
        read = [code for code, _ in self.lead.row.top]
        took = list(dict.fromkeys(line.row.chosen for line in self.lines if line.row.chosen))
        far = [code for code in took if code not in read][:1]
        near = [code for code in (*took, *read) if code in read]
        return (*tuple(dict.fromkeys(near))[: 3 - len(far)], *far)


async def queue(why: Why = "all", text: str = "") -> list[Cluster]:
    """What waits for a label, the most valuable first. ``text`` narrows to sentences that hold it."""
    found = await _lines(FILTERS[why] & (Q(text__contains=text) if text else Q()))
    parts = await asyncio.to_thread(clusters, [line.row.text for line in found])
    made = [Cluster(tuple(found[place] for place in part)) for part in parts]
    return sorted(made, key=lambda one: -one.value)


async def waiting() -> dict[Why, int]:
    """About how many sentences wait, for each thing one may want to see; one with two outcomes counts twice."""
    groups = await (
        _new(FILTERS["all"]).annotate(n=Count("key", distinct=True)).group_by("band", "outcome", "value")
        .values("band", "outcome", "value", "n")
    )
    counts: dict[Why, int] = dict.fromkeys(FILTERS, 0)
    for one in groups:
        for why in _whys(one["band"], one["outcome"], one["value"]):
            counts[why] += one["n"]
    return counts


def _whys(band: str, outcome: str, value: int) -> list[Why]:
    """The filters of `FILTERS` that let a row through."""
    wrong = outcome == "denied" or (outcome == "changed_theme_later" and value >= WORTH["changed"])
    found: list[Why] = ["all"]
    found += ["wrong"] if wrong else []
    if band == "unknown":
        found.append("missed")
    elif band == "out_of_scope":
        found.append("outside")
    elif not wrong:
        found.append("unsure")
    return found


async def lines_of(keys: Iterable[str]) -> list[Line]:
    """The sentences with these keys that wait; in the order of the queue."""
    return await _lines(Q(key__in=list(keys)))


def _new(which: Q) -> Any:
    return Heard.filter(which, state="new")


async def _lines(which: Q) -> list[Line]:
    groups = await (
        _new(which).annotate(said=Count("id"), worth=Max("value"), last=Max("day")).group_by("key")
        .order_by("-worth", "-said", "key").limit(MOST).values("key", "said", "last")
    )
    keys = [one["key"] for one in groups]
    labelled = set(await Label.filter(key__in=keys, state="accepted").values_list("key", flat=True))
    rows = await _best([key for key in keys if key not in labelled])
    return [Line(rows[one["key"]], one["said"], _day(one["last"])) for one in groups if one["key"] in rows]


async def _best(keys: list[str]) -> dict[str, Heard]:
    """For each key the row of most value; what is said very often may need a look of its own."""
    ids: dict[str, Any] = {}
    found = Heard.filter(key__in=keys, state="new").order_by("-value", "-day", "id")
    for id_, key in await found.limit(10 * MOST).values_list("id", "key"):
        ids.setdefault(str(key), id_)
    for key in keys:
        if key not in ids and (one := await found.filter(key=key).first()):
            ids[key] = one.id
    return {row.key: row for row in await Heard.filter(id__in=list(ids.values()))}


def _day(value: Any) -> date:
    """SQLite gives the greatest day as text."""
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
