"""Traps about choosing: alternatives that all apply, conditions told but not written, conditions that rule each
other out."""

from __future__ import annotations

import re
from itertools import combinations

from forms.content.condition_schema import Condition
from forms.content.item_schema import Item
from forms.content.mentions import references
from forms.content.schema import BoundItem
from forms.lint.possible import Search
from forms.lint.tree import Held
from forms.merging.plan import rule_condition
from forms.traps.matter import Found, Matter, bare, stem

_CONDITIONAL = re.compile(r"才要|才需要|才用交|时才|如有|如果有|如需|需要时|的才|的要交|的请交|（.{0,12}的）$")
_GIVES_WAY = frozenset({"licence", "verified", "generated", "pledge", "deferred"})
_Two = tuple[BoundItem, Held[Item]]


def alternatives_side_by_side(matter: Matter) -> Found:
    """Two items that lead to the same result, or two kinds of the same item, which may apply both at once."""
    for code, (held, bound) in matter.bundles.items():
        search = Search(held.thing.situations)
        for (number, mine, one), (_, other, two) in combinations(bound, 2):
            why = _alike((mine, one), (other, two))
            if why and search.possible([mine.when, other.when]):
                yield held.at.under("items", number).problem(
                    f"`{one.thing.code}` and `{two.thing.code}` of `{code}` may apply together, though {why}",
                    "give them conditions that exclude each other")


def _alike(first: _Two, second: _Two) -> str:
    (mine, one), (other, two) = first, second
    if one.thing.code == two.thing.code or set(mine.roles.values()) != set(other.roles.values()):
        return ""
    same = {bare(result.title) for result in one.thing.results} & {bare(result.title) for result in two.thing.results}
    if same:
        return f"both lead to 「{next(iter(sorted(same)))}」"
    if one.thing.title != two.thing.title and stem(one.thing.title) == stem(two.thing.title):
        return f"they are two kinds of 「{stem(one.thing.title)}」"
    return ""


def conditional_but_demanded(matter: Matter) -> Found:
    """A paper whose own words say that it is not always needed, demanded from everybody by hand."""
    for code, (held, bound) in matter.bundles.items():
        demands = [(number, mine, item, need) for number, mine, item in bound for need in item.thing.materials]
        for number, mine, item, need in demands:
            material = matter.tree.materials.get(need.material)
            if material is None or not need.required or need.when or need.material in mine.materials_when or mine.when:
                continue
            told = _CONDITIONAL.search(f"{material.thing.title}\n{material.thing.help}")
            spared = any(way.way in _GIVES_WAY for way in material.thing.ways)
            if told and not spared:
                yield held.at.under("items", number).problem(
                    f"`{item.thing.code}` of `{code}` always demands `{need.material}`, whose own words say "
                    f"「{told[0]}」",
                    "add a condition under `materials_when`, or `required: false` in the item")
        if demands and not any(need.required for *_, need in demands):
            yield held.at.under("items").problem(f"`{code}` demands papers, and none of them is required",
                                                 "look which of them the law asks for")


def rules_that_forbid(matter: Matter) -> Found:
    """A paper or an item that can come up only where a blocking rule never lets a draft through."""
    for code, (held, bound) in matter.bundles.items():
        search = Search(held.thing.situations)
        musts = [(rule.code, must) for rule in held.thing.rules if rule.level == "block"
                 and (must := _must(rule_condition(rule), rule.when)) is not None]
        for number, mine, _ in bound:
            for material, when in mine.materials_when.items():
                wanted, spoken = [mine.when, when], set(references(when)) | set(references(mine.when))
                near = [(rule, must) for rule, must in musts if spoken & set(references(must))]
                for rule, must in near if near and search.possible(wanted) else ():
                    if not search.possible([*wanted, must]):
                        yield held.at.under("items", number, "materials_when", material).problem(
                            f"`{material}` of `{code}` is demanded only where the rule `{rule}` stops everybody",
                            "mend the rule or the condition")


def _must(holds: Condition | None, when: Condition | None) -> Condition | None:
    """What a rule lets through: either it does not apply, or what it asks for holds."""
    if holds is None or when is None:
        return holds
    return Condition.model_validate({"any": [{"not": when}, holds]})
