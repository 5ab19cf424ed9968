"""Whose side, whose surname, and who is spoken of: one table."""

from __future__ import annotations

import pytest

from nlu.entities import find_entities
from nlu.entities.kin import who

SIDES = [
    ("随他妈", "relation=他妈"), ("随孩儿他爸", "relation=孩儿他爸"), ("户口跟他妈走", "relation=他妈"),
    ("户口跟孩子他妈走", "relation=孩子他妈"), ("跟她妈妈的户口", "relation=她妈妈"), ("跟着老婆", "relation=老婆"),
    ("放我妈那边", "relation=我妈"), ("落户在爷爷家", "relation=爷爷"), ("挂在外婆户口下", "relation=外婆"),
    ("上到爸爸户口", "relation=爸爸"), ("跟我妈妈", "relation=我妈妈"), ("落我户口上", "relation=我"),
    ("跟我爱人", "relation=我爱人"), ("随俺爹", "relation=俺爹"), ("跟男方", "relation=男方"),
    ("跟他爸姓", "surname=他爸"), ("跟孩子他妈姓", "surname=孩子他妈"), ("随孩子的妈妈姓", "surname=孩子的妈妈"),
    ("跟外公姓", "surname=外公"), ("随父姓", "surname=父"), ("姓我的姓", "surname=我"), ("随他妈的姓", "surname=他妈"),
    ("孩子跟他妈姓李，叫李小满", "kin=孩子; surname=他妈; name=李小满"),
    ("随他妈姓，叫李小满", "surname=他妈; name=李小满"),
]
NONE = [
    ("跟我一样", ""), ("跟我说一下", ""), ("跟我老公商量一下", "kin=丈夫"), ("跟我妈住一起", "kin=妈妈"),
    ("跟我没关系", ""),
    ("跟我姓名不一样", ""), ("跟他爸爸名字一样", "kin=爸爸"), ("你他妈怎么这么慢", ""), ("他妈的", ""),
    ("办公公司注销", ""),
    ("对外公司", ""), ("国外公司", ""), ("补贴对象是谁", ""), ("服务对象", ""), ("跟孩子", "kin=孩子"),
]
KIN = [
    ("我大伯", "大伯"), ("我舅舅", "舅舅"), ("我嫂子", "嫂子"), ("我侄子", "侄子"), ("阿爸", "爸爸"), ("阿妈", "妈妈"),
    ("阿公", "爷爷"), ("我公公", "公公"), ("我婆婆", "婆婆"), ("我外甥", "外甥"), ("我岳父", "岳父"), ("我姐", "姐姐"),
    ("俺大大", "爸爸"), ("俺娘", "妈妈"), ("我小姨子", "小姨子"), ("我干妈", "干妈"), ("弟媳", "弟媳"),
    ("我对象", "配偶"),
    ("孩儿他爸", "丈夫"), ("娃他妈", "妻子"), ("孩子他妈", "妻子"), ("二宝", "孩子"), ("我爸妈", "父母"),
    ("俺叔", "叔叔"),
]


def values(text: str) -> str:
    return "; ".join(f"{one.kind}={one.value}" for one in find_entities(text))


@pytest.mark.parametrize(("said", "found"), SIDES + NONE)
def test_sides(said: str, found: str) -> None:
    assert values(said) == found


@pytest.mark.parametrize(("said", "name"), KIN)
def test_kin(said: str, name: str) -> None:
    assert values(said) == f"kin={name}"


@pytest.mark.parametrize(("said", "name"), [("他妈", "妈妈"), ("孩儿他爸", "丈夫"), ("我", ""), ("父", ""), ("", "")])
def test_one_word_for_somebody(said: str, name: str) -> None:
    assert who(said) == name
