"""One-things as a region has them: limits of its own, an item more, an item less; never a copy of the whole."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from copy import copy
from typing import TYPE_CHECKING

from forms.content.item_schema import Item
from forms.content.region_schema import Parameters
from forms.content.schema import BoundItem, Definition

if TYPE_CHECKING:
    from forms.bank import Bank


def key(bank: Bank, code: str, region: str) -> tuple[str, ...]:
    """Which regions' differences a one-thing has here, the most general first; empty where it is as everywhere."""
    layers, one = bank.layers(region), bank.definition(code)
    items = {bound.item for bound in one.items}.union(*({b.item for b in layer.more.get(code, ())} for layer in layers))
    return tuple(layer.region for layer in layers if touches(layer, code, items))


def differs(layer: Parameters) -> bool:
    """Whether a region changes bundles, beyond its parameters."""
    return bool(layer.limits or layer.promises or layer.more or layer.without)


def touches(layer: Parameters, code: str, items: Collection[str]) -> bool:
    """Whether a region changes this very bundle: where it does not, what was made of it elsewhere serves here too."""
    changed = any(code in said for said in (layer.promises, layer.more, layer.without))
    return changed or any(item in layer.limits for item in items)


def in_region(bank: Bank, region: str) -> Bank:
    """The bank as it is in a region; the bank itself where nothing differs."""
    layers = [layer for layer in bank.layers(region) if differs(layer)]
    if not layers:
        return bank
    here = copy(bank)
    here.items = {code: item_with(item, layers) for code, item in bank.items.items()}
    here.definitions = {code: definition_with(one, layers) for code, one in bank.definitions.items()}
    return here


def item_with(item: Item, layers: Sequence[Parameters]) -> Item:
    """An item with the nearest limit."""
    limit = next((layer.limits[item.code] for layer in reversed(layers) if item.code in layer.limits), None)
    return item if limit is None else item.model_copy(update={"limit": limit})


def definition_with(one: Definition, layers: Sequence[Parameters]) -> Definition:
    """The nearest promise; what a region leaves out may be taken in again by one within it, and the other way round."""
    items: tuple[BoundItem, ...] = one.items
    limit = one.limit
    for layer in layers:
        gone = layer.without.get(one.code, ())
        more = layer.more.get(one.code, ())
        items = (*(bound for bound in items if bound.item not in gone), *more)
        limit = layer.promises.get(one.code, limit)
    if items == one.items and limit == one.limit:
        return one
    return one.model_copy(update={"items": items, "limit": limit})
