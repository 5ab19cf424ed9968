"""Taking in what a source answered: a fact, values with their provenance, never over what the citizen wrote."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.errors import InvalidAnswer
from forms import paths
from forms.draft import Draft, Fact, Value
from forms.filling import retrying
from forms.filling.deriving import SOFT
from forms.filling.lookups import PlannedLookup, fingerprint
from forms.filling.records import told_by
from forms.logic.compare import same
from forms.logic.scene import Scene
from forms.merging.plan import Plan
from forms.values import canonical
from integrations.sources.base import Answer


def take(plan: Plan, draft: Draft, scene: Scene, lookup: PlannedLookup, answer: Answer, today: date) -> Draft:
    """The draft with this answer in it, not yet settled."""
    asked = set(lookup.attributes)
    records = [{name: part for name, part in record.items() if name in asked} for record in answer.records]
    fact = Fact(
        lookup=lookup.code, source=lookup.source, outcome=answer.outcome, attributes=list(lookup.attributes),
        records=records if answer.outcome == "got" else [], query_id=answer.query_id, fetched_at=answer.fetched_at,
        valid_until=answer.valid_until, key=fingerprint(lookup.key),
    )
    draft = draft.model_copy(
        update={"facts": {**draft.facts, lookup.code: fact}, "tries": retrying.counted(draft, fact)}
    )
    found = dict(draft.values)
    for said in told_by(plan, scene, lookup, fact):
        for path, raw in said.items():
            value = value_of(plan, path, raw, fact, today)
            if value is not None:
                found[path] = beside(plan, found.get(path), value)
    return draft.model_copy(update={"values": found})


def value_of(plan: Plan, path: str, raw: Any, fact: Fact, today: date) -> Value | None:
    """A fetched value in canonical form; what a source garbles is not taken, so that the citizen is asked."""
    element = plan.element(path)
    if element is None or raw is None or raw == "":
        return None
    options = plan.options.get(paths.unindexed(path), ())
    try:
        read = canonical.read(element, raw, path=path, today=today, options=options)
    except InvalidAnswer:
        return None
    return Value(
        value=read, origin="source", at=fact.fetched_at, source=fact.source, lookup=fact.lookup, query_id=fact.query_id,
        fetched_at=fact.fetched_at, valid_until=fact.valid_until, did="kept",
    )


def beside(plan: Plan, old: Value | None, new: Value) -> Value:
    """Which value stays when a source answers about a field that has one."""
    if old is None or old.origin in SOFT:
        return new
    if old.origin in ("citizen", "login", "result"):
        if same(old.value, new.value):
            return new if old.origin != "result" else old
        kept = {"fetched": new.value, "source": new.source, "lookup": new.lookup, "query_id": new.query_id,
                "fetched_at": new.fetched_at, "valid_until": new.valid_until, "did": "corrected"}
        return old.model_copy(update=kept) if old.origin != "result" else old
    if old.did == "contested":
        return old.model_copy(update={"fetched": new.value, "query_id": new.query_id, "fetched_at": new.fetched_at})
    return new if _rank(plan, new) <= _rank(plan, old) else old


def _rank(plan: Plan, value: Value) -> int:
    """Lookups earlier in the definition speak first; those that elements name come last."""
    name = (value.lookup or "").partition("[")[0]
    order = list(plan.lookups)
    return order.index(name) if name in plan.lookups else len(order)
