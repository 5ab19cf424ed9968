"""Where a published guide and our content say different things."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from forms.bank import Bank
from forms.content.item_schema import Item
from forms.published.matching import Mapped, department
from forms.published.shape import TheirMaterial
from forms.traps.matter import bare

SPARED = frozenset({"licence", "generated", "verified", "pledge"})


@dataclass(frozen=True)
class Conflict:
    """One difference: what it is about, theirs and ours in words."""

    kind: str
    """``limit``, ``name``, ``result``, ``way``, ``need``, ``department``, ``visits``, ``item`` or ``material``."""
    about: str
    theirs: str
    ours: str


def conflicts(bank: Bank, found: Mapped) -> tuple[Conflict, ...]:
    """Every difference, in the order of the guide. Ours is empty where we have nothing."""
    return (*_whole(bank, found), *_items(bank, found), *_materials(bank, found))


def _whole(bank: Bank, found: Mapped) -> Iterator[Conflict]:
    guide = found.guide
    if not found.one_thing.sure:
        yield Conflict("one_thing", guide.name, guide.name, found.one_thing.title)
        return
    definition = bank.definitions[found.one_thing.code]
    items = [bank.items[bound.item] for bound in definition.items if bound.item in bank.items]
    if guide.promised is not None and guide.promised != definition.limit.promised:
        yield Conflict("limit", found.one_thing.code, _days(guide.promised), _days(definition.limit.promised))
    visits, ours = guide.claims.visits[1], sum(item.visits for item in items)
    if visits is not None and visits != ours:
        yield Conflict("visits", found.one_thing.code, f"{visits} visits", f"{ours} over all items")
    yield from _departments(found, items)
    theirs = {match.code for _, match in found.items if match.sure}
    for bound in definition.items:
        if bound.item in bank.items and bound.item not in theirs:
            yield Conflict("item", bound.item, "", bank.items[bound.item].title)


def _departments(found: Mapped, items: list[Item]) -> Iterator[Conflict]:
    ours = {item.department for item in items}
    for name in dict.fromkeys((found.guide.lead, *found.guide.departments)):
        known = department(name, sorted(ours))
        if name and known not in ours:
            yield Conflict("department", found.one_thing.code, name, "")


def _items(bank: Bank, found: Mapped) -> Iterator[Conflict]:
    for one, match in found.items:
        if not match.sure:
            yield Conflict("item", one.name, one.name, f"perhaps {match.code} 「{match.title}」" if match.code else "")
            continue
        item = bank.items[match.code]
        if one.promised is not None and one.promised != item.limit.promised:
            yield Conflict("limit", match.code, _days(one.promised), _days(item.limit.promised))
        if item.limit.legal is not None and (one.promised or 0) > item.limit.legal:
            yield Conflict("limit", match.code, _days(one.promised or 0), f"the law allows {item.limit.legal}")
        if bare(one.name) != bare(item.title):
            yield Conflict("name", match.code, one.name, item.title)
        results = {bare(result.title) for result in item.results}
        if one.result and not any(bare(one.result) in known or known in bare(one.result) for known in results):
            yield Conflict("result", match.code, one.result, "、".join(result.title for result in item.results))


def _materials(bank: Bank, found: Mapped) -> Iterator[Conflict]:
    here = bank.definitions.get(found.one_thing.code) if found.one_thing.sure else None
    needs = [need for bound in (here.items if here else ()) if bound.item in bank.items
             for need in bank.items[bound.item].materials]
    for one, match in found.materials:
        if not match.sure:
            maybe = f"perhaps {match.code} 「{match.title}」" if match.code else ""
            yield Conflict("material", one.name, one.name, maybe)
            continue
        yield from _way(bank, one, match.code)
        asked = [need for need in needs if need.material == match.code]
        if here and not asked:
            yield Conflict("material", match.code, f"asked for in {found.guide.name}", "not asked for")
        if asked and one.need == "required" and not any(need.required for need in asked):
            yield Conflict("need", match.code, "必要", "may be left out")
        if asked and one.need == "conditional" and all(need.required and need.when is None for need in asked):
            yield Conflict("need", match.code, f"按情形：{one.when}" if one.when else "按情形", "always, by its items")


def _way(bank: Bank, one: TheirMaterial, code: str) -> Iterator[Conflict]:
    ways = [way.way for way in bank.materials[code].ways]
    if one.way == "upload" and SPARED & set(ways):
        yield Conflict("way", code, "上传提交", " > ".join(ways))
    elif one.way not in ("upload", "unknown", *ways):
        yield Conflict("way", code, one.way, " > ".join(ways))


def _days(days: int) -> str:
    return f"{days} working days"
