from __future__ import annotations

from typing import Any

import pytest

from forms.bank import Bank
from forms.content.depth import stars
from forms.content.item_schema import Item
from forms.content.material_schema import Material

MATERIALS = {
    "photo": Material.model_validate({"code": "photo", "title": "照片", "ways": [{"way": "upload"}]}),
    "original": Material.model_validate({
        "code": "original", "title": "原件", "ways": [{"way": "window", "text": "带到窗口"}]}),
}
PLAIN: dict[str, Any] = {
    "code": "a", "title": "甲", "department": "甲", "kind": "公共服务", "limit": {"promised": 1},
    "roles": {"who": "person"}, "needs": ["who.name"], "results": ["证"],
}


@pytest.mark.parametrize(("says", "expected"), [
    ({}, 4),
    ({"materials": [{"material": "photo", "of": "who"}]}, 4),
    ({"visits": 1, "visit_reason": "本人到场"}, 3),
    ({"materials": [{"material": "original", "of": "who"}]}, 2),
    ({"materials": [{"material": "original", "of": "who", "required": False}]}, 4),
    ({"visits": 1, "visit_reason": "本人到场", "materials": [{"material": "original", "of": "who"}]}, 2),
    ({"needs": []}, 1),
    ({"needs": [], "mode": "automatic"}, 4),
])
def test_stars_follow_from_what_the_item_says(says: dict[str, Any], expected: int) -> None:
    assert stars(Item.model_validate(PLAIN | says), MATERIALS) == expected


def test_what_the_law_wants_seen_in_person_is_no_four_stars() -> None:
    bank = Bank.load()
    for item in bank.items.values():
        assert (stars(item, bank.materials) == 4) <= (item.visits == 0), item.code
