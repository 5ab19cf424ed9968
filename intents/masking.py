"""Taking personal data out of what citizens wrote, before it is kept for training. There is no way back.

What is replaced by words that a sentence can be read with: names, id numbers, phones, accounts, plates, addresses,
days with their year, and any long number. Ages, amounts and counts stay: they say what is meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from nlu.entities import find_entities
from nlu.normalise import clean

SOMEBODY, SOMEWHERE, SOME_DAY, A_DOOR, A_NUMBER = "某某", "某地", "某月某日", "某号", "号码"
_ENTITIES = {"name": SOMEBODY, "id_number": "证件号", "phone": "手机号", "place": SOMEWHERE}
_SAID = "零〇一二三四五六七八九幺两"
_SURNAME = (
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林郑罗梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范廖贾夏韦付傅"
    "邹孟熊秦邱尹薛闫雷侯龙史陶黎贺顾毛郝龚邵万钱覃武戴孔汤康施樊邢齐伍庞倪庄聂章鲁岳翟]"
)
_NO_NAME_ENDS = "生人工员户士身者的家师长妈爸主商方族军院了吗呢要想办在有去来是和就"
"""What a name seldom ends in: 高中生, 农民工, 单身 and the like."""
_PLATE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_NUM = r"[\d零〇一二三四五六七八九十]"
_PATTERNS = (
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+", re.ASCII), "邮箱"),
    (re.compile(r"(?:https?://|www\.)[^\s，。]+", re.I), "网址"),
    (re.compile(rf"[{_PLATE}][A-Z][·.]?[A-Z0-9]{{5,6}}(?![A-Z0-9])", re.I), "车牌号"),
    (re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])|(?<![0-9A-Za-z])\d{15}(?![0-9A-Za-z])"), "证件号"),
    (re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"), "手机号"),
    (re.compile(r"(?<!\d)\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}(?:[ -]?\d{1,3})?(?!\d)"), "卡号"),
    (re.compile(rf"{_NUM}{{4}}\s*[-/.年]\s*{_NUM}{{1,3}}\s*[-/.月]\s*{_NUM}{{1,3}}[日号]?"), SOME_DAY),
    (re.compile(r"(?<![0-9A-Za-z])(?=(?:[A-Za-z-]*\d){6})[0-9A-Za-z][0-9A-Za-z-]{7,}"), A_NUMBER),
    (re.compile(r"(?:\d+(?:-\d+)*(?:号|弄|栋|幢|单元|室|座)){2,}\d*|(?<=[路街道巷里村苑园区城])\d+号(?:\d+室?)?"),
     A_DOOR),
    (re.compile(r"\d(?:[ -]?\d){6,}[A-Za-z]*"), A_NUMBER),
    (re.compile(rf"[{_SAID}]{{7,}}"), A_NUMBER),
)
_WORDS = re.compile("|".join({*_ENTITIES.values(), SOME_DAY, A_DOOR, A_NUMBER, *(word for _, word in _PATTERNS)}))
_RELATIVE = (
    "儿子|女儿|孩子|宝宝|老公|老婆|媳妇|妈妈|爸爸|母亲|父亲|爱人|丈夫|妻子|爷爷|奶奶|姥姥|姥爷|外公|外婆|哥哥|姐姐|弟弟|妹妹"
)
_AFTER = r"(?=$|[，。,.!！?？、；;\s的上要想今去出已该刚满明在考读入办和跟从])"
_NAMES = (
    re.compile(rf"^(?P<name>{_SURNAME}[\u4e00-\u9fff]{{1,2}})$"),
    re.compile(rf"(?P<name>{_SURNAME}[\u4e00-\u9fff]{{1,2}}?)(?=先生|女士|小姐|同志)"),
    re.compile(rf"(?<=我是|本人)(?P<name>{_SURNAME}[\u4e00-\u9fff]{{1,2}})(?=$|[，。,.!！?？、；;\s])"),
    re.compile(rf"(?:{_RELATIVE})(?P<name>{_SURNAME}[\u4e00-\u9fff]{{1,2}}){_AFTER}"),
    re.compile(rf"(?:^|(?<=[，。,.!！?？、；;\s和跟与给帮替]))(?P<name>{_SURNAME}[\u4e00-\u9fff]{{2}})(?=[的和跟与要想、，])"),
)
_NO_NAMES = frozenset({
    "谢谢", "马上", "任何", "万一", "何时", "严重", "余额", "钱款", "何处", "夏天", "马路", "黄牛",
    "黄牌", "毛坯", "施工", "汤锅", "许可", "董秘", "章一", "付食",
})
"""Words that begin like a name."""


def masked(text: str, known: Iterable[str] = ()) -> str:
    """``text`` with personal data replaced; ``known`` are values on the table, such as the citizen's own name."""
    plain = _even(clean(text))
    for value in sorted({value for value in known if len(value) >= 2}, key=len, reverse=True):
        plain = plain.replace(value, SOMEBODY)
    plain = _without_entities(plain)
    for pattern, word in _PATTERNS:
        plain = pattern.sub(word, plain)
    for pattern in _NAMES:
        plain = pattern.sub(_unnamed, plain)
    return plain


def says_anything(text: str) -> bool:
    """Whether words are left beside what was put in the place of personal data."""
    return bool(re.search(r"\w", _WORDS.sub("", text)))


def is_masked(text: str) -> bool:
    """Whether nothing in ``text`` looks like personal data."""
    return masked(text) == _even(clean(text))


def _even(text: str) -> str:
    """Digits and letters of every width and shape as plain ones; everything else, marks above all, as it was."""
    return "".join(_plain(char) for char in text)


def _plain(char: str) -> str:
    if char.isascii():
        return char
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    narrow = unicodedata.normalize("NFKC", char)
    return narrow if len(narrow) == 1 and narrow.isascii() and narrow.isalnum() else char


def _without_entities(text: str) -> str:
    found = [one for one in find_entities(text) if one.kind in _ENTITIES]
    if not found:
        return text
    even = unicodedata.normalize("NFKC", text)
    source = text if len(even) == len(text) else even  # positions are those of the folded text
    for one in sorted(found, key=lambda each: -each.start):
        start = source.find(one.value, one.start, one.end)
        start, end = (start, start + len(one.value)) if start >= 0 else (one.start, one.end)
        source = source[:start] + _ENTITIES[one.kind] + source[end:]
    return source


def _unnamed(match: re.Match[str]) -> str:
    name = match["name"]
    if name[-1] in _NO_NAME_ENDS or name[:2] in _NO_NAMES:
        return match[0]
    return match[0].replace(name, SOMEBODY)
