"""What can be asked of shared-data sources now: only what is still needed, each source once per key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from forms import paths
from forms.content import uses
from forms.content.element_schema import Element
from forms.content.schema import Lookup
from forms.draft import Draft
from forms.filling import holding, proofs
from forms.filling.asking import PlannedLookup, Wanted, fingerprint, indexed, key_of
from forms.filling.privy import Privy
from forms.filling.strangers import strangers
from forms.logic.scene import SPOKEN, Scene
from forms.logic.truth import TRUE, UNAVAILABLE
from forms.merging.merge import Merge
from forms.merging.plan import Plan

__all__ = ["PlannedLookup", "fingerprint", "key_of", "plannable", "wanted"]


def plannable(
    plan: Plan, draft: Draft, scene: Scene, merge: Merge, privy: Privy | None = None
) -> tuple[PlannedLookup, ...]:
    """All that can be asked now and was not. Conditions that hang on data that never came are tried last.

    ``privy``, when given, tells afterwards whether anything was held back for somebody's word.
    """
    privy = privy or Privy(plan, scene)
    sure = tuple(_ready(draft, wanted(plan, scene, merge, (TRUE,)), privy))
    if sure or UNAVAILABLE not in holding.lookups(plan, scene).values():
        return sure
    return tuple(_ready(draft, wanted(plan, scene, merge, (TRUE, UNAVAILABLE)), privy))


def _ready(draft: Draft, found: Iterator[Wanted], privy: Privy) -> Iterator[PlannedLookup]:
    for want in found:
        key = key_of(draft, want.keys)
        if key is None or not privy.may(want.keys, key):
            continue
        attributes, before = set(want.attributes), draft.facts.get(want.code)
        if before is not None and before.key == fingerprint(key):
            if before.outcome != "got" or attributes <= set(before.attributes):
                continue
            attributes |= set(before.attributes)
        yield PlannedLookup(
            code=want.code, source=want.source, key=key, attributes=tuple(sorted(attributes)), gives=want.gives,
            each=want.each, subject=want.subject,
        )


def wanted(plan: Plan, scene: Scene, merge: Merge, when: tuple[object, ...]) -> Iterator[Wanted]:
    """Everything that should be asked, whether or not its key is known yet."""
    needed, away = set(merge.asked), holding.away(plan, scene)
    used = uses.still(plan, scene, merge.active | merge.maybe, needed)
    needed |= used.fields | used.inputs
    for code, attribute in proofs.verifying(plan, merge):
        used.facts.setdefault(code, set()).add(attribute)
    declared = list(_declared(plan, scene, when, needed, used, away))
    given = {path for want in declared for path in want.gives}
    free = {path for _, path in strangers(plan, scene.draft, scene)}
    by_key = {(want.source, *want.keys.values()): want for want in declared if want.each is None}
    inputs = [path for name in sorted(used.inputs) for path in _each(plan, scene, name, away)]
    for want in _automatic(plan, scene, dict.fromkeys((*merge.fields, *sorted(merge.possible), *inputs)), given, free):
        same = by_key.get((want.source, *want.keys.values()))
        if same is not None:
            same.gives.update(want.gives)
            same.attributes |= want.attributes
        else:
            declared.append(want)
    yield from [*declared, *proofs.wanted(plan, merge, declared)]


def _declared(
    plan: Plan, scene: Scene, when: tuple[object, ...], needed: set[str], used: uses.Used, away: frozenset[str]
) -> Iterator[Wanted]:
    """Lookups of the definition that give or tell something needed, and those whose values are keys of such."""
    holds = holding.lookups(plan, scene)
    open_ones = {code: lookup for code, lookup in plan.lookups.items() if holds[code] in when}
    chosen: dict[str, Lookup] = {}
    keys: set[str] = set()
    while True:
        found = {
            code: lookup for code, lookup in open_ones.items() if code not in chosen
            and (code in used.facts or any(paths.unindexed(path) in needed | keys for path in lookup.gives))
        }
        if not found:
            break
        chosen.update(found)
        keys |= {paths.unindexed(path) for lookup in found.values() for path in lookup.by.values()}
    for code in (code for code in plan.lookups if code in chosen):
        yield from _spread(plan, scene, chosen[code], needed | keys, used.facts.get(code, set()), away)


def _spread(
    plan: Plan, scene: Scene, lookup: Lookup, needed: set[str], told: set[str], away: frozenset[str]
) -> Iterator[Wanted]:
    """One question, or one for each of a repeated subject whose key it uses; none about subjects that are not there."""
    parsed = {name: paths.parse(path) for name, path in lookup.by.items()}
    subjects = [path.subject for path in parsed.values() if path and path.subject in plan.definition.subjects]
    if not away.isdisjoint(subjects):
        return
    gives = {
        path: attribute for path, attribute in lookup.gives.items()
        if paths.unindexed(path) in needed and _there(plan, path, away)
    }
    told = {attribute for attribute in told if attribute not in SPOKEN}
    attributes = set(gives.values()) | told or set(lookup.facts[:1]) or set(list(lookup.gives.values())[:1])
    repeated = next((s for s in subjects if scene.repeats(s)), None)
    for index in scene.indexes(repeated) if repeated else (None,):
        keys = {
            name: scene.at(repeated, index).path(path.subject, path.element, path.index)
            if path and path.subject in plan.definition.subjects else f"={lookup.by[name]}"
            for name, path in parsed.items()
        }
        subject = paths.place(subjects[0], index if subjects[0] == repeated else None) if subjects else ""
        yield Wanted(
            code=paths.place(lookup.code, index), source=lookup.source, keys=keys,
            gives=gives if repeated is None else {indexed(p, repeated, index): a for p, a in gives.items()},
            attributes=set(attributes), each=lookup.each, subject=subject,
        )


def _there(plan: Plan, path: str, away: frozenset[str]) -> bool:
    parsed = paths.parse(path)
    return parsed is not None and parsed.subject in plan.subject_when and parsed.subject not in away


def _each(plan: Plan, scene: Scene, name: str, away: frozenset[str]) -> Iterator[str]:
    """The concrete paths of an unindexed one, of subjects that are there."""
    parsed = paths.parse(name)
    if parsed is not None and _there(plan, name, away):
        for index in scene.indexes(parsed.subject):
            yield paths.write(parsed.subject, index, parsed.element)


def _automatic(
    plan: Plan, scene: Scene, asked: Iterable[str], given: set[str], free: set[str]
) -> Iterator[Wanted]:
    """What the elements themselves say about where they may be fetched, one source after another. ``given`` are filled
    otherwise; but not those that are ``free``, since the record that fills them speaks of somebody else."""
    groups: dict[tuple[str, str], Wanted] = {}
    for path in asked:
        parsed, element = paths.parse(path), plan.element(path)
        if parsed is None or element is None:
            continue
        if path not in free and not given.isdisjoint((path, paths.unindexed(path))):
            continue
        place = paths.place(parsed.subject, parsed.index)
        known = scene.draft.values.get(path)
        if known is not None and known.origin == "citizen":
            continue
        source = _next_source(scene.draft, element, place, path, plan)
        if source is None:
            continue
        name, by, attribute = source
        if f"{place}.{by}" == path:
            continue
        want = groups.setdefault((f"{name}@{place}", by), Wanted(
            code=f"{name}@{place}", source=name, keys={by: f"{place}.{by}"}, gives={}, attributes=set(), each=None,
            subject=place,
        ))
        want.gives[path] = attribute
        want.attributes.add(attribute)
    yield from groups.values()


def _next_source(draft: Draft, element: Element, place: str, path: str, plan: Plan) -> tuple[str, str, str] | None:
    """The first source of an element that has not been asked in vain."""
    for source in element.sources:
        if plan.element(f"{place}.{source.by}") is None:
            continue
        fact = draft.facts.get(f"{source.source}@{place}")
        value = draft.values.get(path)
        brought = fact is not None and value is not None and value.lookup == fact.lookup
        if fact is None or source.attribute not in fact.attributes or brought:
            return source.source, source.by, source.attribute
    return None
