"""Words around a value that say nothing: what is left without them was meant to say something else or more."""

from __future__ import annotations

import re

HEDGES = "大概|大约|约莫|差不多|左右|上下|应该|好像|可能|估计|也许|大致|记得是?"
"""Words of one who is not quite sure, as a pattern."""
_WORDS = (
    "就是|那天|当天|那会儿?|时候|日期|时间|总共|一共|合计|人民币|我们|咱们|我家|孩子|宝宝|娃娃|小孩|老婆|媳妇|老公|爱人|"
    "生下来|出生|生日|生于|刚刚|这边|那个|这个|嗯+|呃+|额+|哦+|啊+|好的?[，,]|对[，,]"
)
_CHARS = r"是在的了吧呢呀嘛哈哟啦就那这我俺咱他她它您娃共计于为才刚生、，,。.；;：:!！?？~～…\s\"“”'（）()\[\]【】"
_FILLER = re.compile(rf"{_WORDS}|[{_CHARS}]")
_HEDGE = re.compile(HEDGES)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_OPPOSITE = frozenset("不没无未非")


def unhedged(text: str) -> str:
    """Text without the words of one who is not quite sure."""
    return _HEDGE.sub("", text)


def residue(text: str, title: str = "") -> str:
    """What is left of ``text`` without words that say nothing, and without the characters of ``title``."""
    left = _FILLER.sub("", text)
    own = {char for char in title if _HAN.match(char)} - _OPPOSITE
    return "".join(char for char in left if char not in own)


def trimmed(text: str) -> str:
    """``text`` without such words at its two ends."""
    start, end = 0, len(text)
    while (match := _FILLER.match(text, start, end)) and match.end() > start:
        start = match.end()
    for one in reversed(list(_FILLER.finditer(text, start))):
        if one.end() != end:
            break
        end = one.start()
    return text[start:end]
