"""Utterances that are kept to learn from: made into masked rows, updated when their outcome is known, forgotten."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from core.clock import today
from intents.acts import normal
from intents.masking import masked
from intents.models import Heard
from intents.outcomes import Outcome, value_of
from intents.understanding import Context, Understanding

LONGEST = 400
"""Characters that are kept: who tells more has asked long before."""


@dataclass(frozen=True)
class Utterance:
    """Something said, with all that is needed to make a row of it. It is masked before it leaves memory."""

    id: UUID
    read: Understanding
    context: Context
    outcome: Outcome
    channel: str = "web"
    known: tuple[str, ...] = ()
    """Personal values on the table, to be replaced wherever they stand."""


@dataclass(frozen=True)
class Came:
    """What came of an utterance said before."""

    id: UUID
    outcome: Outcome
    chosen: str = ""


def key_of(text: str) -> str:
    """The same for all words that read the same to an engine, whatever their marks, width and particles."""
    return hashlib.sha256(normal(text).encode()).hexdigest()[:32]


def row_of(said: Utterance) -> Heard:
    """The masked row of an utterance."""
    read, text = said.read, masked(said.read.text, said.known)[:LONGEST]
    first, second = [*(one.score for one in read.ranking[:2]), 0.0, 0.0][:2]
    row = Heard(
        id=said.id, day=today(), channel=said.channel, text=text, key=key_of(text), band=read.band,
        out_kind=read.out_kind or "", top=[[one.code, round(one.score, 4)] for one in read.ranking[:3]],
        best=read.ranking[0].code if read.ranking else "", score=round(first, 4), margin=round(first - second, 4),
        near=round(read.near, 4), one_thing=said.context.one_thing or "", asked=said.context.expecting,
        engine=read.details.get("engine", "")[:80], outcome=said.outcome,
    )
    row.value = value_of(row)
    return row


def settle(row: Heard, came: Came) -> None:
    """Put an outcome into a row. What a citizen denied stays denied, whatever they took afterwards."""
    row.outcome = "denied" if row.outcome == "denied" else came.outcome
    row.chosen = came.chosen or row.chosen
    row.value = value_of(row)


async def settle_stored(came: Came) -> bool:
    """The same for a row in the database; False when it is not there."""
    row = await Heard.get_or_none(id=came.id)
    if row is None:
        return False
    settle(row, came)
    await row.save(update_fields=["outcome", "chosen", "value"])
    return True


async def forget_heard(days: int) -> int:
    """Delete what is older than ``days``, and call abandoned what nothing came of; returns how many were deleted."""
    await Heard.filter(outcome="open", day__lt=today()).update(outcome="abandoned")
    return await Heard.filter(day__lt=oldest(days)).delete()


def oldest(days: int) -> date:
    """The first day that is still kept."""
    return today() - timedelta(days=days)
