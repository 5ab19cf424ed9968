"""Numbers as people say and write them: 三十二, 两万三, 1百20万, 壹佰贰拾万, 八十九点五, 二〇二六, 1,234.5."""

from __future__ import annotations

import re

FORMAL = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億兩两〇○點", "一二二三三四五六六七八九十百千万亿二二零零点")
"""What stands on cheques and contracts, and other ways to write a character, in the plain ones."""
_DIGIT = {char: value for value, char in enumerate("零一二三四五六七八九")}
_UNITS = (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10))
_LARGE = 10**4
LONGEST = 40
"""Characters of a number; what is longer is none."""
_WRITTEN = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
SAID = "零〇○一二两兩三四五六七八九十百千万萬亿億半廿卅壹贰貳叁參肆伍陆陸柒捌玖拾佰仟"
"""For a character class: every character of a number that is said, the decimal point aside."""
SMALL = "一二两三四五六七八九十廿卅"
"""For a character class: the characters of a number below a hundred."""


def number(text: str) -> float | None:
    """The number that ``text`` is as a whole, 0 or more; None when it is none, or more than one.

    「两万三」 is 23000 and 「120万5」 1205000: one digit after a unit counts a tenth of it. 「两三百」 is no number.
    """
    if len(text) > LONGEST:
        return None
    plain = text.translate(FORMAL).replace("廿", "二十").replace("卅", "三十")
    if _WRITTEN.fullmatch(plain):
        return float(plain.replace(",", ""))
    if plain == "半":
        return 0.5
    if plain.endswith("半") and plain[-2:-1] not in tuple("百千万亿"):
        whole = number(plain[:-1])
        return None if whole is None or whole != int(whole) else whole + 0.5
    return _large(plain) if plain else None


def whole(text: str) -> int | None:
    """The same when it is a whole number."""
    found = number(text)
    return int(found) if found is not None and found == int(found) else None


def _large(plain: str) -> float | None:
    for unit, size in _UNITS[:2]:
        if unit in plain:
            return _joined(*plain.rsplit(unit, 1), size=size)
    return _decimal(plain) if "点" in plain else _small(plain)


def _joined(before: str, after: str, *, size: int) -> float | None:
    """``before`` units of ``size``, and what comes after them."""
    left = _times(before, size)
    right = size / 2 if after == "半" and size >= _LARGE else _rest(after, size)
    return None if left is None or right is None else left * size + right


def _times(before: str, size: int) -> float | None:
    """How many units: anything for the large ones, one digit or a written number for the small."""
    if size >= _LARGE:
        found = _large(before) if before and (len(before) == 1 or not _all_said(before)) else None
        return found if found is not None and (found < size or size > _LARGE) else None
    if not before:
        return 1.0 if size == _UNITS[-1][1] else None
    found = _single(before)
    return found if found is not None and 0 < found < 10 else None


def _rest(after: str, size: int) -> float | None:
    """What follows a unit; it is less than the unit."""
    if not after:
        return 0.0
    one = _single(after)
    if one is not None and len(after) == 1:
        return one * size / 10 if one else None
    after = after[1:] if after[0] == "零" else after
    found = None if after.startswith("0") or "." in after else _large(after)
    return found if found is not None and 0 < found < size else None


def _single(text: str) -> float | None:
    """One digit said, or a number written; None for anything longer."""
    if text in _DIGIT:
        return float(_DIGIT[text])
    return float(text) if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text) else None


def _decimal(plain: str) -> float | None:
    before, _, after = plain.partition("点")
    left, digits = _small(before), _row(after)
    return None if left is None or digits is None else left + int(digits) / 10 ** len(digits)


def _small(plain: str) -> float | None:
    """A number below ten thousand with its units, or digits read out one by one; 「两三」 is one or the other."""
    for unit, size in _UNITS[2:]:
        if unit in plain:
            return _joined(*plain.split(unit, 1), size=size)
    if (one := _single(plain)) is not None:
        return one
    digits = _row(plain)
    return float(digits) if digits is not None and _all_said(plain) and (len(digits) > 2 or "零" in plain) else None


def _row(plain: str) -> str | None:
    """Digits read out one by one, as digits."""
    said = "".join(str(_DIGIT.get(char, char)) for char in plain)
    return said if said.isascii() and said.isdigit() else None


def _all_said(plain: str) -> bool:
    """Whether no digit is written: 「2三」 is no number."""
    return all(char in _DIGIT for char in plain)
