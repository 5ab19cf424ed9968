"""How far an item goes online, in stars, computed from what the item says and never typed.

Four: everything online, but for a paper result that is sent. Three: applied for online, one visit to show originals.
Two: something can only be brought to a window. One: there is nothing to apply for with, only information.
"""

from __future__ import annotations

from collections.abc import Mapping

from forms.content.item_schema import Item
from forms.content.material_schema import Material

ONLINE = frozenset({"licence", "generated", "verified", "pledge", "deferred", "upload"})
"""Ways of giving a paper that need no window."""


def stars(item: Item, materials: Mapping[str, Material]) -> int:
    """1 to 4. Papers that are not required do not lower it; an item nobody applies for needs nothing and has four."""
    if item.mode != "apply" and not item.visits:
        return 4
    if not item.needs:
        return 1
    demanded = [materials[need.material] for need in item.materials if need.required and need.material in materials]
    if any(not ONLINE & {way.way for way in material.ways} for material in demanded):
        return 2
    return 3 if item.visits else 4
