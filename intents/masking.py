"""Taking personal data out of what citizens wrote, before it is kept for training. There is no way back.

What is replaced by words that a sentence can be read with: names, id numbers, phones, accounts, plates, addresses,
days with their year, and any long number. Ages, amounts and counts stay: they say what is meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from intents.given_names import NOT_NAMES
from intents.naming import people
from nlu.entities import Found, find_entities
from nlu.entities.numbers import WORDS, without_numbers
from nlu.normalise import clean

SOMEBODY, SOMEWHERE, SOME_DAY, A_DOOR, A_NUMBER = "某某", "某地", "某月某日", "某号", "号码"
_ENTITIES = {"name": SOMEBODY, "place": SOMEWHERE}
_SAID = "零〇一二三四五六七八九幺两"
_SAID_TO_BE = re.compile("[叫名]")
_PLATE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_NUM = r"[\d零〇一二三四五六七八九十]"
_PATTERNS = (
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+", re.ASCII), "邮箱"),
    (re.compile(r"(?:https?://|www\.)[^\s，。]+", re.I), "网址"),
    (re.compile(rf"[{_PLATE}][A-Z][·.]?[A-Z0-9]{{5,6}}(?![A-Z0-9])", re.I), "车牌号"),
    (re.compile(rf"{_NUM}{{4}}\s*[-/.年]\s*{_NUM}{{1,3}}\s*[-/.月]\s*{_NUM}{{1,3}}[日号]?"), SOME_DAY),
    (re.compile(r"(?<![0-9A-Za-z])(?=(?:[A-Za-z-]*\d){6})[0-9A-Za-z][0-9A-Za-z-]{7,}"), A_NUMBER),
    (re.compile(r"(?:\d+(?:-\d+)*(?:号|弄|栋|幢|单元|室|座)){2,}\d*|(?<=[路街道巷里村苑园区城])\d+号(?:\d+室?)?"),
     A_DOOR),
    (re.compile(r"\d(?:[ -]?\d){6,}[A-Za-z]*"), A_NUMBER),
    (re.compile(rf"[{_SAID}]{{7,}}"), A_NUMBER),
)
_WORDS = re.compile("|".join({*_ENTITIES.values(), *WORDS.values(), *(word for _, word in _PATTERNS)}))


def masked(text: str, known: Iterable[str] = ()) -> str:
    """``text`` with personal data replaced; ``known`` are values on the table, such as the citizen's own name."""
    plain = _even(clean(text))
    for value in sorted({value for value in known if len(value) >= 2}, key=len, reverse=True):
        plain = plain.replace(value, SOMEBODY)
    plain = _without_entities(without_numbers(plain))
    for pattern, word in _PATTERNS:
        plain = pattern.sub(word, plain)
    for start, end in reversed(list(people(plain))):
        plain = plain[:start] + SOMEBODY + plain[end:]
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
    found = [one for one in find_entities(text) if one.kind in _ENTITIES and not _only_words(one)]
    if not found:
        return text
    even = unicodedata.normalize("NFKC", text)
    source = text if len(even) == len(text) else even  # positions are those of the folded text
    for one in sorted(found, key=lambda each: -each.start):
        start = source.find(one.value, one.start, one.end)
        start, end = (start, start + len(one.value)) if start >= 0 else (one.start, one.end)
        source = source[:start] + _ENTITIES[one.kind] + source[end:]
    return source



def _only_words(one: Found) -> bool:
    """Whether what was taken for a name begins like a common word, and nobody says that it is one."""
    return one.kind == "name" and one.value[:2] in NOT_NAMES and not _SAID_TO_BE.search(one.text)
