"""One reader per element type: from what was typed to the canonical form, or `Wrong`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from core.clock import CHINA
from core.regions import region_name
from core.spoken.regions import code_said
from forms.content.element_schema import Element, Option
from forms.values import amounts, dates, identity, names
from forms.values.choosing import find, pick, pick_many
from forms.values.wrong import Wrong

_YES_WORDS = "yes y true 1 是 是的 对 对的 有 要 好 好的 嗯 行 可以 同意 会 知道"
_NO_WORDS = "no n false 0 否 不 不是 没 没有 不要 不用 无 不行 不会 不同意 不知道"
_YES, _NO = frozenset(_YES_WORDS.split()), frozenset(_NO_WORDS.split())
_ISO_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?\Z")
_ONLY_WHEN = re.compile(r"(?:19|20)\d{2}年(?:\d{1,2}月(?:\d{1,2}[日号])?)?[底初末中前后]?|\d{1,2}月\d{1,2}[日号]")
"""A day, which has a number as an address has one."""
_RANGES = (("０", "９"), ("Ａ", "Ｚ"), ("ａ", "ｚ"))
_FULL_WIDTH = {code: code - 0xFEE0 for first, last in _RANGES for code in range(ord(first), ord(last) + 1)}


def half_width(text: str) -> str:
    """Full-width digits and letters as plain ones."""
    return text.translate(_FULL_WIDTH)


def _text(text: str, _e: Element, _t: date, _o: Sequence[Option]) -> str:
    return re.sub(r"\s+", " ", text)


def _long_text(text: str, _e: Element, _t: date, _o: Sequence[Option]) -> str:
    return re.sub(r"\n{3,}", "\n\n", text)


def _name(text: str, _e: Element, _t: date, _o: Sequence[Option]) -> str:
    name = names.clean_name(text)
    if not names.is_name(name) or len(name) < 2 or names.is_address(name):
        raise Wrong("name")
    return name


def _id_number(text: str, _e: Element, _t: date, _o: Sequence[Option]) -> str:
    number = re.sub(r"[\s\-]", "", text).upper().replace("×", "X")
    if problem := identity.id_problem(number):
        raise Wrong(problem, length=len(number))
    return number


def _phone(text: str, element: Element, _t: date, _o: Sequence[Option]) -> str:
    number = re.sub(r"[\s\-()（）]", "", text)
    number = re.sub(r"^(\+86|0086|86(?=1\d{10}$))", "", number)
    if not element.pattern and not re.fullmatch(r"1[3-9]\d{9}", number):
        raise Wrong("phone", length=len(number))
    return number


def _date(text: str, element: Element, today: date, _o: Sequence[Option]) -> str:
    if match := _ISO_TIME.match(text):
        return _moment(match)[:10]
    return dates.read_day(text, today, element.title).isoformat()


def _moment(match: re.Match[str]) -> str:
    """An ISO time on the Chinese wall clock; without a zone it is one already."""
    try:
        moment = datetime.fromisoformat(f"{match[1]}T{match[2]}{match[3] or ''}")
    except ValueError:
        raise Wrong("datetime") from None
    return (moment if match[3] is None else moment.astimezone(CHINA)).strftime("%Y-%m-%dT%H:%M")


def _datetime(text: str, element: Element, today: date, options: Sequence[Option]) -> str:
    if match := _ISO_TIME.match(text):
        moment = _moment(match)
        _date(moment[:10], element, today, options)
        return moment
    day, time = dates.read_moment(text, today, element.title)
    return f"{day.isoformat()}T{time}"


def _month(text: str, element: Element, today: date, _o: Sequence[Option]) -> str:
    month = dates.read_month(text, today, element.title)
    if month is None:
        raise Wrong("month")
    return month


def _number(text: str, element: Element, _t: date, _o: Sequence[Option]) -> int | float:
    number = amounts.read_number(text, element.unit, element.title)
    if number is None or abs(number) > 1e13:
        raise Wrong("number_rough" if amounts.is_rough(text) else "number", unit=element.unit)
    return amounts.tidy(number)


def _money(text: str, element: Element, _t: date, _o: Sequence[Option]) -> int | float:
    number = amounts.read_number(text, element.unit or "元", element.title, exact=True)
    if number is None or number < 0 or number > 1e13:
        raise Wrong("number_rough" if amounts.is_rough(text) else "number", unit=element.unit or "元")
    return amounts.tidy(number, 2 if element.unit in ("", "元") else 6)


def _choice(text: str, _e: Element, _t: date, options: Sequence[Option]) -> str:
    return pick(text, options)


def _choices(given: str | list[str], _e: Element, _t: date, options: Sequence[Option]) -> list[str]:
    return pick_many(given, options)


def _bool(text: str, _e: Element, _t: date, options: Sequence[Option]) -> str:
    word = text.lower().strip("。.!！的了 ")
    if word in _YES or text in _YES:
        return "yes"
    if word in _NO or text in _NO:
        return "no"
    if options:
        return pick(text, options)
    raise Wrong("bool")


def _address(text: str, _e: Element, _t: date, _o: Sequence[Option]) -> str:
    address = re.sub(r"\s+", "", text)
    if len(address) < 4 or not names.HAN.search(address) or _ONLY_WHEN.fullmatch(address):
        raise Wrong("address")
    return address


def _region(text: str, _e: Element, _t: date, options: Sequence[Option]) -> str:
    """A code, an option, or the name of any region; villages' codes of 9 or 12 digits are cut to their county."""
    code = text[:6] if text.isdigit() and len(text) in (6, 9, 12) else ""
    if code and region_name(code) is not None:
        return code
    option = find(text, options)
    named = option.value if option is not None else code_said(text)
    if named is None:
        raise Wrong("region")
    return named


def _uscc(text: str, _e: Element, _t: date, _o: Sequence[Option]) -> str:
    code = re.sub(r"[\s\-]", "", text).upper()
    if not identity.uscc_ok(code):
        raise Wrong("uscc_check" if len(code) == 18 else "uscc", length=len(code))
    return code


def _certificate(text: str, _e: Element, _t: date, _o: Sequence[Option]) -> str:
    number = re.sub(r"\s", "", text)
    number = number.upper() if number.isascii() else number
    if not re.fullmatch(r"[\w\-()（）〔〕\[\]./·]{2,60}", number) or not re.search(r"\d", number):
        raise Wrong("certificate_number")
    return number


def _bank_account(text: str, _e: Element, _t: date, _o: Sequence[Option]) -> str:
    number = re.sub(r"[\s\-]", "", text)
    if not re.fullmatch(r"[0-9]{8,32}", number):
        raise Wrong("bank_account", length=len(number))
    return number


READERS: dict[str, Callable[[Any, Element, date, Sequence[Option]], Any]] = {
    "text": _text, "long_text": _long_text, "name": _name, "id_number": _id_number, "phone": _phone, "date": _date,
    "datetime": _datetime, "month": _month, "number": _number, "money": _money, "choice": _choice, "choices": _choices,
    "bool": _bool, "address": _address, "region": _region, "uscc": _uscc, "certificate_number": _certificate,
    "bank_account": _bank_account,
}
