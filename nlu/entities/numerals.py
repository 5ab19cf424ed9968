"""Chinese numerals: digit by digit as a voice says them, and small numbers as one counts."""

from __future__ import annotations

SPOKEN = str.maketrans("零〇○一幺妖二三四五六七八九×叉x", "00011123456789XXX")
"""What a digit is called when a number is read out."""
DIGIT = "0-9零〇○一幺妖二三四五六七八九"
"""For a character class: one digit, written or read out."""
COUNTED = "零〇一二两三四五六七八九十百廿卅"
_ONES = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}


def counted(text: str) -> int | None:
    """A whole number below a thousand in digits or numerals, also 五十有八 and 廿三; None when it is none."""
    if text.isascii() and text.isdigit():
        return int(text)
    total = 0
    text = text.replace("有", "").replace("廿", "二十").replace("卅", "三十")
    number: int | None = None
    for char in text:
        if char in _ONES:
            number = _ONES[char]
        elif char in "十百":
            total += (1 if number is None else number) * (10 if char == "十" else 100)
            number = None
        else:
            return None
    return total + (number or 0) if text else None
