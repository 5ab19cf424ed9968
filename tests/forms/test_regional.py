"""A province, a city and a county that differ from the general bundle in a limit, in an item more, in an item less."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.guides import guide_of
from core.content import read
from forms.bank import Bank
from forms.draft import Login
from forms.engine import Engine
from forms.lint import check_content
from forms.lint.parameters import in_catalogue
from intents.catalogue import Entry, Question
from tests.forms.a_tree import SOURCES, Content, good, written

LOGIN = Login(name="陈一民", id_number="330106199003074218")
PROVINCE: dict[str, Any] = {
    "region": "330000", "title": "某省", "extends": "", "limits": {"second": {"promised": 2}},
    "promises": {"thing": {"promised": 7}},
}
CITY: dict[str, Any] = {
    "region": "330100", "title": "某市", "extends": "330000", "limits": {"first": {"legal": 10, "promised": 3}},
    "more": {"thing": [{"item": "third", "roles": {"who": "me"}, "when": {"situation": "want", "is": "both"}}]},
}
COUNTY: dict[str, Any] = {"region": "330106", "title": "某区", "extends": "330100", "without": {"thing": ["third"]}}
THIRD: dict[str, Any] = {
    "code": "third", "title": "又一样", "department": "丙", "kind": "公共服务", "limit": {"promised": 1},
    "roles": {"who": "person"}, "needs": ["who.name", "who.spare"], "results": ["又一个证"],
}


@pytest.fixture
def content() -> Content:
    tree = good()
    tree["items/third.yaml"] = THIRD
    for region in (PROVINCE, CITY, COUNTY):
        tree[f"parameters/{region['region']}.yaml"] = dict(region)
    return tree


def said(folder: Path) -> list[str]:
    return [str(problem) for problem in check_content([folder], SOURCES)]


def legs(engine: Engine, region: str) -> dict[str, int]:
    draft = engine.answer_situation(engine.start("thing", region, LOGIN), "want", "both")
    return {leg.code: leg.limit.promised for leg in engine.legs(draft)}


def test_each_region_has_what_it_and_those_above_say(content: Content, tmp_path: Path) -> None:
    engine = Engine(Bank.load([written(tmp_path, content)]))
    assert legs(engine, "110000") == {"first": 5, "second": 3}
    assert legs(engine, "330200") == {"first": 5, "second": 2}
    assert legs(engine, "330100") == {"first": 3, "second": 2, "third": 1}
    assert legs(engine, "330106") == {"first": 3, "second": 2}
    assert engine.plan("thing", "330106").definition.limit.promised == 7
    assert engine.plan("thing", "110000").definition.limit.promised == 8


def test_only_where_the_item_applies_is_its_field_asked(content: Content, tmp_path: Path) -> None:
    engine = Engine(Bank.load([written(tmp_path, content)]))
    for region, there in (("330100", True), ("330106", False), ("110000", False)):
        draft = engine.answer_situation(engine.start("thing", region, LOGIN), "want", "both")
        assert ("me.spare" in engine.merge(draft).fields) is there


def test_all_regions_share_a_version_that_moves_with_any_of_them(content: Content, tmp_path: Path) -> None:
    before = Engine(Bank.load([written(tmp_path / "a", content)]))
    assert before.plan("thing", "330106").version == before.plan("thing", "110000").version
    content["parameters/330100.yaml"]["limits"] = {"first": {"promised": 2}}
    after = Engine(Bank.load([written(tmp_path / "b", content)]))
    assert after.version_of("thing") != before.version_of("thing")


def test_sound_regions_have_no_mistakes(content: Content, tmp_path: Path) -> None:
    content["definitions/thing.yaml"]["confirmations"] = []
    assert [line for line in said(written(tmp_path, content)) if "parameters/33" in line] == []


@pytest.mark.parametrize(("region", "change", "expected"), [
    ("330000", {"limits": {"secand": {"promised": 2}}}, "there is no item `secand` -> write `second`"),
    ("330000", {"promises": {"thing": {"promised": 6}}}, "in 某省: "),
    ("330100", {"more": {"thing": [{"item": "third", "roles": {}}]}}, "nobody plays the role `who` of `third`"),
    ("330100", {"more": {"thang": []}}, "there is no one-thing `thang` -> write `thing`"),
    ("330106", {"without": {"thing": ["fourth"]}}, "`thing` does not bundle `fourth`"),
])
def test_what_does_not_hold_in_a_region_is_said_at_its_line(
    content: Content, tmp_path: Path, region: str, change: dict[str, Any], expected: str
) -> None:
    content[f"parameters/{region}.yaml"].update(change)
    lines = [line for line in said(written(tmp_path, content)) if f"parameters/{region}.yaml" in line]
    assert any(expected in line for line in lines), lines


def test_a_parameter_that_only_one_region_sets_is_missing_everywhere_else(content: Content, tmp_path: Path) -> None:
    content["parameters/default.yaml"]["values"] = {}
    content["parameters/330100.yaml"]["values"] = {"age": 18}
    lines = [line for line in said(written(tmp_path, content)) if "parameters/330100.yaml" in line]
    assert any("the parameter `age` has no value in any other region -> set `age` in" in line for line in lines), lines


QUESTION = "满{age}岁了吗？"


@pytest.fixture
def worded(content: Content) -> Content:
    """The same with the number of the region in a question, in an option, in a field and in a rule."""
    thing = content["definitions/thing.yaml"]
    thing["situations"][0] |= {"question": QUESTION}
    thing["situations"][0]["options"][2]["offline"] = "满{age}岁再来，{age}岁以下到窗口。"
    thing["fields"][0]["ask"] = "{age}岁以上的叫什么？"
    thing["rules"][0]["says"] = "还没满{age}岁"
    content["parameters/330100.yaml"]["values"] = {"age": 20.5}
    return content


@pytest.mark.parametrize(("region", "age"), [("110000", "18"), ("330200", "18"), ("330100", "20.5"),
                                             ("330106", "20.5")])
def test_words_hold_the_number_of_the_region(worded: Content, tmp_path: Path, region: str, age: str) -> None:
    engine = Engine(Bank.load([written(tmp_path, worded)]))
    plan = engine.plan("thing", region)
    first = plan.definition.situations[0]
    assert (first.question, first.options[2].offline) == (f"满{age}岁了吗？", f"满{age}岁再来，{age}岁以下到窗口。")
    assert plan.notes["me.name"].ask == f"{age}岁以上的叫什么？"
    assert next(rule.says for rule, _ in plan.rules) == f"还没满{age}岁"
    assert engine.questions(engine.start("thing", region, LOGIN))[0].ask == f"满{age}岁了吗？"
    assert said(tmp_path / "forms") == []


def test_regions_with_the_same_numbers_share_a_plan(worded: Content, tmp_path: Path) -> None:
    engine = Engine(Bank.load([written(tmp_path, worded)]))
    assert engine.plan("thing", "110000") is engine.plan("thing", "120000")
    assert engine.plan("thing", "110000") is not engine.plan("thing", "330100")
    assert engine.bank.meaning("thing", "110000") != engine.bank.meaning("thing", "330100")


def test_a_parameter_that_only_words_name_is_read(worded: Content, tmp_path: Path) -> None:
    worded["definitions/thing.yaml"]["rules"].pop(0)
    assert said(written(tmp_path, worded)) == []


@pytest.mark.parametrize(("region", "age"), [("110000", "18"), ("330106", "20.5")])
def test_a_guide_tells_fees_and_notes_with_the_number_of_the_region(
    worded: Content, tmp_path: Path, region: str, age: str
) -> None:
    worded["items/first.yaml"] |= {"fee": "每份{age}元", "note": "满{age}岁的减半"}
    engine = Engine(Bank.load([written(tmp_path, worded)]))
    entry = Entry(code="thing", title="一件小事", lead_department="甲", form="thing", guide="{age}岁以上的来办。",
                  fee="每份{age}元", faq=(Question(q="多少钱？", a="{age}元。"),), updated="2026-11-01")
    made = guide_of(engine, entry, region)
    first = next(one for one in made.items if one.code == "first")
    assert (first.fee, first.note) == (f"每份{age}元", f"满{age}岁的减半")
    assert (made.fee, made.introduction, made.faq[0].a) == (f"每份{age}元", f"{age}岁以上的来办。", f"{age}元。")
    assert said(tmp_path / "forms") == []


def test_a_catalogue_names_only_numbers_that_there_are(tmp_path: Path) -> None:
    file = tmp_path / "catalogue" / "thing.yaml"
    file.parent.mkdir()
    file.write_text("title: '{age}岁的事'\nfee: '{age}元，{aeg}元'\n", "utf-8")
    found = [(one.line, one.wrong) for one in in_catalogue(read(file, tmp_path), {"age": 18})]
    assert found == [(1, "citizens would read `{age}` here as it stands"),
                     (2, "there is no parameter `aeg` to put into these words")]


@pytest.mark.parametrize(("file", "keys", "text", "expected"), [
    ("items/first.yaml", ("title",), "满{age}岁的证",
     "`{age}` here as it stands -> values are put into the words of fee, note only"),
    ("definitions/thing.yaml", ("rules", 0, "says"), "满{aeg}岁再来",
     "there is no parameter `aeg` to put into these words -> write `age`"),
    ("definitions/thing.yaml", ("rules", 0, "says"), "只在{towns}办",
     "`towns` is neither a number nor a text: ['甲', '乙'] -> say it in words"),
    ("definitions/thing.yaml", ("purpose",), "为满{age}岁的您办小事",
     "`{age}` here as it stands -> values are put into the words of situations, fields, rules only"),
    ("elements/person.yaml", ("elements", 3, "help"), "满{age}岁",
     "`{age}` here as it stands -> only words of a one-thing take values of the region: say it there"),
])
def test_a_place_in_words_where_nothing_can_stand_is_found(
    worded: Content, tmp_path: Path, file: str, keys: tuple[str | int, ...], text: str, expected: str
) -> None:
    worded["parameters/default.yaml"]["values"]["towns"] = ["甲", "乙"]
    node = worded[file]
    for key in keys[:-1]:
        node = node[key]
    node[keys[-1]] = text
    lines = said(written(tmp_path, worded))
    assert [line for line in lines if line.endswith(expected) and file in line], lines
