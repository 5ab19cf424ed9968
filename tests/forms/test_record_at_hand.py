"""What a source says is read from the record of the subject at hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from forms.bank import Bank
from forms.content.condition_schema import Condition
from forms.content.references import resolve
from forms.content.schema import Lookup, Repeat, Subject
from forms.draft import Draft, Fact, Value
from forms.engine import Engine
from forms.filling.deriving import argument
from forms.logic.conditions import evaluate
from forms.logic.scene import Scene
from forms.logic.truth import Missing
from tests.forms.a_tree import good, written

AT = datetime(2026, 11, 22, tzinfo=UTC)
SUBJECTS = {"me": Subject(kind="person", title="我"), "home": Subject(kind="house", title="房子"),
            "child": Subject(kind="person", title="孩子", repeat=Repeat(at_most=3))}
LOOKUPS = {one.code: one for one in (
    Lookup(code="homes", source="real_estate", by={"id_number": "me.id_number"},
           gives={"home.number": "number", "home.address": "address"}),
    Lookup(code="more", source="real_estate", by={"id_number": "me.id_number"}, facts=("area",)),
    Lookup(code="births", source="births", by={"id_number": "me.id_number"}, each="child"),
    Lookup(code="school", source="school", by={"id_number": "child.id_number"}, gives={"child.school": "name"}),
)}
HOMES = [{"number": "A1", "address": "文一路1号", "area": 60}, {"number": "A2", "address": "文二路2号", "area": 90}]
SCHOOLS = [{"name": "一小", "grade": 1}, {"name": "二小", "grade": 5}]


def scene(values: dict[str, Any], **records: list[dict[str, Any]]) -> Scene:
    facts = {code.replace("_", "[") + ("]" if "_" in code else ""): found for code, found in records.items()}
    draft = Draft(
        one_thing="thing", version="1", region="330106", counts={"child": 2},
        values={path: Value(value=value, origin="citizen", at=AT) for path, value in values.items()},
        facts={code: Fact(lookup=code, source="s", outcome="got", records=found, fetched_at=AT)
               for code, found in facts.items()},
    )
    return Scene(draft, SUBJECTS, LOOKUPS, {}, date(2026, 11, 22))


@pytest.mark.parametrize(("values", "area"), [
    ({}, 60), ({"home.number": "A1", "home.address": "文一路1号"}, 60), ({"home.number": "A2"}, 90),
    ({"home.number": "A2", "home.address": "文一路1号"}, 60), ({"home.number": "B7"}, 60),
])
def test_of_several_it_is_the_one_that_the_form_speaks_of(values: dict[str, Any], area: int) -> None:
    found = scene(values, homes=HOMES, more=HOMES)
    assert found.fact("homes.area") == area
    assert argument(found, "$fact.homes.area") == area
    assert found.fact("more.area") == area, "two questions about the same are about the same record"


def test_of_each_child_it_is_that_childs() -> None:
    found = scene({"child[1].school": "一小", "child[2].school": "二小"}, school_1=SCHOOLS, school_2=SCHOOLS)
    assert [found.at("child", number).fact("school.grade") for number in (1, 2)] == [1, 5]


def test_of_children_that_are_not_named_it_is_a_list() -> None:
    found = scene({}, births=[{"weight": 2500}, {"weight": 3100}])
    assert resolve(found, "fact.births.weight") == [2500, 3100]
    assert argument(found.at("child", 2), "$fact.births.weight") == 3100
    assert resolve(found, "fact.births.count") == 2
    assert resolve(scene({}, births=[{"weight": 2500}]), "fact.births.weight") is Missing.ABSENT


def test_what_is_compared_with_it_must_hold_of_each() -> None:
    found = scene({"me.least": 2600}, births=[{"weight": 2500}, {"weight": 3100}])
    condition = Condition.model_validate({"field": "me.least", "at_most": "$fact.births.weight"})
    assert evaluate(condition, found) is False
    assert evaluate(condition, found.at("child", 2)) is True


def test_a_rule_whose_arguments_are_several_records_looks_at_each(tmp_path: Path) -> None:
    content = good()
    definition = content["definitions/thing.yaml"]
    definition["subjects"]["child"]["repeat"]["count_from"] = "births"
    definition["lookups"].append({"code": "births", "source": "marriage", "by": {"id_number": "me.id_number"},
                                  "facts": ["status"], "each": "child"})
    definition["rules"].append({"code": "each", "level": "block", "check": "one_of", "about": "me.name", "says": "不对",
                                "using": {"value": "$fact.births.status", "of": ["a", "b"]}})
    engine = Engine(Bank.load([written(tmp_path, content)]))
    draft = Draft(one_thing="thing", version=engine.version_of("thing"), region="330106")
    for records, wrong in ((["a", "b"], 0), (["a", "c"], 1), (["c", "d"], 2)):
        fact = Fact(lookup="births", source="marriage", outcome="got", records=[{"status": one} for one in records],
                    fetched_at=AT)
        told = draft.model_copy(update={"facts": {"births": fact}, "counts": {"child": 2}})
        assert [one.rule for one in engine.review(told)].count("each") == wrong
