"""Somebody who is sent to a window is told where it is, or honestly that 12345 must be asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from forms.bank import Bank
from forms.content.material_schema import Way
from forms.content.region_schema import Parameters, Window
from forms.engine import Engine
from forms.guides.making import guide
from forms.guides.pages import sections
from forms.guides.whereto import whereto
from forms.lint import check_content
from tests.forms.a_tree import SOURCES, Content, good, written
from tests.forms.test_guide import TOLD

PROVINCE, CITY, COUNTY, FAR = "330000", "330100", "330106", "620802"
SOURCED: dict[str, Any] = {"address": "云间路 1 号", "source": "云间县政府网站", "confidence": "high"}


def bank(**windows: list[dict[str, Any]]) -> Bank:
    """A bank of nothing but regions: ``r330106=[...]`` gives windows to a county."""
    made = Bank()
    for region, above in ((PROVINCE, ""), (CITY, PROVINCE), (COUNTY, CITY), ("", None)):
        given = windows.get(f"r{region}", [])
        made.regions[region] = Parameters(
            region=region, title=region, extends=above, windows=tuple(Window(**one) for one in given))
    return made


def test_the_hall_of_the_county_is_told_with_all_that_is_known() -> None:
    told = whereto(bank(r330106=[{"title": "云间县政务大厅", "hours": "工作日", "phone": "0571-1", **SOURCED}]), COUNTY)
    assert told.known
    assert told.says == "云间县政务大厅，地址：云间路 1 号。开门时间：工作日。电话：0571-1。"
    assert told.short == "云间县政务大厅（云间路 1 号）"


def test_without_an_address_the_office_is_named_and_12345() -> None:
    told = whereto(bank(), COUNTY, "医保窗口")
    assert not told.known
    assert (told.address, told.title) == ("", "医保窗口")
    assert "还没有核实到" in told.says
    assert "12345，说您在浙江省杭州市西湖区" in told.says


def test_how_to_find_it_is_told_where_there_are_many() -> None:
    told = whereto(bank(r=[{"title": "派出所", "offices": ["派出所"], "find": "户口本上盖章的那个"}]), COUNTY, "派出所")
    assert told.says.startswith("派出所：户口本上盖章的那个。去之前请先打 12345")


def test_an_address_without_a_source_is_never_told() -> None:
    told = whereto(bank(r330106=[{"title": "大厅", "address": "编的路 1 号"}]), COUNTY)
    assert not told.known
    assert "编的路" not in told.says + told.short + told.address


@pytest.mark.parametrize(("below", "known"), [(False, False), (True, True)])
def test_the_hall_of_a_city_serves_its_counties_only_when_that_is_said(below: bool, known: bool) -> None:
    here = bank(r330100=[{"title": "市里的大厅", "below": below, **SOURCED}])
    assert whereto(here, COUNTY).known is known
    assert whereto(here, CITY).known


def test_the_nearest_address_counts_and_a_department_only_where_it_receives_people() -> None:
    here = bank(
        r330106=[{"title": "县里的大厅", "departments": ["公安"], "offices": ["政务服务中心"], **SOURCED}],
        r330100=[{"title": "市里的大厅", "below": True, "departments": ["公安", "海关"], **SOURCED}])
    assert whereto(here, COUNTY, department="公安").title == "县里的大厅"
    assert whereto(here, COUNTY, department="海关").title == "市里的大厅"
    assert whereto(here, COUNTY, department="税务").title == "税务部门的窗口"
    assert not whereto(here, COUNTY, department="税务").known


def test_who_is_not_sure_is_asked_to_call_first() -> None:
    told = whereto(bank(r330106=[{"title": "大厅", **SOURCED, "confidence": "medium"}]), COUNTY)
    assert told.says.endswith("去之前先打 12345，核对一下再去。")


def windows(content: Content, *given: dict[str, Any]) -> Content:
    content["parameters/default.yaml"]["windows"] = [{"title": "云间派出所", "offices": ["派出所"], "find": "看户口本"}]
    content["parameters/330106.yaml"] = {"region": COUNTY, "title": "西湖区", "extends": "", "windows": list(given)}
    return content


@pytest.mark.parametrize(("window", "said"), [
    ({"title": "大厅", "address": "云间路 1 号"}, "has address, and does not say where that is from"),
    ({"title": "大厅", "phone": "0571-1"}, "has phone, and does not say where that is from"),
    ({"title": "大厅", **SOURCED, "address": "以当地公布为准"}, "is no address"),
    ({"title": "大厅", **SOURCED, "confidence": None}, "does not say where that is from"),
])
def test_an_address_nobody_vouches_for_is_reported(tmp_path: Path, window: dict[str, Any], said: str) -> None:
    given = {key: value for key, value in window.items() if value is not None}
    found = [one for one in check_content([written(tmp_path, windows(good(), given))], SOURCES)
             if one.file.endswith("330106.yaml")]
    assert [one for one in found if said in one.wrong]
    assert all(one.write for one in found)


def test_sourced_windows_and_open_ones_are_sound(tmp_path: Path) -> None:
    sound = windows(good(), {"title": "大厅", **SOURCED}, {"title": "派出所", "offices": ["派出所"], "phone": "12345"})
    assert check_content([written(tmp_path, sound)], SOURCES) == []


@pytest.mark.parametrize(("way", "said"), [
    ({"way": "window", "text": "带原件到派出所。"}, "does not name the office"),
    ({"way": "window", "text": "带原件到派出所。", "office": "派出锁"}, "there is no office 「派出锁」"),
])
def test_who_sends_somewhere_names_an_office_that_there_is(tmp_path: Path, way: dict[str, Any], said: str) -> None:
    content = windows(good())
    content["materials/all.yaml"]["materials"][0]["ways"] = [{"way": "upload"}, way]
    assert any(said in one.wrong for one in check_content([written(tmp_path, content)], SOURCES))


def test_every_way_out_of_the_packaged_content_leads_somewhere() -> None:
    whole = Bank.load()
    ways: list[Way] = [way for one in whole.materials.values() for way in one.ways if way.office]
    options = [one for d in whole.definitions.values() for s in d.situations for one in s.options if one.office]
    assert len(ways) > 20
    assert len(options) > 20
    for office in {one.office for one in (*ways, *options)}:
        for region in (COUNTY, FAR, "110000", ""):
            told = whereto(whole, region, office)
            assert told.known or "12345" in told.says


def test_page_json_and_chat_tell_the_same_place() -> None:
    whole = Bank.load()
    made = guide(Engine(whole), "newborn_birth", COUNTY, TOLD)
    option = next(one for question in made.situations for one in question.options if "派出所" in one.offline)
    assert option.where == "要去的地方：派出所（地址先打 12345 问清楚）。"
    said = {line for part in sections(made) for row in part.rows for _, line in row.lines}
    assert any(option.where in line for line in said)
    places = next(row for part in sections(made) if part.code == "where" for row in part.rows)
    assert "去之前请先打 12345，说您在浙江省杭州市西湖区，问清地址和上班时间。" in [line for _, line in places.lines]
