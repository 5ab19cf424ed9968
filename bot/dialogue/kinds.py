"""Which kind of entity answers a question, and whether a measure counts what the question counts."""

from __future__ import annotations

from bot.dialogue.around import contradicted, timeless
from bot.dialogue.desk import Desk
from bot.dialogue.questions import field_at
from forms.merging.merged import Question
from intents.understanding import Entity

ENTITY_OF = {
    "name": "name", "id_number": "id_number", "phone": "phone", "date": "date", "datetime": "date", "number": "number",
    "money": "money", "address": "place", "region": "region", "month": "date",
}
"""Element type to the kind of entity that fits it."""
ABOUT = frozenset({"kin", "age"})
"""Kinds that tell of somebody and fill nothing by themselves."""
HOSPITAL = "医院"
_BIRTH, _BORN = "birth", ("生", "出生")
_MEASURES = (
    ("平方米", "平米", "平方", "平", "㎡", "m2"), ("克", "公斤", "千克", "斤", "kg"), ("厘米", "公分", "cm", "米"),
    ("周", "个星期"), ("个月", "月"), ("个", "个人", "人", "名", "位"), ("辆", "台"), ("间", "层", "张", "套", "户"),
)


def kind_for(question: Question) -> str | None:
    """The kind of entity that answers the question; None when words or a choice do."""
    if question.type == "text" and HOSPITAL in question.title:
        return "hospital"
    return ENTITY_OF.get(question.type)


def fits(entity: Entity, question: Question, desk: Desk, text: str) -> bool:
    """Whether an entity of the right kind can be meant: grams for a weight, the day of birth for a birth."""
    if contradicted(entity, question.title, text):
        return False
    if entity.kind == "number":
        field = field_at(desk, question.key)
        unit = field.element.unit if field else ""
        return _same_measure(entity.value, unit) and not timeless(entity.value, question.title, unit)
    if entity.kind == "date" and text[entity.end:entity.end + 6].lstrip("刚在").startswith(_BORN):
        return _BIRTH in question.key
    return True


def _same_measure(value: str, unit: str) -> bool:
    if not unit or value.endswith(unit):
        return True
    family = next((family for family in _MEASURES if unit in family), (unit,))
    return value.endswith(family) or ("斤" in family and "斤" in value)
