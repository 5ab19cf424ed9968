"""Figures of a version beside those of another: by either measure, of the server, and for each intent."""

from __future__ import annotations

from dataclasses import dataclass

from console.desk import ConsoleDesk
from console.versions import named
from intents.training.comparing import moved
from intents.training.evaluation import OfIntent, Report
from intents.training.measures import Evaluation, Measure

MEASURES: tuple[Measure, Measure] = ("folds", "golden")
MORE_IS_BETTER = ("accuracy", "first", "three")


@dataclass(frozen=True)
class Figure:
    """One figure of a version beside that of another."""

    key: str
    """Wording under ``versions.figure``."""
    now: float | None
    before: float | None
    more_is_better: bool = True

    @property
    def turn(self) -> str:
        """``better``, ``worse``, ``same``, or ``unknown`` where one of them was not measured."""
        if self.now is None or self.before is None:
            return "unknown"
        if round(self.now, 3) == round(self.before, 3):
            return "same"
        return "better" if (self.now > self.before) == self.more_is_better else "worse"


@dataclass(frozen=True)
class Shown:
    """One measure of a version, beside the same measure of the one it is compared with."""

    by: Measure
    report: Report | None
    before: Report | None


def measured_by(by: Measure, mine: Evaluation | None, other: Evaluation | None) -> Shown:
    """One measure; without reports where it was not taken."""
    if by == "golden":
        return Shown(by, mine.golden if mine else None, mine.golden_before if mine else None)
    return Shown(by, mine.folds if mine else None, other.folds if other else None)


def shown(mine: Evaluation | None, other: Evaluation | None, wanted: str = "") -> Shown:
    """The measure that somebody wants to see, cross-validation when nobody says; the other where it was not taken."""
    first, second = (measured_by(by, mine, other) for by in (("golden", "folds") if wanted == "golden" else MEASURES))
    return first if first.report or not second.report else second


def measures(mine: Evaluation | None) -> list[Measure]:
    """The measures that were taken."""
    return [by for by in MEASURES if measured_by(by, mine, None).report]


def figures(mine: Evaluation | None, other: Evaluation | None, wanted: str = "") -> list[Figure]:
    """The figures that people look at first: how much is right by both measures, the rest by the one wanted."""
    golden, folds = (measured_by(by, mine, other) for by in ("golden", "folds"))
    told = [("golden", "accuracy", golden), ("accuracy", "accuracy", folds)]
    told += [(name, name, shown(mine, other, wanted)) for name in ("first", "three", "accepted", "refused", "error")]
    return [Figure(key, getattr(one.report, name, None), getattr(one.before, name, None), name in MORE_IS_BETTER)
            for key, name, one in told]


def server_figures(mine: Evaluation | None) -> list[Figure]:
    """The same of the server beside us, over the golden set; empty where none has read it."""
    report, before = (mine.server, mine.server_before) if mine else (None, None)
    if report is None:
        return []
    return [
        Figure(f"server_{key}", getattr(report, key), getattr(before, key, None), key in ("accuracy", "first"))
        for key in ("accuracy", "first", "accepted", "refused", "error")
    ]


@dataclass(frozen=True)
class Row:
    """One intent in one version, beside another."""

    title: str
    now: OfIntent | None
    before: OfIntent | None
    fell: float


def rows(desk: ConsoleDesk, report: Report | None, before: Report | None) -> list[Row]:
    """Every intent, the one that fell most first; by recall where there is nothing to compare with."""
    found = [Row(named(desk, one.intent), one.after, one.before, one.fell) for one in moved(before, report)]
    return found if before else sorted(found, key=lambda row: row.now.recall if row.now else 1.0)
