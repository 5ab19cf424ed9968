"""Versions of the recogniser as the console shows them: figures, findings in words, and what charts are drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from console.bench import catalogue_of, title_of, utterances_of
from console.content_files import intents_folders
from console.desk import ConsoleDesk
from console.wording import words
from core.jobs import Jobs
from intents.models import ModelVersion
from intents.training.bench import Bench
from intents.training.comparing import moved
from intents.training.evaluation import BINS, OfIntent, Report, share
from intents.training.measures import AUTOMATIC, Evaluation, Finding, Measure
from intents.training.reading import OUTSIDE
from intents.training.trend import Week

MEASURES: tuple[Measure, Measure] = ("folds", "golden")
MORE_IS_BETTER = ("accuracy", "first", "three")
MOST_CONFUSED = 30
"""Pairs in the table of what is taken for what."""
ABOUT_SERVER = ("no_server", "server_unread", "server_alone")
"""Findings whose words name the server by themselves."""


def bench_of(desk: ConsoleDesk) -> Bench:
    """The bench. A console that runs alone leaves the work to the app, whose sweep finds what waits."""
    return desk.bench or Bench(desk.settings, desk.kv, Jobs(), utterances_of(desk), intents_folders(desk))


def titles(desk: ConsoleDesk) -> dict[str, str]:
    """Code to title of every one-thing."""
    return {code: entry.title for code, entry in catalogue_of(desk).entries.items()}


def named(desk: ConsoleDesk, intent: str) -> str:
    """An intent in words, none of ours included."""
    return words()("versions.outside") if intent in (OUTSIDE, "") else title_of(desk, intent)


def percent(value: float | None, digits: int = 1) -> str:
    """A share as it is read; a dash where nothing is known."""
    return "—" if value is None else f"{100 * value:.{digits}f}%"


def said(desk: ConsoleDesk, one: Finding) -> str:
    """A finding of the gate in words."""
    told = words()(
        f"versions.gate.{one.kind}", intent=named(desk, one.intent), before=percent(one.before),
        after=percent(one.after), count=one.count, whole=one.whole,
        where=words()(f"versions.measure.{one.source}") if one.source else "",
    )
    of_both = one.reader == "server" and one.kind not in ABOUT_SERVER
    return words()("versions.by_server", said=told) if of_both else told


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
        """``better``, ``worse`` or ``same``."""
        if self.now is None or self.before is None or round(self.now, 3) == round(self.before, 3):
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


def beside(mine: Evaluation | None) -> str:
    """What a version was compared with, in words; empty when it was not."""
    if mine is None or mine.against is None:
        return ""
    key = "than_automatic" if mine.against == AUTOMATIC else "than"
    return words()(f"versions.{key}", version=mine.against)


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


def charts(desk: ConsoleDesk, report: Report) -> dict[str, Any]:
    """What the charts of a report are drawn from, words included."""
    say = words()
    bands = [f"{number * 100 // BINS}–{(number + 1) * 100 // BINS}%" for number in range(BINS)]
    return {
        "confusion": confusion(desk, report),
        "histogram": {
            "labels": bands,
            "series": [
                {"name": say(f"versions.bin.{kind}"), "kind": kind, "data": [getattr(one, kind) for one in report.bins]}
                for kind in ("right", "wrong", "outside")
            ],
        },
        "reliability": {
            "name": say("versions.chart.reliability_line"), "ideal": say("versions.chart.ideal"),
            "x": say("versions.chart.confidence"), "y": say("versions.chart.right"),
            "points": [[round(100 * one.confidence, 1), round(100 * share(one.right, one.count), 1), one.count]
                       for one in report.bins if one.count],
        },
    }


def confusion(desk: ConsoleDesk, report: Report) -> dict[str, Any]:
    """Rows are what was meant, columns what was answered; cells are counts."""
    codes = [code for code in report.by_intent if code != OUTSIDE] + [OUTSIDE] * (OUTSIDE in report.by_intent)
    place = {code: number for number, code in enumerate(codes)}
    cells = [[place[code], place[code], one.right] for code, one in report.by_intent.items() if one.right]
    cells += [[place[answer], place[truth], count] for truth, answer, count in report.confused]
    return {
        "labels": [named(desk, code) for code in codes], "cells": cells,
        "x": words()("versions.chart.answer"), "y": words()("versions.chart.truth"),
    }


def confused(desk: ConsoleDesk, report: Report) -> list[tuple[str, str, int]]:
    """(meant, answered, how often), the most frequent first."""
    return [(named(desk, truth), named(desk, answer), count) for truth, answer, count in
            report.confused[:MOST_CONFUSED]]


def trend_chart(found: Sequence[Week]) -> dict[str, Any]:
    """How much is understood, week by week."""
    say = words()
    kinds: Iterable[str] = ("understood", "offered", "lost", "outside")
    return {
        "labels": [say("versions.week", month=week.begins.month, day=week.begins.day) for week in found],
        "share": {"name": say("versions.chart.share"), "data": [round(100 * week.share, 1) for week in found]},
        "series": [{"name": say(f"versions.trend.{kind}"), "kind": kind,
                    "data": [getattr(week, kind) for week in found]} for kind in kinds],
        "count": say("versions.chart.count"),
    }


def as_data(version: ModelVersion, summary: dict[str, Any] | None) -> dict[str, Any]:
    """A version for programs."""
    return {
        "version": version.id, "state": version.state, "digest": version.digest, "engine": version.engine,
        "sentences": version.sentences, "labels": version.labels, "intents": version.intents,
        "left_out": version.left_out, "server_model": version.server_model, "parent": version.parent_id,
        "by": version.by_name, "at": version.at.isoformat(), "seconds": version.seconds, "note": version.note,
        "figures": summary,
    }
