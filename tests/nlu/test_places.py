"""Regions and hospitals, however they are said: one table each."""

from __future__ import annotations

import pytest

from core.spoken.regions import code_said
from nlu.entities import find_entities

REGIONS = [
    ("杭州西湖区", "杭州西湖区"), ("北京朝阳区", "北京朝阳区"), ("上海市浦东新区", "上海市浦东新区"),
    ("浦东新区", "浦东新区"),
    ("新疆维吾尔自治区乌鲁木齐市天山区", "新疆维吾尔自治区乌鲁木齐市天山区"),
    ("新疆乌鲁木齐天山区", "新疆乌鲁木齐天山区"),
    ("深圳南山", "深圳南山"), ("户口在安徽阜阳", "安徽阜阳"), ("老家河南信阳的", "河南信阳"),
    ("在湖北黄冈生的", "湖北黄冈"),
    ("湖北黄冈红安县李家村", "湖北黄冈红安县"), ("户口在萧山", "萧山"), ("在滨江", "滨江"), ("户口在义乌市", "义乌市"),
    ("恩施利川的", "恩施利川"), ("内蒙古呼和浩特", "内蒙古呼和浩特"), ("朝阳区", "朝阳区"), ("桐庐县", "桐庐县"),
]
NO_REGION = [
    "西湖", "在西湖边", "杭州西湖龙井", "高新区", "开发区", "老城区", "搬到新城区了", "我们小区", "西湖区政府",
    "北京银行", "平安保险",
    "", "区",
]
CODES = [
    ("深圳南山", "440305"), ("北京朝阳区", "110105"), ("安徽阜阳", "341200"), ("新疆乌鲁木齐天山区", "650102"),
    ("上海浦东", "310115"), ("浙江省杭州市西湖区", "330106"), ("浙江 杭州 西湖", "330106"), ("萧山区", "330109"),
    ("朝阳区", None), ("西湖", None), ("杭州朝阳区", None), ("", None), ("哪里", None),
]
HOSPITALS = [
    ("在浙大妇院生的", "浙大妇院"), ("浙医二院", "浙医二院"), ("在301医院生的", "301医院"),
    ("解放军301医院", "解放军301医院"),
    ("邵逸夫", "邵逸夫医院"), ("在邵逸夫生的", "邵逸夫医院"), ("邵逸夫医院", "邵逸夫医院"), ("在省中生的", "省中"),
    ("在市一生的", "市一"),
    ("市一医院", "市一医院"), ("在协和生的", "协和"),
]


def of(kind: str, text: str) -> list[str]:
    return [one.value for one in find_entities(text) if one.kind == kind]


@pytest.mark.parametrize(("said", "region"), REGIONS)
def test_regions(said: str, region: str) -> None:
    assert of("region", said) == [region]


@pytest.mark.parametrize("said", NO_REGION)
def test_no_region(said: str) -> None:
    assert of("region", said) == []


@pytest.mark.parametrize(("said", "code"), CODES)
def test_what_several_regions_are_called_is_not_guessed(said: str, code: str | None) -> None:
    assert code_said(said) == code


@pytest.mark.parametrize(("said", "hospital"), HOSPITALS)
def test_hospitals(said: str, hospital: str) -> None:
    assert of("hospital", said) == [hospital]


@pytest.mark.parametrize("said", ["1234567医院", "医院", "妇院", "在医院生的"])
def test_no_hospital(said: str) -> None:
    assert of("hospital", said) == []
