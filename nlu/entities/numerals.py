"""Chinese numerals digit by digit, as a voice says them. Numbers as one counts are read by `core.spoken.numerals`."""

from __future__ import annotations

SPOKEN = str.maketrans("零〇○一幺妖二三四五六七八九×叉x", "00011123456789XXX")
"""What a digit is called when a number is read out."""
DIGIT = "0-9零〇○一幺妖二三四五六七八九"
"""For a character class: one digit, written or read out."""
