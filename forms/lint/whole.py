"""One-things: what a definition names must exist."""

from __future__ import annotations

from collections.abc import Iterator

from forms.content.item_schema import Item
from forms.content.schema import BoundItem, Definition, Lookup, Situation
from forms.lint import conditions
from forms.lint.confirmations import closed, confirmations
from forms.lint.paper import Sources
from forms.lint.rules import derivations, fields, rules
from forms.lint.scope import Scope, near, played
from forms.lint.standing import of_definition
from forms.lint.tree import Place, Problem, Tree
from integrations.sources.catalogue import SourceEntry


def definitions(tree: Tree, sources: Sources) -> Iterator[Problem]:
    """Mistakes in the names of every one-thing."""
    for held in tree.definitions.values():
        scope, definition, at = Scope.of_definition(tree, held.thing), held.thing, held.at
        yield from _subjects(tree, definition, at)
        for number, situation in enumerate(definition.situations):
            yield from _situation(scope, situation, at.under("situations", number))
        for number, bound in enumerate(definition.items):
            yield from bound_item(scope, bound, at.under("items", number))
        for number, lookup in enumerate(definition.lookups):
            yield from _lookup(scope, lookup, sources, at.under("lookups", number))
        yield from derivations(scope, definition, at)
        yield from fields(scope, definition, at)
        yield from rules(scope, definition, at)
        yield from confirmations(scope, definition, at)
        yield from closed(scope, definition, at)
        for condition, place in of_definition(definition, at):
            yield from conditions.check(scope, condition, place)


def _subjects(tree: Tree, definition: Definition, at: Place) -> Iterator[Problem]:
    lookups = [lookup.code for lookup in definition.lookups]
    for code, subject in definition.subjects.items():
        place = at.under("subjects", code)
        if subject.kind not in tree.kinds:
            yield place.problem(f"there is no kind `{subject.kind}`", near(subject.kind, tree.kinds))
        if subject.repeat and subject.repeat.count_from and subject.repeat.count_from not in lookups:
            yield place.problem(f"there is no look-up `{subject.repeat.count_from}` to count from",
                                near(subject.repeat.count_from, lookups))
    for number, rule in enumerate(definition.applicant):
        if rule.subject not in definition.subjects:
            yield at.under("applicant", number).problem(f"the applicant is `{rule.subject}`, which is nobody here",
                                                        near(rule.subject, definition.subjects))


def _situation(scope: Scope, situation: Situation, at: Place) -> Iterator[Problem]:
    values = [option.value for option in situation.options]
    for number, value in enumerate(values):
        if value in values[:number]:
            yield at.under("options", number).problem(f"the option `{value}` stands twice", "remove one of them")
    given = [(at.under("decided_by", n), decision.answer) for n, decision in enumerate(situation.decided_by)]
    given += [(at.under("default"), situation.default)] if situation.default is not None else []
    for place, answer in given:
        for part in answer if isinstance(answer, tuple) else (answer,):
            yield from scope.bad_option(place, part, situation.options, f"the situation `{situation.code}`")


def bound_item(scope: Scope, bound: BoundItem, at: Place) -> Iterator[Problem]:
    """Mistakes in how a one-thing binds an item."""
    held = scope.tree.items.get(bound.item)
    if held is None:
        yield at.problem(f"there is no item `{bound.item}`", near(bound.item, scope.tree.items))
        return
    item = held.thing
    for role in item.roles.keys() - bound.roles.keys() - set(item.optional_roles):
        yield at.problem(f"nobody plays the role `{role}` of `{item.code}`", f"add `{role}: <subject>` to `roles`")
    for role, subject in bound.roles.items():
        if role not in item.roles:
            yield at.under("roles", role).problem(f"`{item.code}` has no role `{role}`", near(role, item.roles))
        elif subject not in scope.kinds:
            yield at.under("roles", role).problem(f"there is no subject `{subject}`", near(subject, scope.kinds))
    if bound.each is not None and bound.each not in scope.repeated:
        yield at.under("each").problem(f"`{bound.each}` is not a repeated subject", near(bound.each, scope.repeated))
    yield from _narrowed(bound, item, at)


def _narrowed(bound: BoundItem, item: Item, at: Place) -> Iterator[Problem]:
    needed = {played(bound, need.element) for need in item.needs} | {need.element for need in item.needs}
    for path in bound.needs_when:
        if path not in needed:
            yield at.under("needs_when", path).problem(f"`{item.code}` does not need `{path}`", near(path, needed))
    demanded = [demand.material for demand in item.materials]
    for code in bound.materials_when:
        if code not in demanded:
            yield at.under("materials_when", code).problem(f"`{item.code}` does not demand `{code}`",
                                                           near(code, demanded))


def _lookup(scope: Scope, lookup: Lookup, sources: Sources, at: Place) -> Iterator[Problem]:
    if lookup.source not in sources:
        yield at.under("source").problem(f"there is no source `{lookup.source}` in the catalogue",
                                         near(lookup.source, sources))
    else:
        tells = sources[lookup.source].attributes
        yield from _key(lookup, sources[lookup.source], at)
        for path, attribute in lookup.gives.items():
            if attribute not in tells:
                yield at.under("gives", path).problem(f"the source `{lookup.source}` does not tell `{attribute}`",
                                                      near(attribute, tells))
        for number, attribute in enumerate(lookup.facts):
            if attribute not in tells:
                yield at.under("facts", number).problem(f"the source `{lookup.source}` does not tell `{attribute}`",
                                                        near(attribute, tells))
    for key, path in lookup.by.items():
        if not path.startswith("$"):
            yield from scope.bad_path(at.under("by", key), path)
    for path in lookup.gives:
        yield from scope.bad_path(at.under("gives", path), path)
    if lookup.each is not None and lookup.each not in scope.repeated:
        yield at.under("each").problem(f"`{lookup.each}` is not a repeated subject", near(lookup.each, scope.repeated))


def _key(lookup: Lookup, source: SourceEntry, at: Place) -> Iterator[Problem]:
    known = {part for way in source.key for part in way} | set(source.also)
    strange = [part for part in lookup.by if part not in known]
    for part in strange:
        yield at.under("by", part).problem(f"the source `{source.code}` is not asked by `{part}`", near(part, known))
    if not strange and source.takes(lookup.by) is None:
        ways = " or ".join("`" + " + ".join(way) + "`" for way in source.key)
        given = " + ".join(lookup.by) or "nothing"
        yield at.under("by").problem(f"the source `{source.code}` cannot be asked by `{given}`", f"ask it by {ways}")
