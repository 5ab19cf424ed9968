"""Published guides: both shapes are read with their raw values, mapped to ours, compared, and looked through."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from core.errors import ContentError
from forms.bank import Bank
from forms.content.region_schema import Parameters
from forms.lint import check_content
from forms.published.conflicts import conflicts
from forms.published.matching import Mapped, department, likeness, mapped
from forms.published.promising import limits, region_of
from forms.published.proposal import files
from forms.published.reading import read_guide
from forms.published.report import report
from forms.published.traps import LOOKS, traps
from forms.traps.report import TRAPS
from tests.forms.a_tree import SOURCES, good, written

GUIDES = Path(__file__).with_name("published_guides")
TODAY = date(2026, 11, 22)


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return Bank.load([written(tmp_path, good())])


@pytest.fixture
def found(bank: Bank) -> Mapped:
    return mapped(bank, read_guide(GUIDES / "small.yaml"))


def test_the_digest_is_read_with_its_raw_values() -> None:
    guide = read_guide(GUIDES / "small.yaml")
    assert (guide.code, guide.region, guide.promised) == ("00ABC0001", "云间县", 5)
    assert guide.claims.materials == (9, 2)
    assert guide.claims.visits_elsewhere == 1
    assert [one.promised for one in guide.items] == [8, 2, 20, 1]
    assert guide.items[3].result == ""
    assert [(one.need, one.way) for one in guide.materials[:4]] == [
        ("required", "upload"), ("required", "upload"), ("conditional", "upload"), ("deferred", "upload")]
    assert guide.materials[0].raw["raw"] == [1, 1, 3, 9, 10, 4, 2]
    assert guide.raw["theme"]["code"] == "00ABC0001"


def test_the_answer_of_the_site_is_read_as_it_is() -> None:
    guide = read_guide(GUIDES / "small.json")
    assert (guide.code, guide.name, guide.region, guide.promised) == ("00ABC0001", "一件小事“一件事”", "云间县", 5)
    assert (guide.items[0].name, guide.items[0].variant, guide.items[0].promised) == ("先办的", "先办的（首次）", 8)
    assert (guide.materials[0].need, guide.materials[0].way) == ("required", "generated")
    assert guide.materials[0].raw["published"]["yjsMlSsqdClId"] == "X1"
    assert guide.claims.visits == (2, 0)
    assert guide.process == ("登录", "提交")
    assert guide.windows == ("云间县政务大厅 云间路1号 工作日",)


@pytest.mark.parametrize(("name", "text", "says"), [
    ("a.yaml", "items: 3\n", "`items` is no list"), ("a.yaml", "guide: 3\n", "not a published guide"),
    ("a.json", "{", "this is not JSON"),
    ("a.yaml", "- 1\n", "it is no mapping"), ("a.yaml", "theme: {name: x\n", "this is not YAML"),
])
def test_what_is_no_guide_is_refused_in_a_sentence(tmp_path: Path, name: str, text: str, says: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(ContentError, match=says):
        read_guide(tmp_path / name)
    with pytest.raises(ContentError, match="cannot be read"):
        read_guide(tmp_path / "missing.json")


def test_names_lead_to_ours(found: Mapped) -> None:
    assert (found.one_thing.code, found.one_thing.sure) == ("thing", True)
    assert [(match.code, match.sure) for _, match in found.items] == [
        ("first", True), ("second", True), ("second", True), ("", False)]
    assert [match.code for _, match in found.materials[:3]] == ["photo", "promise", ""]


def test_a_person_may_say_which_one_thing_it_is(bank: Bank) -> None:
    assert mapped(bank, read_guide(GUIDES / "small.yaml"), "thing").one_thing.score == 1.0


@pytest.mark.parametrize(("one", "two", "at_least", "below"), [
    ("出生医学证明", "《出生医学证明》", 1.0, 1.1), ("中华人民共和国结婚证", "结婚证", 0.7, 0.9),
    ("出生医学证明签发知情告知书", "出生医学证明", 0.0, 0.72), ("社保卡申领（首次）", "社保卡申领", 0.9, 1.0),
    ("排水许可", "烟草许可", 0.0, 0.72), ("", "证", 0.0, 0.1),
])
def test_how_alike_names_are(one: str, two: str, at_least: float, below: float) -> None:
    assert at_least <= likeness(one, two) < below


@pytest.mark.parametrize(("name", "ours"), [
    ("云间县人力资源和社会保障局", "人力资源社会保障"), ("市监部门", "市场监管"), ("某市卫生健康委员会", "卫生健康"),
    ("气球管理处", ""),
])
def test_departments_by_their_many_names(name: str, ours: str) -> None:
    assert department(name) == ours


def test_what_conflicts_with_ours(bank: Bank, found: Mapped) -> None:
    told = {(one.kind, one.about, one.theirs, one.ours) for one in conflicts(bank, found)}
    assert ("limit", "thing", "5 working days", "8 working days") in told
    assert ("limit", "first", "8 working days", "5 working days") in told
    assert ("limit", "second", "20 working days", "3 working days") in told
    assert ("name", "second", "后办的（加急）", "后办的") in told
    assert ("item", "从没见过的服务", "从没见过的服务", "") in told
    assert ("way", "promise", "上传提交", "pledge > upload") in told
    assert ("department", "thing", "云间县民政局", "") in told
    assert ("material", "民族说明", "民族说明", "") in told


def test_the_traps_in_the_guide_itself() -> None:
    assert LOOKS.keys() == {trap.code for trap in TRAPS}
    told = traps(read_guide(GUIDES / "small.yaml"), TODAY)
    assert {name for name, _ in told} == {
        "promise_shorter_than_chain", "waiting_outside_promise", "counts_differ_from_lists", "alternatives_flat",
        "conditional_but_mandatory", "condition_against_material", "repeat_and_cycle", "duplicated_keys",
        "exemption_unreliable", "roles_missing", "dirty_values", "visits_disagree", "aging_words"}
    assert ("counts_differ_from_lists", "claims 2 materials, and lists 5") in told
    assert ("duplicated_keys", "the material code 「A2」 stands 2 times") in told


def test_a_proposal_is_an_overlay_that_is_checked_like_any_other(tmp_path: Path, bank: Bank, found: Mapped) -> None:
    differences = conflicts(bank, found)
    told = report(found, differences, traps(found.guide, TODAY))
    texts = files(bank, found, differences, told, "330106")
    here = YAML(typ="safe").load(texts["forms/parameters/330106.yaml"])
    assert here["limits"] == {"first": {"legal": 10, "promised": 8}, "second": {"promised": 20}}
    assert here["region"] == "330106"
    assert not {"forms/items/first.yaml", "forms/items/second.yaml"} & set(texts)
    new = {"forms/items/g00abc0001_item_4.yaml", "forms/materials/g00abc0001.yaml"}
    assert {"report.md", "mapping.json", *new} <= set(texts)
    for name, text in texts.items():
        (tmp_path / "over" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "over" / name).write_text(text, "utf-8")
    problems = check_content([tmp_path / "forms", tmp_path / "over" / "forms"], SOURCES)
    assert [problem.wrong.split(":")[1] for problem in problems] == [
        " `thing` promises 8 working days, but its longest chain takes 28"]
    raw = json.loads(texts["mapping.json"])
    assert raw["items"][0] == {"raw": found.items[0][0].raw, "promised": 8, "taken": True,
                               "ours": {"code": "first", "title": "先办的", "score": 1.0}}
    assert raw["guide"] == found.guide.raw


def test_the_promises_of_a_guide_stay_in_its_region(tmp_path: Path) -> None:
    content = good()
    content["parameters/330100.yaml"] = {
        "region": "330100", "title": "云间市", "extends": "", "values": {"age": 20},
        "limits": {"first": {"promised": 4}}}
    bank = Bank.load([written(tmp_path, content)])
    found = mapped(bank, read_guide(GUIDES / "small.yaml"))
    told = YAML(typ="safe").load(files(bank, found, (), "", "330100")["forms/parameters/330100.yaml"])
    assert told["values"] == {"age": 20}
    assert told["limits"] == {"first": {"promised": 8}, "second": {"promised": 20}}
    below = YAML(typ="safe").load(files(bank, found, (), "", "330106")["forms/parameters/330106.yaml"])
    assert below["extends"] == "330100"
    assert [name for name in files(bank, found, (), "") if "parameters" in name] == []


def test_no_promise_is_proposed_that_the_law_forbids(tmp_path: Path) -> None:
    content = good()
    content["items/first.yaml"]["limit"] = {"legal": 6, "promised": 5}
    bank = Bank.load([written(tmp_path, content)])
    found = mapped(bank, read_guide(GUIDES / "small.yaml"))
    assert set(limits(bank, found, "330106")) == {"second"}


@pytest.mark.parametrize(("code", "name", "region"), [
    ("43ABC0001225J0100", "", "430100"), ("43ABC0001225J9999", "云间市", "330100"), ("", "云间市", "330100"),
    ("", "云间县", ""),
])
def test_whose_guide_it_is(bank: Bank, code: str, name: str, region: str) -> None:
    bank.regions["330100"] = Parameters(region="330100", title="云间市")
    guide = replace(read_guide(GUIDES / "small.json"), implemented=code, region=name)
    assert region_of(bank, guide) == region


def test_a_one_thing_that_is_not_ours_comes_as_a_skeleton(tmp_path: Path, bank: Bank) -> None:
    guide = read_guide(GUIDES / "small.yaml")
    bank.definitions.clear()
    found = mapped(bank, guide)
    texts = files(bank, found, conflicts(bank, found), "")
    skeleton = texts["forms/definitions/g00abc0001.yaml"]
    assert "item: g00abc0001_item_4" in skeleton
    assert "Bind these of ours too, with their roles: first, second, second." in skeleton


def test_the_report_says_it_all(bank: Bank, found: Mapped) -> None:
    told = report(found, conflicts(bank, found), traps(found.guide, TODAY))
    for line in ("- items: 3 of 4 are ours", "- item 「先办的」 (8 days): `first` 「先办的」",
                 "- counts_differ_from_lists: claims 2 materials, and lists 5"):
        assert line in told


@pytest.mark.parametrize(("change", "said"), [
    ({"approveList": {"lbsxfwmc": "不是列表"}}, "`approveList` is no list"),
    ({"materialList": [{"clmc": "照片"}, "照片"]}, "entry 2 of `materialList` is not a record"),
    ({"questionInfo": "无"}, "`questionInfo` is no list"),
    ({"basicInfo": None, "guidePoint": [{"bldmc": ["大厅"]}]}, ""),
])
def test_a_part_that_is_something_else_is_named(tmp_path: Path, change: dict[str, object], said: str) -> None:
    data = json.loads((GUIDES / "small.json").read_text("utf-8"))
    data["data"].update(change)
    file = tmp_path / "odd.json"
    file.write_text(json.dumps(data), "utf-8")
    if not said:
        assert read_guide(file).lead == ""
        return
    with pytest.raises(ContentError, match=said) as raised:
        read_guide(file)
    assert raised.value.write


@pytest.mark.parametrize(("text", "said"), [
    (b"", "the file is empty"), (b"\xff\xfe\x00bad", "not text in UTF-8"),
    (b'{"success": false, "message": "busy", "data": null}', "answered with an error: busy"),
])
def test_what_is_no_answer_says_how_to_get_one(tmp_path: Path, text: bytes, said: str) -> None:
    file = tmp_path / "odd.json"
    file.write_bytes(text)
    with pytest.raises(ContentError, match=said) as raised:
        read_guide(file)
    assert raised.value.write


def test_the_report_says_what_to_do_next(bank: Bank) -> None:
    whole = mapped(bank, read_guide(GUIDES / "small.json"))
    told = report(replace(whole, one_thing=replace(whole.one_thing, score=0.3)), conflicts(bank, whole), ())
    assert "`--one-thing CODE`" in told
    assert "`--write DIR`" in told
    assert "`--region CODE`" in told
    assert "forms/parameters/330106.yaml" in report(whole, conflicts(bank, whole), (), "330106")
