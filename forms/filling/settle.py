"""Settling a draft after each change: stale facts go, the login is put in, what follows from data follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

from forms import paths
from forms.draft import Draft, Value
from forms.filling import deriving, proofs, strangers
from forms.filling.lookups import fingerprint, key_of
from forms.filling.refilling import refill
from forms.filling.signing_in import sign_in
from forms.logic import answers
from forms.logic.scene import Scene
from forms.merging import slots
from forms.merging.merge import Merge
from forms.merging.plan import Plan

ROUNDS = 6
"""Enough for a value to open a situation that opens a value; what then still moves is a ring in the content."""


def settle(
    plan: Plan, draft: Draft, now: datetime, scene_of: Callable[[Draft], Scene],
    merge_of: Callable[[Draft], Merge],
) -> Draft:
    """Bring a draft to rest. Returns the same object when nothing follows."""
    for _ in range(ROUNDS):
        before = draft
        draft = drop_stale(plan, draft)
        draft = strangers.without(plan, draft, scene_of(draft))
        draft = sign_in(plan, draft, scene_of(draft), now)
        draft = count(plan, draft)
        draft = answers.decide(plan, draft, scene_of(draft).copy(), now)
        scene, merge = scene_of(draft), merge_of(draft)
        draft = refill(plan, draft, scene, merge)
        draft = deriving.apply(plan, draft, scene, merge.fields, now)
        draft = slots.choose(draft, plan.lookups, merge.slots, scene.today, now)
        if draft is before:
            break
    return draft


def drop_stale(plan: Plan, draft: Draft) -> Draft:
    """Facts whose key has changed go, with the values they brought, and with the facts that hung on those."""
    while True:
        stale = [code for code, fact in draft.facts.items() if _stale(plan, draft, code, fact.key)]
        if not stale:
            return draft
        draft = forget(plan, draft, stale)


def forget(plan: Plan, draft: Draft, codes: list[str]) -> Draft:
    """The draft without these facts and what they brought; what the citizen wrote stays."""
    facts = {code: fact for code, fact in draft.facts.items() if code not in codes}
    values: dict[str, Value] = {}
    for path, value in draft.values.items():
        if value.lookup not in codes:
            values[path] = value
        elif value.origin == "citizen":
            bare = {"source": None, "lookup": None, "query_id": None, "did": None, "fetched": None}
            values[path] = value.model_copy(update=bare)
    counts = {
        subject: n for subject, n in draft.counts.items()
        if not ((s := plan.definition.subjects.get(subject)) and s.repeat and s.repeat.count_from in codes)
    }
    return draft.model_copy(update={"facts": facts, "values": values, "counts": counts})


def _stale(plan: Plan, draft: Draft, code: str, key: str) -> bool:
    keys = _keys(plan, code)
    if keys is None:
        return False
    present = key_of(draft, keys)
    return present is None or fingerprint(present) != key


@lru_cache(maxsize=4096)
def _keys(plan: Plan, code: str) -> dict[str, str] | None:
    """Key attribute to path of a fact's lookup, read back from the fact's name; None when it is not known any more."""
    name, at, place = code.partition("@")
    if at:
        return _automatic_keys(plan, name, place)
    parsed = paths.parse_place(code)
    lookup = plan.lookups.get(parsed[0]) if parsed else None
    if lookup is None or parsed is None:
        return None
    keys: dict[str, str] = {}
    for attribute, path in lookup.by.items():
        known = paths.parse(path)
        subject = plan.definition.subjects.get(known.subject) if known is not None else None
        if known is None or subject is None:
            keys[attribute] = f"={path}"
        else:
            index = parsed[1] if subject.repeat is not None and known.index is None else known.index
            keys[attribute] = paths.write(known.subject, index, known.element)
    return keys


def _automatic_keys(plan: Plan, name: str, place: str) -> dict[str, str] | None:
    if name.startswith("licence."):
        return proofs.licence_keys(plan, name.removeprefix("licence."), place) or None
    subject = place.partition("[")[0]
    for path, element in plan.elements.items():
        if path.startswith(f"{subject}."):
            for source in element.sources:
                if source.source == name and plan.element(f"{place}.{source.by}") is not None:
                    return {source.by: f"{place}.{source.by}"}
    return proofs.keys_of(plan, name, place) or None


def count(plan: Plan, draft: Draft) -> Draft:
    """How many there are, from the lookup that knows, as long as nobody said otherwise."""
    counts = dict(draft.counts)
    for name, subject in plan.definition.subjects.items():
        if subject.repeat is None or not subject.repeat.count_from or name in counts:
            continue
        fact = draft.facts.get(subject.repeat.count_from)
        if fact is not None and fact.outcome == "got" and fact.records:
            counts[name] = max(subject.repeat.at_least, min(len(fact.records), subject.repeat.at_most))
    return draft if counts == draft.counts else draft.model_copy(update={"counts": counts})
