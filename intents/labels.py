"""Labels: what operators say sentences mean. Given in one act, undone in one, each act in the audit log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID, uuid4

from tortoise.transactions import in_transaction

from core import audit
from core.clock import now
from core.errors import CitizenError
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
LOCK = "labels"
"""Held from looking at sentences until their labels stand, so that two acts at once cannot contradict each other."""


class LabelContradicts(CitizenError):
    """The same words have a label with another meaning: take that one back first, or choose its meaning."""

    code = "label_contradicts"
    status = 409


async def accepted_labels() -> tuple[Label, ...]:
    """Every label that stands, oldest first; those written into the files already among them."""
    return tuple(await Label.filter(state="accepted").order_by("at", "id"))


async def give(texts: Sequence[str], intent: str, by: By, wish: str = "") -> UUID:
    """Label sentences, and everything waiting that reads the same, in one act; returns its number for undoing.

    ``intent`` is the code of a one-thing or ``out_of_scope.`` with a kind. Whoever calls has looked at
    `intents.data_checks` before, and holds `LOCK` since. Raises `LabelContradicts`, and nothing is labelled.
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
        await _agree(list(sentences), intent)
        await audit.record(by.actor, "understanding.labelled", f"labels:{batch}",
                           details={"intent": intent, "sentences": len(sentences), "heard": heard})
    return batch


async def _agree(keys: list[str], intent: str) -> None:
    other = await Label.filter(key__in=keys, state="accepted").exclude(intent=intent).order_by("at").first()
    if other is not None:
        raise LabelContradicts(f"`{other.text}` is labelled {other.intent}", text=other.text, intent=other.intent)


async def skip(keys: Iterable[str], by: By) -> int:
    """Leave out of the queue what reads so: nothing can be learned from it. Returns how many utterances that were."""
    return await _move(list(keys), "new", "skipped", by)


async def unskip(keys: Iterable[str], by: By) -> int:
    """Put back what was left out; returns how many utterances that were."""
    return await _move(list(keys), "skipped", "new", by)


async def _move(keys: list[str], before: str, after: str, by: By) -> int:
    async with in_transaction():
        count = await Heard.filter(key__in=keys, state=before).update(state=after)
        if count:
            await audit.record(by.actor, f"understanding.{after if after == 'skipped' else 'unskipped'}", "heard",
                               details={"keys": keys[:MOST_IDS], "heard": count})
    return count
