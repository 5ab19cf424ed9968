"""A second district beside 西湖区 that differs: a parameter, an item more, a shorter limit, windows of its own."""

from __future__ import annotations

import json
from pathlib import Path

HERE, THERE, CITY, FAR = "330106", "330108", "330100", "620802"
FILES = {
    f"forms/parameters/{THERE}.yaml": {
        "region": THERE, "title": "杭州市滨江区", "extends": CITY,
        "values": {"small_catering_area": 30},
        "limits": {"social_security_card": {"legal": 30, "promised": 5}},
        "more": {"newborn_birth": [{"item": "newborn_gift", "roles": {"holder": "mother"}}]},
        "windows": [{"title": "滨江区政务服务中心", "address": "云间路 1 号", "phone": "12345", "hours": "工作日",
                     "source": "自造的一个区", "confidence": "high", "departments": ["公安"],
                     "offices": ["政务服务中心", "派出所"]}],
    },
    "forms/items/newborn_gift.yaml": {
        "code": "newborn_gift", "title": "新生儿礼包申领", "department": "妇联", "kind": "公共服务",
        "limit": {"promised": 3}, "roles": {"holder": "person"}, "needs": ["holder.name", "holder.phone"],
        "results": ["新生儿礼包"],
    },
}


def district(folder: Path) -> Path:
    """The content of the district in a folder to be laid over the packaged one."""
    for name, data in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")  # JSON is YAML
    return folder
