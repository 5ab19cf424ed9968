"""What is told of children, of whom it is asked for, and of ages: one table each."""

from __future__ import annotations

import pytest

from nlu.entities import find_entities

CHILDREN = [
    ("生了个儿子", "sex=男"), ("是个女儿", "sex=女"), ("生的男孩", "sex=男"), ("带把儿的", "sex=男"),
    ("生了个千金", "sex=女"),
    ("男孩", "sex=男"), ("孩子叫陈小满，男", "kin=孩子; name=陈小满; sex=男"), ("陈小满（女）", "name=陈小满; sex=女"),
    ("性别女", "sex=女"), ("龙凤胎", "sex=男女"), ("双胞胎", "count=2"), ("三胞胎", "count=3"), ("生了俩", "count=2"),
    ("生了两个", "count=2"), ("刚生了二胎", ""), ("不是双胞胎", ""), ("生了三个月", "number=三个月"),
    ("我女儿生了", "kin=女儿"),
    ("男方女方", ""), ("子女", ""),
    ("我儿子叫陈小满", "kin=儿子; name=陈小满"),
]
BEHALF = [
    ("我替我妈办", "behalf=妈妈"), ("帮我爷爷问", "behalf=爷爷"), ("单位让我来办", "behalf=单位"),
    ("替公司办", "behalf=单位"),
    ("我给邻居申请低保", "behalf=别人"), ("给孩子办医保", "behalf=孩子"), ("给我妈付药费", "kin=妈妈"),
    ("帮我办一下", ""),
    ("社区让我来问", "behalf=单位"),
]
AGES = [
    ("刚满月", "1个月"), ("出生58天", "58天"), ("出生才12天", "12天"), ("58天大", "58天"), ("一岁半", "1岁半"),
    ("三岁零两个月", "3岁2个月"),
    ("满60", "60岁"), ("刚满六十", "60岁"), ("虚岁六十二", "虚岁62岁"), ("虚六十", "虚岁60岁"), ("六十整", "60岁"),
    ("今年六十了", "60岁"), ("58周岁半", "58岁半"), ("满周岁", "1岁"), ("我六十了", "60岁"),
]
NOT_EXACT = [
    "六十出头", "五十好几", "七十多岁", "快60了", "快60岁了", "60岁以上", "不满18岁", "差不多五十岁", "满五年",
    "满十二个月", "年过七旬",
    "60岁左右", "60多岁",
]


def values(text: str) -> str:
    return "; ".join(f"{one.kind}={one.value}" for one in find_entities(text))


@pytest.mark.parametrize(("said", "found"), CHILDREN + BEHALF)
def test_told(said: str, found: str) -> None:
    assert values(said) == found


@pytest.mark.parametrize(("said", "age"), AGES)
def test_ages(said: str, age: str) -> None:
    assert [one.value for one in find_entities(said) if one.kind == "age"] == [age]


@pytest.mark.parametrize("said", NOT_EXACT)
def test_what_is_no_exact_age_is_none(said: str) -> None:
    assert not [one for one in find_entities(said) if one.kind == "age"]
