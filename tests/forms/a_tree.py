"""A small sound content tree, as data; tests break it in one place and look at what is said."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from integrations.sources.catalogue import SourceEntry

Content = dict[str, Any]
Break = Callable[[Content], None]

SOURCES = {
    code: SourceEntry(code=code, title=code, owner="", key=key, attributes=dict.fromkeys(attributes, ""))
    for code, key, attributes in (
        ("population", (("id_number",),), ("name", "sex", "birth_date")),
        ("marriage", (("id_number",), ("certificate_number", "year")), ("status", "spouse_name")),
    )
}

ELEMENTS_PERSON = {
    "kind": "person", "title": "人",
    "elements": [
        {"code": "name", "title": "姓名", "type": "name", "sources": [{"source": "population", "attribute": "name"}]},
        {"code": "id_number", "title": "身份证号码", "type": "id_number", "sensitivity": "sensitive", "why": "认人"},
        {"code": "sex", "title": "性别", "type": "choice", "code_set": "sex", "derive": "sex_of_id"},
        {"code": "birth_date", "title": "出生日期", "type": "date"},
        {"code": "height", "title": "身高", "type": "number", "at_least": 30, "at_most": 250},
        {"code": "card", "title": "卡号", "type": "text", "pattern": "^[0-9]+$", "pattern_says": "只写数字"},
        {"code": "spare", "title": "备用", "type": "text"},
    ],
}
ELEMENTS_SHOP = {
    "kind": "shop", "title": "店",
    "elements": [
        {"code": "name", "title": "店名", "type": "text"},
        {"code": "number", "title": "编号", "type": "text"},
    ],
}
MATERIALS = {
    "materials": [
        {"code": "photo", "title": "照片", "ways": [{"way": "upload"}]},
        {"code": "promise", "title": "承诺书", "ways": [{"way": "pledge", "text": "我保证"}, {"way": "upload"}]},
    ]
}
FIRST = {
    "code": "first", "title": "先办的", "department": "甲", "kind": "公共服务", "limit": {"legal": 10, "promised": 5},
    "roles": {"who": "person"}, "needs": ["who.name", "who.id_number", "who.sex"],
    "materials": [{"material": "photo", "of": "who"}],
    "results": [{"title": "证", "element": "who.card"}],
}
SECOND = {
    "code": "second", "title": "后办的", "department": "乙", "kind": "公共服务", "limit": {"promised": 3},
    "roles": {"who": "person"}, "needs": ["who.name", "who.card", {"element": "who.birth_date", "required": False}],
    "materials": [{"material": "promise", "of": "who", "when": {"age_of": "who", "at_least": 18}}],
    "waits_for": [{"result": "证", "gives": "who.card"}], "results": ["卡"],
}
DEFINITION = {
    "code": "thing", "title": "一件小事", "purpose": "为您办小事", "pledge": "保证", "limit": {"promised": 8},
    "subjects": {
        "me": {"kind": "person", "title": "我"},
        "child": {"kind": "person", "title": "孩子", "repeat": {"at_most": 3}},
        "shop": {"kind": "shop", "title": "店"},
    },
    "applicant": [{"subject": "me"}],
    "situations": [
        {"code": "want", "question": "要办哪样？", "options": [
            {"value": "one", "label": "一样"}, {"value": "both", "label": "两样"},
            {"value": "window", "label": "别的", "offline": "请到窗口", "office": "政务服务中心"}]},
        {"code": "fast", "question": "急吗？", "ask_when": {"situation": "want", "is": "both"},
         "options": [{"value": "yes", "label": "急"}, {"value": "no", "label": "不急"}],
         "decided_by": [{"when": {"fact": "wed.status", "is": "married"}, "answer": "no"}]},
    ],
    "items": [
        {"item": "first", "roles": {"who": "me"}},
        {"item": "second", "roles": {"who": "me"}, "when": {"situation": "want", "is": "both"},
         "needs_when": {"me.birth_date": {"situation": "fast", "is": "yes"}},
         "materials_when": {"promise": {"situation": "fast", "is": "no"}}},
    ],
    "lookups": [
        {"code": "wed", "source": "marriage", "by": {"id_number": "me.id_number"}, "facts": ["status"]},
        {"code": "own", "source": "population", "by": {"id_number": "me.id_number"}, "gives": {"me.name": "name"}},
    ],
    "derive": [{"path": "me.birth_date", "by": "birth_date_of_id", "using": {"id_number": "$me.id_number"}}],
    "fields": [{"path": "me.name", "ask": "您叫什么？"}, {"path": "me.sex", "options": ["1", "2"]}],
    "rules": [
        {"code": "adult", "level": "block", "check": "condition", "about": "me.birth_date", "says": "太小了",
         "using": {"holds": {"age_of": "me", "at_least": "$parameter.age"}}},
        {"code": "old", "level": "gate", "gates": "second", "about": "material:photo", "says": "等一等",
         "check": "not_after_today", "using": {"path": "me.birth_date"}},
        {"code": "rest", "level": "warn", "when": {"situation": "want", "is": "both"}, "check": "all_different",
         "using": {"value": ["$me.height", "$me.spare", "$shop.name", "$shop.number"]}, "about": "me.name",
         "says": "不要一样"},
    ],
}


def good() -> Content:
    """File name to data of a sound tree."""
    return copy.deepcopy({
        "elements/person.yaml": ELEMENTS_PERSON, "elements/shop.yaml": ELEMENTS_SHOP,
        "code_sets/sex.yaml": {"code": "sex", "title": "性别", "options": [
            {"value": "1", "label": "男"}, {"value": "2", "label": "女"}]},
        "materials/all.yaml": MATERIALS, "items/first.yaml": FIRST, "items/second.yaml": SECOND,
        "definitions/thing.yaml": DEFINITION,
        "parameters/default.yaml": {"region": "", "title": "通用", "values": {"age": 18}},
    })


def written(folder: Path, content: Content) -> Path:
    """The tree as files under ``folder/forms``."""
    yaml = YAML()
    yaml.width = 4096
    for name, data in content.items():
        path = folder / "forms" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8") as handle:
            yaml.dump(data, handle)
    return folder / "forms"
