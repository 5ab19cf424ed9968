"""Finding what can fill a field: names, id numbers, phones, dates, amounts, places, relations.

Only what is said plainly is found; values stay as they were written, the form decides whether they fit.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Kind = Literal["name", "id_number", "phone", "date", "number", "money", "place", "relation"]

_SURNAMES = (
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|长孙|宇文|"
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑罗梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅"
    "方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝"
    "包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜"
    "冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝]"
)
_NUM = "[0-9零〇一二两三四五六七八九十]"
_SPOKEN = str.maketrans("零〇一幺二三四五六七八九", "001123456789")
_DIGIT = "[0-9零〇一幺二三四五六七八九]"
_DIGITS_SAID = re.compile(rf"(?<!{_DIGIT})[1一幺]{_DIGIT}{{10}}(?!{_DIGIT})")
"""Eleven digits as speech recognition writes them: 一三八零零零…, or mixed."""
_SIBLING = "哥哥|弟弟|姐姐|妹妹|老大|老二|老三|大的|小的|大宝|二宝|儿子|女儿|男孩|女孩|一个|另一个"
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("id_number", re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])")),
    ("phone", re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")),
    ("date", re.compile(
        rf"(?:\d{{4}}|[零〇一二三四五六七八九]{{4}}|今|去|前|明)?年?{_NUM}{{1,3}}月{_NUM}{{1,3}}[日号]?"
        rf"|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|(?:大前|前|昨|今|明|后)天|\d{{4}}年\d{{1,2}}月"
    )),
    ("money", re.compile(r"\d+(?:\.\d+)?\s*(?:万元?|元|块钱?)|[一二两三四五六七八九十百千万]+(?:元|块钱?)")),
    ("number", re.compile(
        r"(?<![\d-])(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千]+)\s*(?:平方米|平米|平方|平|㎡|公斤|斤|克|厘米|周|个月|年)"
    )),
    ("relation", re.compile(
        r"(?:随|跟|按|上(?:在|到)?|落(?:在|到)?)(?P<value>妈妈|爸爸|母亲|父亲|妈|爸|娘|爹|我老婆|我媳妇|我老公|孩子他爸|孩子他妈|我)"
    )),
    ("place", re.compile(
        r"(?:寄到|寄去|寄|送到|住在|住|搬到|地址是|地址|在)?[:： ]*"
        r"(?P<value>[\u4e00-\u9fff]{2,9}?(?:省|市|区|县|镇|街道|路|村|小区)[\u4e00-\u9fff0-9A-Za-z-]{0,30}\d+"
        r"(?:号|室|栋|幢|单元)[0-9A-Za-z\u4e00-\u9fff-]{0,12})"
    )),
    ("name", re.compile(
        rf"(?:名字是|姓名是|名字叫|姓名叫|大名叫|大名|取名叫?|起名叫?|就叫|叫做|叫作|叫|名字[:：]|姓名[:：]|应该是|改成|改为)\s*"
        rf"(?P<value>(?:{_SURNAMES})[\u3400-\u9fff\U00020000-\U0003ffff·]{{1,3}}?)"
        rf"(?=$|[，。,.!！?？、；;\s)）]|吧|啦|了|的|呢|啊|哈|{_SIBLING}|户口|医保|电话|手机|跟|随)"
    )),
)


@dataclass(frozen=True)
class Found:
    """An entity and where it stands."""

    kind: Kind
    value: str
    text: str
    start: int
    end: int


def find_entities(text: str) -> tuple[Found, ...]:
    """Entities from left to right; where two overlap the more certain kind stands."""
    plain = _DIGITS_SAID.sub(lambda said: said[0].translate(_SPOKEN), unicodedata.normalize("NFKC", text))
    taken: list[Found] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            value = match.groupdict().get("value") or match[0]
            if all(match.end() <= other.start or match.start() >= other.end for other in taken):
                taken.append(Found(kind, value.strip(), match[0], match.start(), match.end()))
    return tuple(sorted(taken, key=lambda one: one.start))
