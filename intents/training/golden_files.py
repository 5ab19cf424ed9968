"""The golden set as a file: taken in line by line, all of it or nothing, and given out as it stands."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from tortoise.transactions import in_transaction

from core import audit
from intents.data_checks import Known, Remark, check_golden, refuses
from intents.models import GoldenSentence
from intents.training.golden import By, GoldenRefused, names_of, put, row_of

MOST_LINES = 5000
COLUMNS = ("text", "intent", "note")


@dataclass(frozen=True)
class Imported:
    """What came of a file."""

    new: int
    changed: int
    """Were there with another meaning or note."""
    known: int
    """Were there like this."""
    trained: int
    """Of those that are new or mean something else, how many stand among the sentences to train on: from now on they
    train no more."""


@dataclass(frozen=True)
class _Line:
    row: GoldenSentence
    number: int
    notes: bool
    """Whether the line says something about the note; silence leaves it as it is."""


async def take_file(
    text: str, by: By, known: Mapping[str, str], beside: Known | None = None, sure: bool = False
) -> Imported:
    """Keep every sentence of a TSV (``text``, ``intent``, ``note``); all of it, or nothing when a line is wrong.

    A line that says another meaning or note changes it. ``known``, ``beside`` and ``sure`` as in
    `intents.training.golden.add`. Raises `GoldenRefused` with ``line``, or ``doubtful`` with ``remarks`` of all lines.
    """
    made = _lines(text, by, names_of(known))
    there = {row.key: row for row in await GoldenSentence.filter(key__in=list(made))}
    says_new = [line for key, line in made.items() if key not in there or there[key].intent != line.row.intent]
    remarks = await asyncio.to_thread(_look, says_new, beside) if beside else []
    if refuses([one for _, one in remarks], sure):
        raise GoldenRefused(reason="doubtful", remarks=remarks)
    changed = [(there[key], line) for key, line in made.items() if key in there and _differs(there[key], line)]
    async with in_transaction():
        await GoldenSentence.bulk_create([line.row for key, line in made.items() if key not in there])
        for old, line in changed:
            await put(old, line.row.intent, line.row.note if line.notes else old.note, by)
        await audit.record(by.actor, "golden.imported", "golden", details={
            "sentences": len(made), "new": len(made) - len(there), "changed": len(changed)})
    trained = sum(one.kind in ("learned", "learned_elsewhere") for _, one in remarks)
    return Imported(len(made) - len(there), len(changed), len(there) - len(changed), trained)


def _lines(text: str, by: By, names: Mapping[str, str]) -> dict[str, _Line]:
    made: dict[str, _Line] = {}
    for number, (said, intent, note) in _read(text):
        try:
            row = row_of(said, intent, note or "", by, names)
        except GoldenRefused as refused:
            raise GoldenRefused(reason=refused.details["reason"], line=number) from refused
        if row.key in made and made[row.key].row.intent != row.intent:
            raise GoldenRefused(reason="two_meanings", line=number)
        made[row.key] = _Line(row, number, note is not None)
    return made


def _differs(old: GoldenSentence, line: _Line) -> bool:
    return old.intent != line.row.intent or (line.notes and old.note != line.row.note)


def _look(lines: list[_Line], beside: Known) -> list[tuple[int, Remark]]:
    return [(line.number, one) for line in lines for one in check_golden(line.row.text, line.row.intent, beside)]


async def as_file() -> str:
    """The whole set as TSV."""
    written = io.StringIO()
    out = csv.writer(written, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
    out.writerow(COLUMNS)
    for row in await GoldenSentence.all().order_by("intent", "key"):
        out.writerow([row.text, row.intent, row.note])
    return written.getvalue()


def _read(text: str) -> list[tuple[int, tuple[str, str, str | None]]]:
    """(line, (sentence, intent, note)) of every line that is not empty; a heading may say the order of the columns.

    The note is None where the file says nothing about it: no such column, or a blank one without a heading.
    """
    numbered = enumerate(text.lstrip("\ufeff").splitlines(), 1)
    lines = [(number, row.split("\t")) for number, row in numbered if row.strip()]
    if not lines:
        raise GoldenRefused(reason="empty")
    if len(lines) > MOST_LINES:
        raise GoldenRefused(reason="long")
    head = [name.strip().lower() for name in lines[0][1]]
    headed = "text" in head
    order = [head.index(name) if name in head else -1 for name in COLUMNS] if headed else [0, 1, 2]
    found: list[tuple[int, tuple[str, str, str | None]]] = []
    for number, cells in lines[1:] if headed else lines:
        said, intent, note = (cells[at].strip() if 0 <= at < len(cells) else "" for at in order)
        found.append((number, (said, intent, note if note or (headed and order[2] >= 0) else None)))
    return found
