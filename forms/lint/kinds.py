"""Sources whose records are of several kinds: that there is one says little, so the kind must be named."""

from __future__ import annotations

from collections.abc import Iterator

from forms.content.condition_schema import Condition
from forms.content.material_schema import Way
from forms.content.mentions import leaves, references, sentence
from forms.content.schema import Definition
from forms.lint.paper import Sources
from forms.lint.scope import near
from forms.lint.standing import of_definition
from forms.lint.tree import Held, Place, Problem, Tree
from forms.lint.untold import DECIDES
from forms.merging.slots import NO
from integrations.sources.catalogue import SourceEntry

YES = "yes"


def kinds(tree: Tree, sources: Sources) -> Iterator[Problem]:
    """Papers, and conditions that decide what is asked, that are content with any record of such a source. Rules may
    be: they say that nothing was seen."""
    for held in tree.materials.values():
        for number, way in enumerate(held.thing.ways):
            source = sources.get(way.source or "") if way.way == "verified" else None
            if source is not None and source.kinds:
                yield from _way(way, source, held.at.under("ways", number))
    for definition in tree.definitions.values():
        yield from _conditions(definition, sources)


def _way(way: Way, source: SourceEntry, at: Place) -> Iterator[Problem]:
    if way.attribute in ("found", ""):
        yield at.problem(f"any record of `{source.code}` would stand for this paper, and it has several kinds",
                         f"name the `attribute` that only the right one has: {_offer(source)}")
    values = source.kinds.get(way.attribute, ())
    if values and not way.in_ and not {YES, *NO} >= set(values):
        yield at.problem(f"whatever `{way.attribute}` says would stand for this paper",
                         f"add `in` with what it must be, of {', '.join(values)}")
    for value in way.in_:
        if values and value not in values:
            yield at.under("in").problem(f"`{source.code}` never says `{value}` as its `{way.attribute}`",
                                         near(value, values))


def _conditions(held: Held[Definition], sources: Sources) -> Iterator[Problem]:
    known = {lookup.code: sources.get(lookup.source) for lookup in held.thing.lookups}
    for condition, place in of_definition(held.thing, held.at):
        for lookup in sorted(_merely_there(condition)) if place.keys[0] in DECIDES else ():
            source = known.get(lookup)
            if source is not None and source.kinds:
                yield place.problem(
                    f"`{lookup}` is found whatever kind of record `{source.code}` has, so this holds too often",
                    f"ask for the kind: {_offer(source)}")


def _merely_there(condition: Condition) -> set[str]:
    """Look-ups of which a condition wants no more than that they found something."""
    told = [name.partition(".") for kind, name in references(condition) if kind == "fact"]
    more = {lookup for lookup, _, attribute in told if attribute not in ("found", "outcome", "count")}
    there = {
        name.partition(".")[0] for word, name, comparison, right in map(sentence, leaves(condition))
        if word == "fact" and name.endswith(".found") and (comparison, right) == ("is_", YES)
    }
    return there - more


def _offer(source: SourceEntry) -> str:
    return ", ".join(f"`{name}` ({', '.join(values)})" for name, values in source.kinds.items())
