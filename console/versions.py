"""Versions of the recogniser as the console names them: in words for people, as data for programs."""

from __future__ import annotations

from typing import Any

from console.bench import catalogue_of, title_of, utterances_of
from console.content_files import intents_folders
from console.desk import ConsoleDesk
from console.wording import words
from core.jobs import Jobs
from intents.models import ModelVersion
from intents.training.bench import Bench
from intents.training.measures import AUTOMATIC, Evaluation, Finding
from intents.training.reading import OUTSIDE

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


def beside(mine: Evaluation | None) -> str:
    """What a version was compared with, in words; empty when it was not."""
    if mine is None or mine.against is None:
        return ""
    key = "than_automatic" if mine.against == AUTOMATIC else "than"
    return words()(f"versions.{key}", version=mine.against)


def as_data(version: ModelVersion, summary: dict[str, Any] | None) -> dict[str, Any]:
    """A version for programs."""
    return {
        "version": version.id, "state": version.state, "digest": version.digest, "engine": version.engine,
        "sentences": version.sentences, "labels": version.labels, "intents": version.intents,
        "left_out": version.left_out, "server_model": version.server_model, "parent": version.parent_id,
        "by": version.by_name, "at": version.at.isoformat(), "seconds": version.seconds, "note": version.note,
        "figures": summary,
    }
