"""Prefill with eight sources that take 200 ms each: asked in parallel, as far as the keys are known."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

from benchmarks.measure import Row
from benchmarks.story import father
from core.clock import now
from forms.bank import PACKAGED, Bank
from forms.draft import Consent, Login
from forms.engine import Engine
from forms.filling.prefill import prefill
from integrations.sources.base import Answer, Purpose, Query
from integrations.sources.demo.direct import Direct

SECONDS = 0.2
BUDGET = 3.0
LIMIT_MS = 800.0
LEAST = 8


@dataclass
class Slow:
    """The demo sources, each of which takes its time."""

    source: Direct = field(default_factory=Direct)
    asked: list[str] = field(default_factory=list)

    async def ask(self, query: Query) -> Answer:
        self.asked.append(query.source)
        await asyncio.sleep(SECONDS)
        return await self.source.ask(query)


def rows() -> list[Row]:
    """How long the father's newborn form takes to fill itself, beside asking one source after another."""
    engine, slow = Engine(Bank.load([PACKAGED])), Slow()
    asyncio.run(_prefill(engine, Slow()))
    took = min(asyncio.run(_prefill(engine, slow)) for _ in range(3))
    asked = slow.asked[: len(slow.asked) // 3]
    assert len(set(asked)) >= LEAST, asked
    note = f"{len(asked)} look-ups of {len(set(asked))} sources, {SECONDS * 1000:.0f} ms each"
    return [
        Row("Prefill", took, "ms", limit=LIMIT_MS, note=note),
        Row("Prefill beside one after another", took, "ms", peer=len(asked) * SECONDS * 1000,
            peer_name="the same look-ups one after another"),
    ]


async def _prefill(engine: Engine, slow: Slow) -> float:
    one = father()
    draft = engine.start("newborn_birth", "330106", Login(name=one.name, id_number=one.id_number, phone=one.phone))
    wanted = engine.consent(draft)
    consent = Consent(id="b", given=True, purpose=wanted.purpose, sources=[code for code, _ in wanted.sources],
                      items=list(wanted.items), text=wanted.text, at=now())
    purpose = Purpose(draft.one_thing, consent.purpose, tuple(consent.items), "b", consent.id, "b")
    began = time.perf_counter()
    await prefill(engine, draft.model_copy(update={"consent": consent}), slow.ask, purpose, BUDGET)
    return (time.perf_counter() - began) * 1000
