"""Merging and validating the largest form: the merged form, what pre-review finds and what is still to ask, anew."""

from __future__ import annotations

import asyncio

from benchmarks.measure import Row, quantile, timed
from forms.bank import PACKAGED, Bank
from forms.draft import Draft
from forms.engine import Engine
from forms.lint.tree import Tree
from forms.walk import examples, walk_with_demo

TIMES = 200
LIMIT_MS = 20.0


def rows() -> list[Row]:
    """The 95th percentile for an engine that has seen nothing but the content, made ready for the region."""
    bank = Bank.load([PACKAGED])
    draft, fields = asyncio.run(_largest(Engine(bank)))
    ready = Engine(bank)
    plan = ready.plan(draft.one_thing, draft.region)

    def validate() -> None:
        engine, copy = Engine(bank), draft.model_copy()
        engine._plans, engine._differ = dict(ready._plans), dict(ready._differ)
        engine.merged(copy), engine.review(copy), engine.questions(copy)

    times = timed(validate, TIMES)
    size = f"{fields} fields, {len(plan.items)} items, {len(plan.rules)} rules"
    note = f"{draft.one_thing}: {size}; the plan is ready, nothing else"
    late = quantile(times.wall, 0.95)
    return [
        Row("Merging and validating the largest form, p95", late, "ms", limit=LIMIT_MS, note=note),
        Row("Merging and validating, processor time, median", quantile(times.cpu, 0.5), "ms", limit=LIMIT_MS),
    ]


async def _largest(engine: Engine) -> tuple[Draft, int]:
    """The worked example with the most fields, filled in to its end."""
    found: list[tuple[int, str, Draft]] = []
    for one_thing, held in examples(Tree.load([PACKAGED])):
        done = await walk_with_demo(engine, one_thing, held.thing)
        if done is not None:
            found.append((len(engine.merged(done.draft).fields()), held.thing.code, done.draft))
    fields, _, draft = max(found, key=lambda one: one[:2])
    return draft, fields
