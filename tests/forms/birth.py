"""A small one-thing of our own to test the engine with; its content is in ``tests/forms/content``."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from forms.bank import Bank
from forms.draft import Draft, Login
from forms.engine import Engine
from forms.filling.lookups import PlannedLookup
from integrations.sources.base import Answer

FOLDER = Path(__file__).parent / "content"
TODAY = date(2026, 3, 18)
MOTHER = Login(name="李晓兰", id_number="330106199203150023", phone="13800000001", level=3)
FATHER_ID = "330106199001010031"


def check_digit(first: str) -> str:
    """A whole id number from its first 17 digits."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first + "10X98765432"[sum(int(c) * w for c, w in zip(first, weights, strict=True)) % 11]


MOTHER = MOTHER.model_copy(update={"id_number": check_digit("33010619920315002")})
FATHER_ID = check_digit("33010619900101003")
OTHER_MOTHER_ID = check_digit("33010619930415004")

RECORDS: dict[str, list[dict[str, Any]]] = {
    "marriage": [{"status": "married", "spouse_name": "陈一民", "spouse_id_number": FATHER_ID}],
    "population": [{"name": "李晓兰", "nation": "01"}],
    "household": [{"address": "杭州市西湖区文三路1号", "kind": "家庭户"}],
    "delivery_record": [{"birth_time": "2026-03-05 15:00:00", "weight": 3200, "order": 1, "in_province": "yes"}],
    "licence": [{"number": "L1", "valid_to": "2030-01-01", "status": "valid"}],
}
TWINS = [
    {"birth_time": "2026-03-05 15:00:00", "weight": 2600, "order": 1},
    {"birth_time": "2026-03-05 15:20:00", "weight": 2400, "order": 2},
]


def engine() -> Engine:
    """An engine over the small content, on a fixed day."""
    return Engine(Bank.load([FOLDER]), lambda: TODAY)


def answer(lookup: PlannedLookup, held: dict[str, list[dict[str, Any]]], outcome: str = "") -> Answer:
    """What the sources say: the records given, or nothing found."""
    found = held.get(lookup.source, [])
    chosen: Any = outcome or ("got" if found else "nothing_found")
    records = tuple(found) if chosen == "got" else ()
    return Answer(chosen, f"q-{lookup.code}", datetime(2026, 3, 18, tzinfo=UTC), records)


def looked_up(
    engine: Engine, draft: Draft, records: dict[str, list[dict[str, Any]]] | None = None, down: tuple[str, ...] = ()
) -> Draft:
    """The draft after all waves of look-ups."""
    for _ in range(6):
        planned = engine.lookups(draft)
        if not planned:
            return draft
        for lookup in planned:
            outcome = "source_down" if lookup.source in down else ""
            draft = engine.take(draft, lookup, answer(lookup, RECORDS | (records or {}), outcome))
    raise AssertionError("look-ups never end")


def keys(engine: Engine, draft: Draft) -> list[str]:
    """Keys of all that is still to ask."""
    return [question.key for question in engine.questions(draft)]
