"""Labels: what operators say sentences mean. Given in one act, undone in one, each act in the audit log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID, uuid4

from tortoise.transactions import in_transaction

from core import audit
from core.clock import now
from intents.heard import key_of
from intents.models import Heard, Label
from intents.training.golden import By

MOST_IDS = 50
"""Ids of utterances that a label remembers; how many there were in all is in the audit log."""
OUT = "out_of_scope."
KINDS = ("other_service", "complaint", "chitchat", "gibberish", "injection")
"""What is none of our one-things, in the order of the keys on the bench."""
WISH = f"{OUT}other_service"
"""The only label that asks what was wanted."""


async def accepted_labels() -> tuple[Label, ...]:
    """Every label that stands, oldest first; those written into the files already among them."""
    return tuple(await Label.filter(state="accepted").order_by("at", "id"))


async def give(texts: Sequence[str], intent: str, by: By, wish: str = "") -> UUID:
    """Label sentences, and everything waiting that reads the same, in one act; returns its number for undoing.

    ``intent`` is the code of a one-thing or ``out_of_scope.`` with a kind. Whoever calls has looked at
    `intents.data_checks` before.
    """
    batch = uuid4()
    sentences = {key_of(text): text for text in reversed(texts)}
    async with in_transaction():
        for key, text in reversed(sentences.items()):
            same = Heard.filter(key=key, state="new")
            said = await same.order_by("-day").limit(MOST_IDS).values_list("id", flat=True)
            await Label.create(
                text=text, key=key, intent=intent, wish=wish if intent == WISH else "", by=by.actor, by_name=by.name,
                at=now(), batch=batch, heard=[str(one) for one in said],
            )
        heard = await Heard.filter(key__in=list(sentences), state="new").update(state="labelled")
        await audit.record(by.actor, "understanding.labelled", f"labels:{batch}",
                           details={"intent": intent, "sentences": len(sentences), "heard": heard})
    return batch


async def undo(batch: UUID, by: By) -> int:
    """Take back what was given in one act, and put the utterances back into the queue; returns how many labels.

    What was written into the files already stays there: they are changed like any other content.
    """
    async with in_transaction():
        mine = Label.filter(batch=batch, state="accepted")
        keys = list(await mine.values_list("key", flat=True))
        count = await mine.update(state="undone", undone_at=now(), undone_by=by.actor)
        if count:
            still = set(await Label.filter(key__in=keys, state="accepted").values_list("key", flat=True))
            gone = [key for key in keys if key not in still]
            await Heard.filter(key__in=gone, state="labelled").update(state="new")
            await audit.record(by.actor, "understanding.undone", f"labels:{batch}", details={"sentences": count})
    return count


async def skip(keys: Iterable[str], by: By) -> None:
    """Leave out of the queue what reads so: nothing can be learned from it."""
    await _move(list(keys), "new", "skipped", by)


async def unskip(keys: Iterable[str], by: By) -> None:
    """Put back what was left out."""
    await _move(list(keys), "skipped", "new", by)


async def _move(keys: list[str], before: str, after: str, by: By) -> None:
    async with in_transaction():
        count = await Heard.filter(key__in=keys, state=before).update(state=after)
        if count:
            await audit.record(by.actor, f"understanding.{after if after == 'skipped' else 'unskipped'}", "heard",
                               details={"keys": keys[:MOST_IDS], "heard": count})
