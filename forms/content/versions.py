"""What a one-thing uses, and what a region decides about it: as plain data, to be compared by a hash."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from forms.content import regional
from forms.content.region_schema import Parameters
from forms.content.schema import Definition

if TYPE_CHECKING:
    from forms.bank import Bank

_OWN_REGION = re.compile(r'"region": "case"|"\$region"')
"""Conditions and references that look at the very region of a draft."""


@dataclass(frozen=True)
class About:
    """The items a one-thing bundles anywhere, the words its content uses, and whether it looks at the region itself."""

    items: frozenset[str]
    words: frozenset[str]
    looks: bool


def fingerprint(data: Mapping[str, Any]) -> str:
    """16 hex digits."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def everything(bank: Bank, definition: Definition, known: dict[str, About]) -> dict[str, Any]:
    """Definition, its items, the elements of its subjects, materials, code sets, and what regions say of them."""
    used = _used(bank, definition)
    about = known[definition.code] = _about(used)
    used["regions"] = {
        region: _said_of(layer, definition.code, about) for region, layer in sorted(bank.regions.items())
    }
    return used


def about(bank: Bank, definition: Definition, known: dict[str, About]) -> About:
    """What a one-thing is about, found out once and kept in ``known``."""
    if definition.code not in known:
        known[definition.code] = _about(_used(bank, definition))
    return known[definition.code]


def told(bank: Bank, definition: Definition, region: str, about: About) -> dict[str, Any]:
    """What holds for a one-thing in a region: bundle, promise, limits, parameters, the region itself if it matters."""
    layers = [layer for layer in bank.layers(region) if regional.differs(layer)]
    here = regional.definition_with(definition, layers)
    limits = {bound.item: regional.item_with(bank.items[bound.item], layers).limit
              for bound in here.items if bound.item in bank.items}
    return {
        "items": [bound.model_dump(mode="json") for bound in here.items], "promise": here.limit.model_dump(mode="json"),
        "limits": {code: limit.model_dump(mode="json") for code, limit in limits.items()},
        "values": {name: value for name, value in bank.parameters(region).items() if name in about.words},
        "region": region if about.looks else "",
    }


def _used(bank: Bank, definition: Definition) -> dict[str, Any]:
    more = [b for layer in bank.regions.values() for b in layer.more.get(definition.code, ())]
    items = [bank.items[b.item] for b in (*definition.items, *more) if b.item in bank.items]
    kinds = {subject.kind for subject in definition.subjects.values()}
    elements = [e for full, e in bank.elements.items() if full.partition(".")[0] in kinds]
    materials = {need.material for item in items for need in item.materials}
    materials |= {told.instead for told in definition.confirmations if told.instead}
    sets = {e.code_set for e in elements if e.code_set}
    return {
        "definition": definition.model_dump(mode="json"),
        "items": [item.model_dump(mode="json") for item in items],
        "elements": [element.model_dump(mode="json") for element in elements],
        "materials": [bank.materials[m].model_dump(mode="json") for m in sorted(materials) if m in bank.materials],
        "code_sets": [bank.code_sets[s].model_dump(mode="json") for s in sorted(sets) if s in bank.code_sets],
    }


def _about(used: Mapping[str, Any]) -> About:
    text = json.dumps(used)
    codes = frozenset(item["code"] for item in used["items"])
    return About(codes, frozenset(re.findall(r"[a-z][a-z0-9_]*", text)), bool(_OWN_REGION.search(text)))


def _said_of(layer: Parameters, one_thing: str, about: About) -> dict[str, Any]:
    """What a region says that a one-thing with these items, naming these words, may notice."""
    said = layer.model_dump(mode="json")
    return {
        "values": {name: value for name, value in said["values"].items() if name in about.words},
        "limits": {code: limit for code, limit in said["limits"].items() if code in about.items},
        **{name: said[name].get(one_thing) for name in ("promises", "more", "without")},
    }
