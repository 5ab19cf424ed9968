"""The golden set: sentences whose meaning operators vouch for. They measure recognisers and never train one."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from core import audit
from core.clock import now
from core.errors import CitizenError, NotFound
from intents.data_checks import Known, Remark, check_golden, refuses
from intents.masking import masked
from intents.models import GoldenSentence
from intents.training.keys import key_of
from intents.training.reading import OUTSIDE, plain_truth
from nlu.normalise import clean

LONGEST = 300
LONGEST_NOTE = 200
REFUSED = "OOS"
"""How files name what is none of ours, as ``yijianshi predict`` writes it."""


@dataclass(frozen=True)
class By:
    """Who does something on the bench: the actor of the audit log, and a name to show."""

    actor: str
    name: str


class GoldenRefused(CitizenError):
    """A golden sentence cannot be kept like this; ``reason`` in the details says why, ``line`` where in a file.

    With ``doubtful``, ``remarks`` holds (line, remark): what somebody has to look at first, and may overrule then.
    """

    code = "golden_refused"
    status = 422


async def golden_pairs() -> list[tuple[str, str]]:
    """(sentence, intent) of the whole set, in a fixed order."""
    rows = await GoldenSentence.all().order_by("key").values_list("text", "intent")
    return [(str(text), str(intent)) for text, intent in rows]


async def golden_digest() -> str:
    """Names the present set; empty when there is none."""
    return digest_of(await golden_pairs())


def digest_of(pairs: list[tuple[str, str]]) -> str:
    """Names a set; empty when nothing is in it."""
    return hashlib.sha256(repr(pairs).encode()).hexdigest()[:16] if pairs else ""


def truths_of(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """What each sentence of a set meant, by the first 16 characters of its key: enough to see later what became of
    it. Every kind of none of ours is the same."""
    return {key_of(text)[:16]: plain_truth(intent) for text, intent in pairs}


@dataclass(frozen=True)
class Vouched:
    """A sentence that was kept, and what there is to say of it."""

    sentence: GoldenSentence
    remarks: tuple[Remark, ...] = ()


async def add(
    text: str, intent: str, note: str, by: By, known: Mapping[str, str], beside: Known | None = None,
    sure: bool = False,
) -> Vouched:
    """Keep one sentence. ``known`` maps codes to titles; ``beside`` is what recognisers are trained on, and with
    ``sure`` somebody has looked at what is near.

    Raises `GoldenRefused` (``text``, ``intent``, ``twice``, ``doubtful``).
    """
    made = row_of(text, intent, note, by, names_of(known))
    if await GoldenSentence.exists(key=made.key):
        raise GoldenRefused(reason="twice")
    remarks = check_golden(made.text, made.intent, beside) if beside else ()
    if refuses(remarks, sure):
        raise GoldenRefused(reason="doubtful", remarks=[(0, one) for one in remarks])
    try:
        async with in_transaction():
            await made.save()
            await audit.record(by.actor, "golden.added", f"golden:{made.id}", details={"intent": made.intent})
    except IntegrityError as problem:
        raise GoldenRefused(reason="twice") from problem
    return Vouched(made, remarks)


async def change(
    sentence: GoldenSentence, intent: str, note: str, by: By, known: Mapping[str, str], beside: Known | None = None,
    sure: bool = False,
) -> None:
    """Another meaning or note; ``known``, ``beside`` and ``sure`` as in `add`, where the meaning is another one.

    Raises `GoldenRefused` (``intent``, ``doubtful``).
    """
    label = _label(intent, names_of(known))
    remarks = check_golden(sentence.text, label, beside) if beside and label != sentence.intent else ()
    if refuses(remarks, sure):
        raise GoldenRefused(reason="doubtful", remarks=[(0, one) for one in remarks])
    async with in_transaction():
        await put(sentence, label, note_of(note), by)


async def put(sentence: GoldenSentence, intent: str, note: str, by: By) -> None:
    """Write another meaning or note, and what it was, inside a transaction."""
    await GoldenSentence.filter(id=sentence.id).update(
        intent=intent, note=note, by=by.actor, by_name=by.name, at=now())
    notes = {"note_from": sentence.note, "note_to": note} if note != sentence.note else {}
    await audit.record(by.actor, "golden.changed", f"golden:{sentence.id}",
                       details={"from": sentence.intent, "to": intent, **notes})


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


def names_of(known: Mapping[str, str]) -> dict[str, str]:
    """What may be written for an intent: its code or its title."""
    return {title: code for code, title in known.items()} | {code: code for code in known} | {REFUSED: OUTSIDE}


def note_of(text: str) -> str:
    """A note as it is kept: masked like the sentence it stands beside."""
    return masked(text)[:LONGEST_NOTE]


def row_of(text: str, intent: str, note: str, by: By, names: Mapping[str, str]) -> GoldenSentence:
    """A sentence as it is kept, not saved. Raises `GoldenRefused` (``text``, ``intent``)."""
    said = masked(clean(text.replace("\t", " ")))
    if not said or len(said) > LONGEST:
        raise GoldenRefused(reason="text")
    return GoldenSentence(
        key=key_of(said), text=said, intent=_label(intent, names), note=note_of(note), by=by.actor,
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
