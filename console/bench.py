"""The bench as the console shows it: each sentence with why it waits, how it was read, and what it may mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from cases.actors import Staff
from console.content_files import intents_folders
from console.desk import ConsoleDesk
from console.wording import words
from intents.catalogue import Catalogue
from intents.data_checks import Known, Remark
from intents.labels import KINDS, OUT
from intents.queueing import Cluster
from intents.sentences import known
from intents.training.golden import By


@lru_cache(maxsize=2)
def _catalogue(folders: tuple[Path, ...]) -> Catalogue:
    return Catalogue.load(list(folders))


def catalogue_of(desk: ConsoleDesk) -> Catalogue:
    """The one-things there are, as they were at the start."""
    return _catalogue(tuple(intents_folders(desk)))


def utterances_of(desk: ConsoleDesk) -> list[Path]:
    """Folders of the training sentences, later ones laid over earlier ones."""
    return [folder / "utterances" for folder in intents_folders(desk)]


async def known_of(desk: ConsoleDesk) -> Known:
    """What labels are compared with."""
    return await known(utterances_of(desk))


def by(staff: Staff) -> By:
    """A member of staff as labels know them."""
    return By(staff.actor, staff.name)


def title_of(desk: ConsoleDesk, intent: str) -> str:
    """An intent in words; its code when it is gone."""
    if intent.startswith(OUT):
        return words().first(f"bench.kind.{intent.removeprefix(OUT)}", "bench.kind.gone")
    entry = catalogue_of(desk).entries.get(intent)
    return entry.title if entry else intent


def is_intent(desk: ConsoleDesk, intent: str) -> bool:
    """Whether a sentence may be labelled so."""
    return intent in catalogue_of(desk) or intent in {f"{OUT}{kind}" for kind in KINDS}


def intents_named(desk: ConsoleDesk, text: str) -> list[str]:
    """Codes of the one-things of that name, exactly or, when there is none, in part."""
    text = text.strip()
    names = {
        code: (code, entry.title, entry.official_title, *entry.aliases)
        for code, entry in catalogue_of(desk).entries.items()
    }
    exact = [code for code, mine in names.items() if text in mine]
    return exact or [code for code, mine in names.items() if text and any(text in name for name in mine)]


@dataclass(frozen=True)
class Pick:
    """One thing a sentence may mean, on a button."""

    code: str
    title: str
    score: int | None
    """How sure the recogniser was, in percent."""
    taken: bool
    """The citizen took it in the end."""


@dataclass(frozen=True)
class Card:
    """A cluster of the queue as it is shown."""

    cluster: Cluster
    picks: tuple[Pick, ...]
    reading: str
    """How it was read then, in a sentence."""
    came: str
    """What came of it, in a sentence; empty when there is nothing to tell."""

    @property
    def key(self) -> str:
        """Of the sentence that stands for all."""
        return self.cluster.lead.key

    def as_data(self) -> dict[str, Any]:
        """The same for programs."""
        lead = self.cluster.lead
        return {
            "key": self.key, "text": lead.row.text, "count": self.cluster.count, "last": self.cluster.last.isoformat(),
            "value": round(self.cluster.value, 1), "reasons": list(lead.reasons), "band": lead.row.band,
            "kind": lead.row.out_kind, "outcome": lead.row.outcome, "engine": lead.row.engine,
            "suggestions": [{"intent": p.code, "title": p.title, "percent": p.score, "taken": p.taken}
                            for p in self.picks],
            "similar": [{"key": line.key, "text": line.row.text, "count": line.count}
                        for line in self.cluster.lines[1:]],
        }


def card_of(desk: ConsoleDesk, cluster: Cluster) -> Card:
    """A cluster with its buttons and sentences."""
    row = cluster.lead.row
    scores = {code: round(100 * score) for code, score in row.top}
    taken = {line.row.chosen for line in cluster.lines}
    picks = tuple(
        Pick(code, title_of(desk, code), scores.get(code), code in taken)
        for code in cluster.suggestions if code in catalogue_of(desk)
    )
    blanks = {"best": title_of(desk, row.best) if row.best else "", "kind": title_of(desk, f"{OUT}{row.out_kind}"),
              "percent": scores.get(row.best, 0), "chosen": title_of(desk, row.chosen) if row.chosen else ""}
    came = words()(f"bench.came.{row.outcome}", **blanks)
    if row.outcome == "denied" and row.chosen:
        came = words()("bench.came.denied_chosen", **blanks)
    return Card(cluster, picks, words()(f"bench.read.{row.band}", **blanks), came)


@dataclass(frozen=True)
class Said:
    """A remark of the data checks in plain words: what is the matter, and what to do."""

    kind: str
    level: str
    says: str
    do: str


def in_words(desk: ConsoleDesk, remarks: Iterable[Remark], written: bool = False) -> tuple[Said, ...]:
    """Remarks in plain words, each once. ``written``: of a sentence written by hand, where nothing can be skipped."""
    found = [_said(desk, remark, written) for remark in remarks]
    return tuple(dict.fromkeys(found))


def _said(desk: ConsoleDesk, remark: Remark, written: bool) -> Said:
    other, dos = remark.other, ("do_written", "do") if written else ("do",)
    where = other.where if other else ""
    blanks = {
        "text": remark.text, "count": remark.count, "other": other.text if other else "",
        "intent": title_of(desk, other.intent) if other else "",
        "where": words().first(f"bench.where.{where}", "bench.where.file", file=where),
    }
    return Said(remark.kind, remark.level, words()(f"bench.check.{remark.kind}", **blanks),
                words().first(*(f"bench.{do}.{remark.kind}" for do in dos), **blanks))
