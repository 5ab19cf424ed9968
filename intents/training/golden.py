"""The golden set: sentences whose meaning operators vouch for. They measure recognisers and never train one."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from core import audit
from core.clock import now
from core.errors import CitizenError, NotFound
from intents.masking import masked
from intents.models import GoldenSentence
from intents.training.keys import key_of
from intents.training.reading import OUTSIDE
from nlu.normalise import clean

LONGEST = 300
MOST_LINES = 5000
REFUSED = "OOS"
"""How files name what is none of ours, as ``yijianshi predict`` writes it."""
COLUMNS = ("text", "intent", "note")


@dataclass(frozen=True)
class By:
    """Who does something on the bench: the actor of the audit log, and a name to show."""

    actor: str
    name: str


class GoldenRefused(CitizenError):
    """A golden sentence cannot be kept like this; ``reason`` in the details says why, ``line`` where in a file."""

    code = "golden_refused"
    status = 422


async def golden_pairs() -> list[tuple[str, str]]:
    """(sentence, intent) of the whole set, in a fixed order."""
    rows = await GoldenSentence.all().order_by("key").values_list("text", "intent")
    return [(str(text), str(intent)) for text, intent in rows]


async def golden_digest() -> str:
    """Names the present set; empty when there is none."""
    pairs = await golden_pairs()
    return hashlib.sha256(repr(pairs).encode()).hexdigest()[:16] if pairs else ""


async def add(text: str, intent: str, note: str, by: By, known: Mapping[str, str]) -> GoldenSentence:
    """Keep one sentence. ``known`` maps codes to titles. Raises `GoldenRefused` (``text``, ``intent``, ``twice``)."""
    made = _row(text, intent, note, by, names_of(known))
    try:
        async with in_transaction():
            await made.save()
            await audit.record(by.actor, "golden.added", f"golden:{made.id}", details={"intent": made.intent})
    except IntegrityError as problem:
        raise GoldenRefused(reason="twice") from problem
    return made


async def change(sentence: GoldenSentence, intent: str, note: str, by: By, known: Mapping[str, str]) -> None:
    """Another meaning or note. Raises `GoldenRefused` (``intent``)."""
    label = _label(intent, names_of(known))
    async with in_transaction():
        await GoldenSentence.filter(id=sentence.id).update(
            intent=label, note=clean(note)[:200], by=by.actor, by_name=by.name, at=now()
        )
        await audit.record(by.actor, "golden.changed", f"golden:{sentence.id}",
                           details={"from": sentence.intent, "to": label})


async def remove(sentence: GoldenSentence, by: By) -> None:
    """Take one out."""
    async with in_transaction():
        await GoldenSentence.filter(id=sentence.id).delete()
        await audit.record(by.actor, "golden.removed", f"golden:{sentence.id}", details={"intent": sentence.intent})


async def sentence_of(text: str) -> GoldenSentence:
    """One sentence by its id. Raises `NotFound`."""
    try:
        found = await GoldenSentence.get_or_none(id=text)
    except ValueError as problem:
        raise NotFound() from problem
    if found is None:
        raise NotFound()
    return found


async def take_file(text: str, by: By, known: Mapping[str, str]) -> tuple[int, int]:
    """Keep every sentence of a TSV (``text``, ``intent``, ``note``); all of it, or nothing when a line is wrong.

    Returns how many came in and how many were there already; a line that says another meaning changes it.
    Raises `GoldenRefused` with ``line``.
    """
    rows, names = _read(text), names_of(known)
    made: dict[str, GoldenSentence] = {}
    for line, (said, intent, note) in rows:
        try:
            row = _row(said, intent, note, by, names)
        except GoldenRefused as refused:
            raise GoldenRefused(reason=refused.details["reason"], line=line) from refused
        if row.key in made and made[row.key].intent != row.intent:
            raise GoldenRefused(reason="two_meanings", line=line)
        made[row.key] = row
    there = {row.key: row for row in await GoldenSentence.filter(key__in=list(made))}
    async with in_transaction():
        await GoldenSentence.bulk_create([row for key, row in made.items() if key not in there])
        for key, old in there.items():
            if old.intent != made[key].intent:
                await GoldenSentence.filter(id=old.id).update(
                    intent=made[key].intent, by=by.actor, by_name=by.name, at=now()
                )
        await audit.record(by.actor, "golden.imported", "golden", details={"sentences": len(made)})
    return len(made) - len(there), len(there)


async def as_file() -> str:
    """The whole set as TSV."""
    written = io.StringIO()
    out = csv.writer(written, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
    out.writerow(COLUMNS)
    for row in await GoldenSentence.all().order_by("intent", "key"):
        out.writerow([row.text, row.intent, row.note])
    return written.getvalue()


def names_of(known: Mapping[str, str]) -> dict[str, str]:
    """What may be written for an intent: its code or its title."""
    return {title: code for code, title in known.items()} | {code: code for code in known} | {REFUSED: OUTSIDE}


def _row(text: str, intent: str, note: str, by: By, names: Mapping[str, str]) -> GoldenSentence:
    said = masked(clean(text.replace("\t", " ")))
    if not said or len(said) > LONGEST:
        raise GoldenRefused(reason="text")
    return GoldenSentence(
        key=key_of(said), text=said, intent=_label(intent, names), note=clean(note)[:200], by=by.actor,
        by_name=by.name, at=now(),
    )


def _label(intent: str, names: Mapping[str, str]) -> str:
    given = intent.strip()
    if given in names:
        return names[given]
    if given == OUTSIDE or given in {f"{OUTSIDE}.{kind}" for kind in KINDS}:
        return given
    raise GoldenRefused(reason="intent")


KINDS: Collection[str] = ("other_service", "complaint", "chitchat", "gibberish", "injection")
"""Kinds of what is none of ours."""


def _read(text: str) -> list[tuple[int, tuple[str, str, str]]]:
    """(line, (sentence, intent, note)) of every line that is not empty; a heading may say the order of the columns."""
    numbered = enumerate(text.lstrip("\ufeff").splitlines(), 1)
    lines = [(number, row.split("\t")) for number, row in numbered if row.strip()]
    if not lines:
        raise GoldenRefused(reason="empty")
    if len(lines) > MOST_LINES:
        raise GoldenRefused(reason="long")
    head = [name.strip().lower() for name in lines[0][1]]
    order = [head.index(name) if name in head else -1 for name in COLUMNS] if "text" in head else [0, 1, 2]
    found = []
    for number, cells in lines[1:] if "text" in head else lines:
        said, intent, note = (cells[at].strip() if 0 <= at < len(cells) else "" for at in order)
        found.append((number, (said, intent, note)))
    return found
