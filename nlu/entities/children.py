"""What is told of a child that was born: boy or girl, and how many: 生了个儿子, 带把儿的, 千金, 龙凤胎, 生了两个."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.entities.found import Span

BOY, GIRL = "男", "女"
_BOYS = "男孩子|男孩儿|男孩|男宝宝|男宝|男婴|男娃儿|男娃|带把儿?的?|大胖小子"
_GIRLS = "女孩子|女孩儿|女孩|女宝宝|女宝|女婴|女娃儿|女娃|千金(?!小贷|方)|小公主"
_SONS, _DAUGHTERS = "儿子|小子|公子|伢子", "女儿|闺女|丫头|姑娘|妹崽|囡囡|小囡"
_BORN = r"(?:生了?|得了|添了|抱了|有了|生的是|怀的是|是)(?:一?个|一位|个)?(?:大胖|胖|小|大)?"
_SEX = re.compile(
    rf"(?P<boy>{_BOYS})|(?P<girl>{_GIRLS})|(?:{_BORN})(?:(?P<son>{_SONS})|(?P<daughter>{_DAUGHTERS}))(?![的他她妈爸姓])"
    r"|(?:(?<=性别)[是为: ]*|(?<=生的)|(?<![^\s,。、;()（）]))"
    r"(?:(?P<male>男)|(?P<female>女))(?:的|性|生)?(?=$|[\s,。、;()（）!])"
)
_TWINS = re.compile(r"龙凤胎|龙凤双胞胎|一儿一女|一男一女|一女一儿")
_MANY = re.compile(
    r"(?:(?P<two>双胞胎|双生子|双生|双棒儿?)|(?P<three>三胞胎)|(?P<four>四胞胎)"
    r"|(?:生了|一下子?生|一次生了?|一胎生?)(?P<number>[两俩仨三四234])个?(?!个|胎|月|年|天|小时|次|点))"
)
_COUNTS = {"两": "2", "俩": "2", "仨": "3", "三": "3", "四": "4"}
_NOT = re.compile(r"(?:不是|没有?|非)一?个?\Z")


def children(plain: str, text: str) -> Iterator[Span]:
    """Boys, girls and how many from left to right. The value of a boy and a girl together is 男女."""
    for found in _TWINS.finditer(plain):
        yield Span("sex", BOY + GIRL, found.start(), found.end())
    for found in _MANY.finditer(plain):
        said = "2" if found["two"] else "3" if found["three"] else "4" if found["four"] else found["number"]
        if not _NOT.search(plain[max(0, found.start() - 4):found.start()]):
            yield Span("count", _COUNTS.get(said, said), found.start(), found.end())
    for found in _SEX.finditer(plain):
        value = BOY if found["boy"] or found["son"] or found["male"] else GIRL
        if not _NOT.search(plain[max(0, found.start() - 4):found.start()]):
            yield Span("sex", value, found.start(), found.end())
