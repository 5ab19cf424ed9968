"""What the charts of a version are drawn from: what is taken for what, how sure it was and how right, week by week."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from console.desk import ConsoleDesk
from console.versions import named
from console.wording import words
from intents.training.evaluation import BINS, Report, share
from intents.training.reading import OUTSIDE
from intents.training.trend import Week

MOST_CONFUSED = 30
"""Pairs in the table of what is taken for what."""


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
