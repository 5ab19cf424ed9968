"""Conditions are three-valued: what is unknown is never false."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from forms.content.condition_schema import Condition
from forms.content.mentions import references
from forms.content.schema import Lookup, Repeat, Subject
from forms.draft import Draft, Fact, Login, MaterialAnswer, Value
from forms.logic.conditions import compiled, evaluate
from forms.logic.scene import Scene
from forms.logic.truth import FALSE, TRUE, UNANSWERED, UNAVAILABLE, Missing, all_of, any_of, negate
from tests.forms.birth import MOTHER

NOW = datetime(2026, 3, 18, tzinfo=UTC)
SUBJECTS = {
    "mother": Subject(kind="person", title="妈妈"),
    "baby": Subject(kind="child", title="宝宝", repeat=Repeat(at_most=4)),
}
LOOKUPS = {
    "records": Lookup(code="records", source="records", by={"id_number": "mother.id_number"}, each="baby"),
    "card": Lookup(code="card", source="card", by={"id_number": "baby.id_number"}),
}


def fact(outcome="got", *records):
    return Fact(lookup="x", source="s", outcome=outcome, records=list(records), fetched_at=NOW)


@pytest.fixture
def scene():
    values = {
        "mother.name": "李晓兰", "mother.id_number": MOTHER.id_number, "mother.birth_date": "1992-03-19",
        "mother.region": "330106", "baby[1].weight": 2600, "baby[2].weight": 2400, "baby[1].name": "李乐",
        "baby[1].tags": ["a", "b"],
    }
    draft = Draft(
        one_thing="birth", version="1", region="330106",
        login=Login(name="李晓兰", id_number=MOTHER.id_number, level=3),
        values={path: Value(value=value, origin="citizen", at=NOW) for path, value in values.items()},
        counts={"baby": 2}, skipped=["mother.hobby"],
        materials={"photo:baby[1]": MaterialAnswer(way="upload", at=NOW),
                   "bill:mother": MaterialAnswer(way="deferred", at=NOW)},
        facts={
            "marriage": fact("got", {"status": "married", "months": 12}), "none": fact("nothing_found"),
            "down": fact("source_down"), "records": fact("got", {"kind": "a"}, {"kind": "b"}),
            "card[2]": fact("got", {"number": "7"}),
        },
    )
    answers = {"follow": "mother", "extras": ["card", "refund"], "gone": Missing.ABSENT}
    parameters = {"days": 90, "cross": False, "prefix": "3301", "kin": ["mother"]}
    return Scene(draft, SUBJECTS, LOOKUPS, parameters, date(2026, 3, 18), answers)


@pytest.mark.parametrize(("written", "expected"), [
    ({"situation": "follow", "is": "mother"}, True), ({"situation": "follow", "in": ["father", "later"]}, False),
    ({"situation": "follow", "in": "$parameter.kin"}, True),
    ({"situation": "follow", "in": "$parameter.prefix"}, False),
    ({"situation": "extras", "has": "card"}, True), ({"situation": "extras", "has": "photo"}, False),
    ({"situation": "later", "is": "x"}, None), ({"situation": "gone", "is": "x"}, False),
    ({"situation": "gone", "is_not": "x"}, True), ({"situation": "later", "exists": True}, None),
    ({"field": "mother.name", "is": "李晓兰"}, True), ({"field": "mother.phone", "is": "1"}, None),
    ({"field": "mother.phone", "is_not": "1"}, None), ({"field": "mother.name", "starts_with": "李"}, True),
    ({"field": "mother.hobby", "exists": True}, False), ({"field": "mother.phone", "exists": True}, None),
    ({"field": "baby[1].weight", "at_least": 2500}, True), ({"field": "baby.weight", "at_least": 2500}, False),
    ({"field": "baby.weight", "at_least": 2000}, True), ({"field": "baby.name", "is": "李乐"}, None),
    ({"field": "baby[1].tags", "has": "b"}, True),
    ({"age_of": "mother", "is": 33}, True), ({"age_of": "mother", "at_least": 34}, False),
    ({"age_of": "baby", "below": 7}, None),
    ({"fact": "marriage.status", "is": "married"}, True), ({"fact": "marriage.found", "is": True}, True),
    ({"fact": "marriage.months", "at_least": "12"}, True), ({"fact": "marriage.missing", "is": "x"}, None),
    ({"fact": "none.found", "is": "yes"}, False), ({"fact": "none.status", "is": "x"}, False),
    ({"fact": "none.status", "is_not": "x"}, True), ({"fact": "none.outcome", "is": "nothing_found"}, True),
    ({"fact": "down.found", "is": "yes"}, None), ({"fact": "down.outcome", "is": "source_down"}, True),
    ({"fact": "never.found", "is": "no"}, None), ({"fact": "records.kind", "is": "a"}, False),
    ({"fact": "records.kind", "in": ["a", "b"]}, True), ({"fact": "records.kind", "is": "c"}, False),
    ({"fact": "records.count", "is": 2}, True), ({"fact": "records.found", "is": "yes"}, True),
    ({"region": "case", "in": ["330100"]}, True), ({"region": "case", "is": "330200"}, False),
    ({"region": "mother.region", "in": ["33"]}, True), ({"region": "case", "is_not": "330200"}, True),
    ({"region": "mother.elsewhere", "is": "330100"}, None), ({"region": "case", "is": "$parameter.prefix"}, True),
    ({"parameter": "cross", "is": False}, True), ({"parameter": "cross", "is": "no"}, True),
    ({"parameter": "unknown", "is": 1}, False),
    ({"material": "photo", "is": "provided"}, True), ({"material": "bill", "is": "provided"}, False),
    ({"material": "bill", "is": "deferred"}, True), ({"material": "form", "is": "provided"}, None),
    ({"login": "sex", "is": "2"}, True), ({"login": "level", "at_least": 4}, False),
    ({"count_of": "baby", "at_least": 2}, True), ({"count_of": "mother", "is": 1}, True),
    ({"field": "mother.birth_date", "before": "$today"}, True),
    ({"field": "mother.birth_date", "after": "1992-03"}, False),
    ({"field": "mother.name", "is": "$login.name"}, True), ({"field": "mother.name", "is": "$mother.phone"}, None),
    ({"field": "mother.name", "in": ["$mother.phone", "李晓兰"]}, True),
    ({"field": "mother.name", "in": ["$mother.phone", "x"]}, None),
    ({"parameter": "days", "is": "$fact.marriage.months"}, False),
    ({"all": [{"situation": "later", "is": "x"}, {"situation": "follow", "is": "father"}]}, False),
    ({"all": [{"situation": "later", "is": "x"}, {"situation": "follow", "is": "mother"}]}, None),
    ({"any": [{"situation": "later", "is": "x"}, {"situation": "follow", "is": "mother"}]}, True),
    ({"not": {"situation": "later", "is": "x"}}, None), ({"not": {"situation": "follow", "is": "father"}}, True),
    ({"all": []}, True), ({"any": []}, False),
])
def test_conditions(scene, written, expected):
    assert evaluate(Condition.model_validate(written), scene) is expected


def test_bound_to_one_of_several(scene):
    second = scene.at("baby", 2)
    assert evaluate(Condition.model_validate({"field": "baby.weight", "below": 2500}), second) is True
    assert evaluate(Condition.model_validate({"fact": "records.kind", "is": "b"}), second) is True
    assert evaluate(Condition.model_validate({"fact": "card.number", "is": "7"}), second) is True
    assert evaluate(Condition.model_validate({"fact": "card.number", "is": "7"}), scene.at("baby", 1)) is None


def test_roles_become_subjects(scene):
    test = compiled(Condition.model_validate({"field": "parent.name", "is": "$parent.name"}), {"parent": "mother"})
    assert test(scene) is TRUE
    written = {"any": [{"field": "parent.name", "is": "$parent.name"}, {"age_of": "parent", "below": 3}]}
    assert set(references(Condition.model_validate(written), {"parent": "mother"})) == {
        ("field", "mother.name"), ("age_of", "mother")
    }


def test_the_two_kinds_of_unknown():
    assert all_of([UNAVAILABLE, UNANSWERED]) is UNANSWERED
    assert all_of([UNANSWERED, UNAVAILABLE]) is UNANSWERED
    assert all_of([UNAVAILABLE, TRUE]) is UNAVAILABLE
    assert all_of([UNAVAILABLE, FALSE]) is FALSE
    assert any_of([UNAVAILABLE, TRUE]) is TRUE
    assert any_of([UNAVAILABLE, FALSE]) is UNAVAILABLE
    assert negate(UNAVAILABLE) is UNAVAILABLE
    assert UNANSWERED.known is None
